"""The database file: migrations, opening by several processes, and files that cannot be used."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from engine.errors import UserError
from storage.annotations.annotations import Annotations
from storage.annotations.queue_records import QueueFilters
from storage.annotations.records import Judgement
from storage.batches import Batches
from storage.curation import Curation
from storage.database import MIGRATIONS, Database
from storage.errors import DatabaseTooNew, DatabaseUnusable
from storage.recorder import Recorder
from storage.schema import Base, is_declared
from storage.traces import Traces
from storage_events import one_of_each, record, run_finished, run_started

ROOT = Path(__file__).parent.parent
RECORDS = ROOT / "tests" / "records"

OPEN = """
import sys
from pathlib import Path
from storage.database import MIGRATIONS, Database
print("ready", flush=True)
sys.stdin.readline()
with Database(Path(sys.argv[1])).reader() as connection:
    print(connection.exec_driver_sql("SELECT count(*) FROM runs").scalar())
"""


def write_version(path, version):
    """Make a database as an earlier version did, with the runs that it recorded in `records/VERSION.sql`."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with create_engine(f"sqlite:///{path}").connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)
        connection.commit()
    with sqlite3.connect(path) as connection:
        connection.executescript((RECORDS / f"{version}.sql").read_text("utf-8"))


def test_migrated_tables_are_those_of_the_models(tmp_path):
    database = Database(tmp_path / "record.db")
    with database.reader() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": is_declared})
        assert compare_metadata(context, Base.metadata) == []
        tables = (
            connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE sql LIKE '%fts5%'")
            .scalars()
            .all()
        )
    assert tables == ["search"]


def test_a_record_of_the_first_version_goes_on(tmp_path):
    path = tmp_path / "record.db"
    write_version(path, "0001")
    database = Database(path)
    traces, curation = Traces(database), Curation(database)
    assert [run.id for run in traces.page().runs] == ["second", "first"]
    assert [run.id for run in traces.page("kettle").runs] == ["first"]
    (run,) = traces.page("heat flows stove").runs
    assert (run.id, run.answer, run.correct, run.gold_known) == ("first", "B", True, True)
    assert [expert.title for expert in run.experts] == ["Small"]
    assert (run.tags, run.note) == ((), "")
    (call,) = traces.calls("first")
    assert (call.text, call.status, call.verdict) == ("Heat flows from the stove.", "done", None)
    kinds = ["run_started", "experts_recruited", "call_queued", "call_finished", "run_finished"]
    assert [event["kind"] for event in traces.events("first")] == kinds
    curation.mark("first", tags=["old"], note="kept for years")
    assert [run.id for run in traces.page("years kettle", tag="old").runs] == ["first"]
    with Recorder(database) as recorder:
        record(recorder, *one_of_each("third"))
    assert [run.id for run in traces.page("apples").runs] == ["third"]
    curation.delete(["second"])
    assert [run.id for run in traces.page().runs] == ["third", "first"]
    database.close()


def test_a_record_of_the_second_version_goes_on_and_takes_batches(tmp_path):
    path = tmp_path / "record.db"
    write_version(path, "0002")
    database = Database(path)
    traces, curation, batches = Traces(database), Curation(database), Batches(database)
    (run,) = traces.page(
        "years kettle", tag="old", correct="right", source="apples.jsonl", category="fruit"
    ).runs
    assert (run.id, run.note, run.batch) == ("first", "kept for years", None)
    assert traces.run("first").draft == ""
    assert batches.page() == []
    batch = batches.begin(
        "key", title="t", protocol="p", settings={}, pool="p", runtime="r", seed=0, questions=1
    )
    with Recorder(database) as recorder:
        record(recorder, run_started("third", batch=batch.id), run_finished("third"))
    assert [run.id for run in traces.page(batch=batch.id).runs] == ["third"]
    # Purged when the recorder began, as it was deleted long ago.
    assert curation.restore(["second"]) == 0
    database.close()


def test_a_record_of_the_third_version_goes_on_and_takes_annotations(tmp_path):
    path = tmp_path / "record.db"
    write_version(path, "0003")
    database = Database(path)
    traces, annotations = Traces(database), Annotations(database)
    (run,) = traces.page("years kettle", tag="old", batch="19700101-001500-abcdef").runs
    assert (run.id, run.annotations) == ("first", 0)
    queue = annotations.create_queue("Old ones", QueueFilters(verdict="wrong"))
    item = annotations.next(queue.id, "ann")
    assert (item.run, item.call) == ("first", "critique/1/large/on/small")
    annotations.finish(item.id, "ann", Judgement("helpful"))
    assert traces.run("first").annotations == 1
    database.close()


def test_a_record_of_the_fifth_version_tells_of_answers_that_could_not_be_read(tmp_path):
    path = tmp_path / "record.db"
    write_version(path, "0005")
    database = Database(path)
    traces = Traces(database)
    results = Batches(database).results("19700101-001500-abcdef")
    accuracies = {expert.name: (expert.accuracy.right, expert.accuracy.of) for expert in results.experts}
    assert (results.unanswered, accuracies) == (1, {"small": (0, 1), "large": (1, 1)})
    assert [run.id for run in traces.page("a document kettle").runs] == ["first"]
    for narrowed in ({"without": "answer"}, {"wrong_by": "small"}, {"right_by": "large"}):
        assert [run.id for run in traces.page(**narrowed).runs] == ["first"]
    database.close()


def test_a_blank_path_gets_its_folders_and_a_file_in_wal_mode(tmp_path):
    path = tmp_path / "50% of ? it" / "deep" / "record.db"
    database = Database(path)
    with database.reader() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    assert path.is_file()


def test_readers_cannot_write(tmp_path):
    database = Database(tmp_path / "record.db")
    with database.reader() as connection, pytest.raises(OperationalError, match="readonly"):
        connection.exec_driver_sql("DELETE FROM runs")


def test_a_writer_keeps_other_writers_out_from_its_start_but_no_reader(tmp_path):
    database = Database(tmp_path / "record.db")
    other = sqlite3.connect(database.path, timeout=0, isolation_level=None)
    with database.writer():
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        assert other.execute("SELECT count(*) FROM runs").fetchone() == (0,)
    other.execute("BEGIN IMMEDIATE")
    other.close()


def test_several_processes_may_open_a_new_database_at_once(tmp_path):
    command = [sys.executable, "-c", OPEN, str(tmp_path / "new" / "record.db")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    children = [subprocess.Popen(command, cwd=ROOT, **pipes) for _ in range(4)]
    for child in children:
        assert child.stdout.readline() == "ready\n"
    for child in children:
        child.stdin.write("go\n")
        child.stdin.flush()
    assert [child.communicate()[0] for child in children] == ["0\n"] * 4


def test_a_newer_database_is_left_alone(tmp_path):
    path = tmp_path / "record.db"
    Database(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9876'")
    with pytest.raises(DatabaseTooNew, match=r"9876.*update Disputatio") as raised:
        Database(path)
    assert isinstance(raised.value, UserError)


def test_a_file_that_is_no_database_is_refused_and_kept(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("These are my notes.\n" * 100)
    with pytest.raises(DatabaseUnusable, match="not a database"):
        Database(path)
    assert path.read_text().startswith("These are my notes.")


def test_the_database_of_another_program_is_refused_and_kept(tmp_path):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE songs (title TEXT)")
    with pytest.raises(DatabaseUnusable, match="another program"):
        Database(path)
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("songs",)]


@pytest.mark.parametrize("place", ["a folder", "below a file", "where nobody may write"])
def test_a_place_where_no_database_can_be_is_one_clear_error(tmp_path, place):
    (tmp_path / "file").write_text("")
    paths = {
        "a folder": tmp_path,
        "below a file": tmp_path / "file" / "record.db",
        "where nobody may write": Path("/proc/disputatio/record.db"),
    }
    with pytest.raises(DatabaseUnusable) as raised:
        Database(paths[place])
    assert str(paths[place]) in str(raised.value)
    assert "\n" not in str(raised.value)
