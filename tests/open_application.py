"""The whole application without a server, for tests that send it requests."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI
from starlette.testclient import TestClient

from engine.catalogue import Catalogue
from engine.engine import Engine
from engine.pool import read_pool
from scripted import ScriptedRuntime
from scripted_pulls import ScriptedPulls
from storage.record import Record, recording
from ui.application import build

HERE = "http://127.0.0.1:7860"
SECRET = "correct horse"


@dataclass(frozen=True, slots=True)
class Opened:
    """The application and its record. Nothing is running that would answer a question."""

    application: FastAPI
    record: Record

    def visitor(self, host: str = HERE) -> TestClient:
        """A browser that follows no redirect by itself."""
        return TestClient(
            self.application, base_url=host, follow_redirects=False, raise_server_exceptions=False
        )

    def logged_in(self, name: str) -> TestClient:
        """The browser of somebody who has a login already."""
        visitor = self.visitor()
        assert visitor.post("/login", data={"name": name, "password": SECRET}).status_code == 303
        return visitor


@contextmanager
def opened(folder: Path) -> Iterator[Opened]:
    """The application on a record in `folder`."""
    pool = read_pool("pocket")
    catalogue = Catalogue(folder, pool)
    with recording(folder / "record.db") as record:
        engine = Engine(
            catalogue.roster(pool.name), ScriptedRuntime(), ScriptedRuntime(), record.recorder.record, 1 << 40
        )
        yield Opened(build(engine, record, catalogue, ScriptedPulls()), record)
