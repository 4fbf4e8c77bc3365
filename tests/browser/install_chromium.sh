#!/bin/sh
# Makes sure that a Chromium is there for the browser tests: the machine's own, the distribution's, or Playwright's.
# $1 is the playwright command.
set -eu
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null && exit 0
done
echo "Installing Chromium for the browser tests."
if command -v apt-get >/dev/null; then
    as_root=$([ "$(id -u)" = 0 ] || echo sudo)
    $as_root apt-get update -qq &&
        $as_root apt-get install -y -qq chromium fonts-dejavu fonts-noto-core fonts-noto-color-emoji >/dev/null && exit 0
fi
"$1" install --with-deps chromium
