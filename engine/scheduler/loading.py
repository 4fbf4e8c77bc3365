"""Loading an expert's model into its seat, and taking it out again."""

import time

from engine.errors import LoadFailed, UserError
from engine.runtimes.base import Runtime
from engine.scheduler.seat import Seat


async def load(seat: Seat, runtime: Runtime) -> None:
    """Load the seat's expert; the calls that wait for it hear of it.

    Where that fails for a reason that a person can mend, the waiting calls fail with it; raises any other.
    """
    seat.state, seat.share, seat.message, seat.problem = "loading", 0.0, "starting", None

    def progress(share: float | None, message: str) -> None:
        seat.share, seat.message = share, message
        for call in seat.waiting:
            call.listener.loading(share, message)

    progress(0.0, "starting")
    try:
        seat.model = await runtime.load(seat.expert, progress)
    except UserError as error:
        seat.state, seat.problem = "absent", str(error)
        seat.fail_waiting(error)
    except BaseException as error:
        seat.state, seat.problem = "absent", str(error) or type(error).__name__
        seat.fail_waiting(LoadFailed(f"{seat.expert.title} could not be loaded: {seat.problem}"))
        raise
    else:
        seat.state = "loaded"
        seat.loads += 1
    finally:
        seat.last_used = time.monotonic()


async def unload(seat: Seat) -> None:
    """Close the seat's model and free its memory."""
    try:
        if seat.model:
            await seat.model.close()
    finally:
        seat.state, seat.model = "absent", None
