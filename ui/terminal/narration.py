"""Tells a run on stderr as it happens, one line for each thing worth knowing."""

import queue

from rich.console import Console
from rich.text import Text

from engine import events
from ui.terminal.printable import printable


def narrate(coming: "queue.SimpleQueue[events.Event]", console: Console) -> events.RunFinished:
    """Tell a run's events as they come, until it has finished."""
    narration = Narration(console)
    while True:
        event = coming.get()
        narration.tell(event)
        if isinstance(event, events.RunFinished):
            return event


class Narration:
    """Prints a run's events. Call `tell` with each, in order."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._titles: dict[str, str] = {}
        self._expert_of: dict[str, str] = {}
        self._target_of: dict[str, str] = {}
        self._loading: set[str] = set()

    def tell(self, event: events.Event) -> None:
        """Print what the event says to a person; most deltas say nothing."""
        match event:
            case events.RunStarted():
                self._titles = {expert["name"]: expert["title"] for expert in event.experts}
                self._line(
                    f"{event.run}: {event.protocol} with pool {event.pool} on {event.runtime}, seed {event.seed}"
                )
            case events.StepStarted():
                self._line(event.step, style="bold")
            case events.SkillsFound():
                for skill in event.skills:
                    matched = (
                        f" → {skill['profile_skill']} ({skill['similarity']:.2f})"
                        if skill["profile_skill"]
                        else ""
                    )
                    self._line(f"  skill {skill['keyword']}, named {skill['count']}/{event.samples}{matched}")
            case events.ExpertsRecruited():
                for candidate in event.candidates:
                    drawn = "recruited" if candidate["drawn"] else "not drawn"
                    self._line(
                        f"  {self._title(candidate['expert'])}: p = {candidate['probability']:.3f}, {drawn}"
                    )
            case events.AggregatorChosen():
                tests = f", right in {event.right} of {event.of} tests of {event.task}" if event.of else ""
                self._line(f"  {self._title(event.expert)} aggregates{tests}")
            case events.CallQueued():
                self._expert_of[event.call] = event.expert
                self._target_of[event.call] = event.target or ""
            case events.ExpertLoading() if event.expert not in self._loading:
                self._loading.add(event.expert)
                self._line(f"  {self._title(event.expert)} is being loaded")
            case events.CallFinished():
                rate = f"{event.tokens} tokens, {event.seconds:.1f} s"
                self._line(f"  {self._who(event.call)} {event.call}: {rate}")
            case events.CallFailed():
                self._line(f"  {self._who(event.call)} {event.call}: {event.message}", style="red")
            case events.AnswerExtracted():
                answer = "no answer found" if event.answer is None else f"answers {_short(event.answer)}"
                self._line(f"  {self._title(event.expert)} {answer}")
            case events.CritiqueJudged():
                author = self._who(self._target_of.get(event.call, ""))
                verdict = f"finds it {event.verdict}" if event.verdict else "states no verdict"
                self._line(f"  {self._who(event.call)} on the answer of {author}: {verdict}")
            case events.FaithfulnessDecided():
                finding = (
                    "follows from the document" if event.faithful else "does not follow from the document"
                )
                agreed = "all agree" if event.agreed else "no agreement"
                self._line(f"  sentence {event.sentence + 1} {finding}: {agreed}, rounds: {event.rounds}")
            case events.Noticed():
                self._line(f"  {event.message}", style="yellow")
            case _:
                pass

    def _who(self, call: str) -> str:
        return self._title(self._expert_of.get(call, ""))

    def _title(self, expert: str) -> str:
        return self._titles.get(expert, expert)

    def _line(self, text: str, style: str = "") -> None:
        # A Text is printed as it is: what a model wrote is never read as markup.
        self._console.print(Text(printable(text), style=style), highlight=False, soft_wrap=True)


def _short(text: str, length: int = 100) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"
