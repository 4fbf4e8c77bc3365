"""Errors of the record that the person using Disputatio can mend."""

from engine.errors import UserError


class DatabaseUnusable(UserError):
    """The database file cannot be opened, created or written."""


class DatabaseTooNew(DatabaseUnusable):
    """The database was written by a newer version of Disputatio."""


class RecordingFailed(UserError):
    """What happened could not be written down yet; it is kept in memory and tried again."""


class NotWritten(UserError):
    """What a person asked for could not be written into the database now."""


class UnknownUser(UserError):
    """Nobody of that name has a login."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no user {name!r}: `disputatio user list` shows all there are.")


class NameTaken(UserError):
    """Somebody has a login of that name already."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is a user {name!r} already: choose another name.")


class LastOwner(UserError):
    """Nobody would be left who may do everything."""


class UnknownRun(UserError):
    """The record has no run of that id, or it was deleted."""

    def __init__(self, run_id: str) -> None:
        super().__init__(f"There is no run {run_id!r} in the record: list the runs to see their ids.")


class UnknownBatch(UserError):
    """The record has no batch of that id."""

    def __init__(self, batch_id: str) -> None:
        super().__init__(
            f"There is no batch {batch_id!r} in the record: the page Batches lists those there are."
        )


class BatchTaken(UserError):
    """Another process runs the batch."""

    def __init__(self, batch_id: str) -> None:
        super().__init__(f"Batch {batch_id} is being run by another process: wait for it, or end that first.")


class UnknownQueue(UserError):
    """The record has no queue of that id."""

    def __init__(self, queue_id: str) -> None:
        super().__init__(
            f"There is no queue {queue_id!r} in the record: the page Annotate lists those there are."
        )


class UnknownItem(UserError):
    """No queue has that item, or its run was deleted."""

    def __init__(self, item: int) -> None:
        super().__init__(
            f"There is no item {item} in any queue, or its run was deleted: ask for the next one."
        )


class UnknownCall(UserError):
    """A run has no such call, or none that is finished."""

    def __init__(self, run_id: str, call: str) -> None:
        super().__init__(f"Run {run_id!r} has no finished call {call!r}: open the run to see its calls.")


class ItemTaken(UserError):
    """An item of a queue is in somebody else's hands, or has all the annotations it wants."""

    def __init__(self, item: int, *, done: bool) -> None:
        why = "has all the annotations it wants" if done else "is in somebody else's hands"
        super().__init__(f"Item {item} {why}: ask for the next one.")


class NotAnAnnotator(UserError):
    """The queue is meant for others."""

    def __init__(self, annotator: str, queue: str) -> None:
        super().__init__(
            f"The queue {queue!r} is not meant for {annotator}: ask whoever made it for one that is."
        )


class QueueClosed(UserError):
    """The queue is closed: nothing of it is handed out."""

    def __init__(self, queue: str) -> None:
        super().__init__(f"The queue {queue!r} is closed: open it again to go on.")


class DraftOutdated(UserError):
    """What was to be kept is older than what is stored."""

    def __init__(self) -> None:
        super().__init__(
            "This was changed elsewhere meanwhile, in another window perhaps: open the item anew to see how it stands."
        )
