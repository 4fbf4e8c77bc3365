"""The database file: opened, brought to the present version, and handed out for reading and writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from filelock import FileLock
from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect
from sqlalchemy.exc import DatabaseError

from storage.errors import DatabaseTooNew, DatabaseUnusable

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_SECONDS = 30.0


class Database:
    """One SQLite file in WAL mode. Any number of processes may open it at once.

    Opening creates the folder and the file and runs the migrations that are missing. Raises
    DatabaseUnusable where that cannot be done, DatabaseTooNew where a newer version wrote the file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writer = _engine(path, begin="BEGIN IMMEDIATE", pragmas=())
        self._reader = _engine(path, begin="BEGIN", pragmas=("query_only = ON",))
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(path.with_name(f"{path.name}.lock")):
                self._prepare()
        except OSError as error:
            raise DatabaseUnusable(
                f"The database {path} cannot be opened ({error.strerror or error}): choose a folder "
                "that can be written."
            ) from error
        except DatabaseError as error:
            self.close()
            raise DatabaseUnusable(
                f"The database {path} cannot be used ({error.orig}): move it away, or choose another file."
            ) from error

    @contextmanager
    def reader(self) -> Iterator[Connection]:
        """A connection that can only read, and sees one state of the database throughout."""
        with self._reader.connect() as connection:
            yield connection

    @contextmanager
    def writer(self) -> Iterator[Connection]:
        """A connection in a transaction that is the only one to write, committed at the end.

        Waits up to 30 s for another process's transaction. Raises sqlalchemy's OperationalError after that.
        """
        with self._writer.begin() as connection:
            yield connection

    def close(self) -> None:
        """Close all connections."""
        self._reader.dispose()
        self._writer.dispose()

    def _prepare(self) -> None:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        with self._writer.connect() as connection:
            # The mode stays with the file; it cannot be changed inside a transaction.
            connection.connection.cursor().execute("PRAGMA journal_mode = WAL")
        with self.writer() as connection:
            self._refuse_foreign(connection, ScriptDirectory.from_config(config))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def _refuse_foreign(self, connection: Connection, versions: ScriptDirectory) -> None:
        version = MigrationContext.configure(connection).get_current_revision()
        if version is None and inspect(connection).get_table_names():
            raise DatabaseUnusable(
                f"The database {self.path} belongs to another program: choose another file."
            )
        if version is not None and version not in {known.revision for known in versions.walk_revisions()}:
            raise DatabaseTooNew(
                f"The database {self.path} was written by a newer Disputatio (its version is {version}): "
                "update Disputatio, or choose another file."
            )


def _engine(path: Path, begin: str, pragmas: tuple[str, ...]) -> Engine:
    # The driver would begin transactions on its own, late and never IMMEDIATE: isolation_level None stops it.
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": BUSY_SECONDS, "isolation_level": None},
    )

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: object) -> None:
        for pragma in ("foreign_keys = ON", "synchronous = NORMAL", *pragmas):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
