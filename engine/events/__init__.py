"""What happens in a run, as typed events: the only thing the engine tells the world.

A run is the ordered list of its events. Every event carries its run's id and the wall clock in Unix seconds.
`to_json` and `from_json` turn an event into plain data and back; `kind` is the event's name there.
"""

from engine.events.annotating import CritiqueAnnotated
from engine.events.answers import AnswerExtracted, CritiqueJudged
from engine.events.calls import CallDelta, CallFailed, CallFinished, CallQueued, CallStarted, ExpertLoading
from engine.events.data import from_json, to_json
from engine.events.event import Event
from engine.events.faithfulness import (
    ErrorFound,
    FaithfulnessDecided,
    FaithfulnessVoted,
    TextRewritten,
    TextSplit,
)
from engine.events.recruiting import AggregatorChosen, CriticsChosen, ExpertsRecruited, SkillsFound
from engine.events.reranking import CandidateChosen, CandidateVoted
from engine.events.rewards import DifficultyJudged, SolutionRewarded, SolutionsKept, VoteWeighed
from engine.events.run import Noticed, Outcome, RunFinished, RunStarted, StepStarted

__all__ = [
    "AggregatorChosen",
    "AnswerExtracted",
    "CallDelta",
    "CallFailed",
    "CallFinished",
    "CallQueued",
    "CallStarted",
    "CandidateChosen",
    "CandidateVoted",
    "CriticsChosen",
    "CritiqueAnnotated",
    "CritiqueJudged",
    "DifficultyJudged",
    "ErrorFound",
    "Event",
    "ExpertLoading",
    "ExpertsRecruited",
    "FaithfulnessDecided",
    "FaithfulnessVoted",
    "Noticed",
    "Outcome",
    "RunFinished",
    "RunStarted",
    "SkillsFound",
    "SolutionRewarded",
    "SolutionsKept",
    "StepStarted",
    "TextRewritten",
    "TextSplit",
    "VoteWeighed",
    "from_json",
    "to_json",
]
