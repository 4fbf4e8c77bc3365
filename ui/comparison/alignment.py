"""Which sentences of two to four texts say the same: groups of counterparts."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from ui.comparison.contradiction import Contradiction, contradiction
from ui.comparison.wording import Wording, wording

LIKE = 0.6
"""How similar counterparts are at least; 1 is the same."""

_MASKED, _MASKED_FORMULA = 0.7, 0.4
"""The weight of what stands around the numbers, in sentences and in bare formulas; the numbers have the rest."""

_LEAST = 0.3
"""Sentences that share fewer of their words are not compared further."""

_APART = 0.03
"""What it costs to stand at the other end of the text: of equal sentences the one at the same place is the nearest."""

_STATING = 2.0
_FIRST, _HOW_MANY = 0x10000, 0x100000


@dataclass(frozen=True, slots=True)
class Group:
    """Counterparts: (text, sentence) each, at most one of a text. `equal` where they differ in white space only."""

    members: tuple[tuple[int, int], ...]
    equal: bool
    contradiction: Contradiction | None


def align(texts: Sequence[Sequence[str]]) -> list[Group]:
    """The groups of counterparts among the sentences of several texts, in the order in which they stand there.

    Two sentences are counterparts where each is the other's most similar one, and similar enough: a weighted mean of
    how much of their words they share (Indel similarity, by words), once with numbers and once without. The last
    sentences that state an answer, or a verdict, are counterparts whatever their words; a bare one at the end counts.
    """
    worded = [[wording(sentence) for sentence in text] for text in texts]
    codes = _Codes()
    coded = [_Coded(text, codes) for text in worded]
    pairs: list[tuple[float, tuple[int, int], tuple[int, int]]] = []
    for first, second in combinations(range(len(texts)), 2):
        similar = _similarities(coded[first], coded[second])
        pairs += [(score, (first, one), (second, other)) for score, one, other in _mutual(similar)]
    joined: dict[tuple[int, int], dict[int, int]] = {}
    for _, one, other in sorted(pairs, key=lambda pair: (-pair[0], pair[1:])):
        ours, theirs = joined.get(one, {one[0]: one[1]}), joined.get(other, {other[0]: other[1]})
        if ours is not theirs and ours.keys().isdisjoint(theirs):
            together = ours | theirs
            joined |= dict.fromkeys(together.items(), together)
    found = {tuple(sorted(group.items())) for group in joined.values()}
    return [_group(members, texts, worded) for members in sorted(found)]


def _group(
    members: tuple[tuple[int, int], ...], texts: Sequence[Sequence[str]], worded: list[list[Wording]]
) -> Group:
    said = {" ".join(texts[text][sentence].split()) for text, sentence in members}
    equal = len(said) == 1
    found = None if equal else contradiction([worded[text][sentence] for text, sentence in members])
    return Group(members, equal, found)


def _mutual(similar: NDArray[np.float32]) -> list[tuple[float, int, int]]:
    """The pairs of which each is the other's most similar one, with how similar they are."""
    if not similar.size:
        return []
    theirs, ours = similar.argmax(axis=1), similar.argmax(axis=0)
    return [
        (float(similar[one, other]), one, int(other))
        for one, other in enumerate(theirs)
        if ours[other] == one and similar[one, other] > 0
    ]


def _similarities(ours: "_Coded", theirs: "_Coded") -> NDArray[np.float32]:
    """How similar each sentence of one text is to each of the other, 0 where that is not enough.

    The last ones that state an answer have more than 1.
    """
    whole, masked = _shared(ours.words, theirs.words), _shared(ours.masked, theirs.masked)
    weight = np.where(np.logical_and.outer(ours.wordy, theirs.wordy), _MASKED, _MASKED_FORMULA).astype(
        np.float32
    )
    apart = np.abs(
        np.subtract.outer(np.linspace(0, 1, len(ours.words)), np.linspace(0, 1, len(theirs.words)))
    )
    similar = weight * masked + (1 - weight) * whole
    similar = np.where(similar >= LIKE, similar * (1 - _APART * apart), 0).astype(np.float32)
    if ours.stating is not None and theirs.stating is not None:
        similar[ours.stating, theirs.stating] = _STATING
    return similar


def _shared(ours: list[str], theirs: list[str]) -> NDArray[np.float32]:
    found: NDArray[np.float32] = cdist(
        ours, theirs, scorer=Indel.normalized_similarity, score_cutoff=_LEAST, dtype=np.float32
    )
    return found


class _Codes:
    """Each word as one character."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}

    def of(self, words: Sequence[str]) -> str:
        """The words, one character each."""
        codes = self._codes
        return "".join([codes.setdefault(word, chr(_FIRST + len(codes) % _HOW_MANY)) for word in words])


class _Coded:
    """A text's sentences with each word as one character, so that texts are compared word by word.

    `stating` is the last sentence that states an answer; where none does, the very last if it is nothing but one.
    """

    def __init__(self, sentences: Sequence[Wording], codes: _Codes) -> None:
        self.words = [codes.of(sentence.words) for sentence in sentences]
        self.masked = [codes.of(sentence.masked) for sentence in sentences]
        self.wordy = [sentence.wordy for sentence in sentences]
        stating = [place for place, sentence in enumerate(sentences) if sentence.states]
        if not stating and sentences and sentences[-1].bare:
            stating = [len(sentences) - 1]
        self.stating = stating[-1] if stating else None
