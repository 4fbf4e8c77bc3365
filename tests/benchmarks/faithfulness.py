"""How well MAMM-Refine finds planted errors: `python tests/benchmarks/faithfulness.py [--pool P] [--runtime R] …`.

Runs the protocol over the texts of tests/faithfulness and prints the balanced accuracy of detection, of each text and
of all sentences together, that of each expert's first votes alone, and whether unmarked sentences stayed untouched.
"""

import sys
import time
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[1]))

from engine import events
from engine.pool import read_pool
from engine.protocols import find_protocol
from engine.question import Question
from engine.roster import Roster
from planted_errors import PlantedText, balanced_accuracy, planted_texts
from ui.terminal.arguments import given_settings
from ui.terminal.wiring import Models

console = Console(width=110)


@dataclass(frozen=True, slots=True)
class Checked:
    """A planted text with what a run over it put on the record."""

    planted: PlantedText
    seen: list[events.Event]

    def of(self, kind: type[events.Event]) -> list:
        return [event for event in self.seen if isinstance(event, kind)]

    @property
    def error(self) -> str | None:
        return self.of(events.RunFinished)[0].error

    @property
    def decided(self) -> list[events.FaithfulnessDecided]:
        return sorted(self.of(events.FaithfulnessDecided), key=lambda event: event.sentence)

    @property
    def faithful(self) -> list[bool]:
        return [event.faithful for event in self.decided]

    @property
    def detected(self) -> bool:
        """Whether every sentence was decided about, whatever became of the run after that."""
        return len(self.decided) == len(self.planted.faithful)

    @property
    def untouched(self) -> tuple[int, int]:
        """How many of the unmarked sentences stand in the rewritten text word for word, and how many there are.

        By default they do by construction: only marked sentences are rewritten. With `rewrite=whole` it tells.
        """
        rewritten = self.of(events.TextRewritten)
        if not rewritten:
            return 0, 0
        pairs = zip(self.planted.sentences, self.faithful, strict=True)
        unmarked = [sentence for sentence, faithful in pairs if faithful]
        return sum(sentence in rewritten[0].text for sentence in unmarked), len(unmarked)

    def first_votes(self, expert: str) -> list[bool]:
        """What the expert alone said of each sentence in round 1; where that could not be read, it marks nothing."""
        own = {
            vote.sentence: vote.faithful
            for vote in self.of(events.FaithfulnessVoted)
            if vote.expert == expert and vote.round == 1
        }
        return [own.get(index) is not False for index in range(len(self.planted.faithful))]


def run(
    pool: str = "pocket",
    runtime: str = "auto",
    server: str | None = None,
    seed: int = 1,
    setting: list[str] | None = None,
) -> None:
    """Check every planted text, all at once, and print what was found."""
    roster = Roster(read_pool(pool))
    protocol = find_protocol("mamm-refine")
    settings = given_settings(setting or [], None)
    seen: list[events.Event] = []
    checked: list[Checked] = []
    began = time.monotonic()
    with Models(runtime, server, None).engine(roster, seen.append) as engine:
        runs = {
            engine.ask(
                Question.posed("", document=planted.document, draft=planted.text), protocol, settings, seed
            ): planted
            for planted in planted_texts()
        }
        for name, planted in runs.items():
            engine.wait(name)
            one = Checked(planted, [event for event in seen if event.run == name])
            console.print(f"{planted.name}, after {time.monotonic() - began:.0f} s", highlight=False)
            if one.error:
                console.print(f"  failed: {one.error}", highlight=False, markup=False)
            if one.detected:
                checked.append(one)
                tell(one)
    if checked:
        console.print(f"{len(checked)} of {len(planted_texts())} texts were checked.", highlight=False)
        summarise(checked, [expert.name for expert in roster.pool.experts])


def tell(one: Checked) -> None:
    """Print a text's sentences with what is true of them and what was found, and the rewritten text."""
    for sentence, true, decided in zip(one.planted.sentences, one.planted.faithful, one.decided, strict=True):
        said = "faithful" if decided.faithful else "MARKED"
        how = f"{decided.rounds} rounds, {'agreed' if decided.agreed else 'not agreed'}"
        right = "right" if true == decided.faithful else "WRONG"
        console.print(f"  {right:5} {said:8} ({how}) {sentence}", highlight=False, markup=False)
    for rewritten in one.of(events.TextRewritten):
        console.print(f"  rewritten: {rewritten.text}", highlight=False, markup=False)


def summarise(checked: list[Checked], experts: list[str]) -> None:
    """Print the table: a row for each text, and one for all of them."""
    table = Table(
        "text", "balanced accuracy", "planted", "found of them", "marked wrongly", "untouched", "calls"
    )
    labels: list[bool] = []
    found: list[bool] = []
    for one in checked:
        labels += one.planted.faithful
        found += one.faithful
        table.add_row(one.planted.name, *_figures(one.planted.faithful, one.faithful), *_rest([one]))
    table.add_section()
    table.add_row("all", *_figures(labels, found), *_rest(checked))
    console.print(table)
    for expert in experts:
        alone = [vote for one in checked for vote in one.first_votes(expert)]
        console.print(f"{expert}, first votes alone: {balanced_accuracy(labels, alone):.3f}", highlight=False)


def _figures(labels: list[bool], found: list[bool]) -> list[str]:
    pairs = list(zip(labels, found, strict=True))
    planted = sum(not label for label in labels)
    hits = sum(not label and not guess for label, guess in pairs)
    wrongly = sum(label and not guess for label, guess in pairs)
    return [f"{balanced_accuracy(labels, found):.3f}", str(planted), str(hits), str(wrongly)]


def _rest(checked: list[Checked]) -> list[str]:
    pairs = [one.untouched for one in checked]
    calls = sum(len(one.of(events.CallQueued)) for one in checked)
    return [f"{sum(kept for kept, _ in pairs)} of {sum(all_ for _, all_ in pairs)}", str(calls)]


if __name__ == "__main__":
    typer.run(run)
