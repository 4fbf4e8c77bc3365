"""Where a person goes after logging in."""

from urllib.parse import urlsplit


def local(address: str) -> str:
    """The address, if it is a path of this application (`/traces?run=…`); else the first page, `/`.

    What a browser might read as another site is none: `//site`, `/\\site`, `https:site`, or a path with control
    characters, which browsers take out before they read it.
    """
    try:
        split = urlsplit(address)
    except ValueError:
        return "/"
    fit = address.startswith("/") and address.isprintable() and "\\" not in address
    return address if fit and not address.startswith("//") and not (split.scheme or split.netloc) else "/"
