"""The record in a file of its own, for the tests of storage."""

import pytest

from clock import Clock
from storage.annotations.annotations import Annotations
from storage.batches import Batches
from storage.curation import Curation
from storage.database import Database
from storage.recorder import Recorder
from storage.traces import Traces


@pytest.fixture
def database(tmp_path):
    database = Database(tmp_path / "record.db")
    yield database
    database.close()


@pytest.fixture
def recorder(database):
    with Recorder(database) as recorder:
        yield recorder


@pytest.fixture
def traces(database):
    return Traces(database)


@pytest.fixture
def curation(database):
    return Curation(database)


@pytest.fixture
def batches(database):
    return Batches(database)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def annotations(database, clock):
    return Annotations(database, now=clock)


@pytest.fixture
def elsewhere(tmp_path):
    """Another machine's record."""
    database = Database(tmp_path / "elsewhere.db")
    yield database
    database.close()
