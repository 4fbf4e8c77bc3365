"""Documents of our own with texts about them, in which wrong sentences are planted: `faithfulness/*.json`."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "faithfulness"


@dataclass(frozen=True, slots=True)
class PlantedText:
    """A document, and a text about it as sentences; `faithful` says for each whether it follows from the document."""

    name: str
    document: str
    sentences: tuple[str, ...]
    faithful: tuple[bool, ...]

    @property
    def text(self) -> str:
        return " ".join(self.sentences)


def planted_texts() -> list[PlantedText]:
    """All of them, by name."""
    found = []
    for path in sorted(FOLDER.glob("*.json")):
        content = json.loads(path.read_text("utf-8"))
        sentences = tuple(one["text"] for one in content["sentences"])
        faithful = tuple(one["faithful"] for one in content["sentences"])
        found.append(PlantedText(path.stem, content["document"], sentences, faithful))
    return found


def balanced_accuracy(labels: Sequence[bool], found: Sequence[bool]) -> float:
    """The mean of two shares: of the faithful sentences that were found so, and of the unfaithful ones that were.

    Raises ValueError unless there are sentences of both kinds, and a finding for each.
    """
    if len(labels) != len(found) or len(set(labels)) < 2:
        raise ValueError("balanced accuracy takes a finding for each label, and labels of both kinds")
    pairs = list(zip(labels, found, strict=True))
    shares = []
    for kind in (True, False):
        right = [guess == kind for label, guess in pairs if label == kind]
        shares.append(sum(right) / len(right))
    return sum(shares) / 2
