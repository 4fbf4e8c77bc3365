"""The scheduler: all model calls of all running questions, grouped by expert, within a memory budget."""

from engine.scheduler.call import Call, Listener, Reply, Unheard
from engine.scheduler.scheduler import Scheduler
from engine.scheduler.seat import Seat

__all__ = ["Call", "Listener", "Reply", "Scheduler", "Seat", "Unheard"]
