"""The scheduler: all model calls of all running questions, grouped by expert, within a memory budget."""

from engine.scheduler.call import Call, Listener, Reply, Unheard
from engine.scheduler.scheduler import Scheduler
from engine.scheduler.seat import Seat
from engine.scheduler.task import Generate, OutcomeReward, Score, StepRewards, Task
from engine.scheduler.usage import Usage

__all__ = [
    "Call",
    "Generate",
    "Listener",
    "OutcomeReward",
    "Reply",
    "Scheduler",
    "Score",
    "Seat",
    "StepRewards",
    "Task",
    "Unheard",
    "Usage",
]
