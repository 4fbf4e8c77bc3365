"""A text that was checked against its document (MAMM-Refine, arXiv 2503.15272), as the page tells it."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ui.changes import Change, changes
from ui.page_export.people import People, Person
from ui.page_export.told_call import ToldCall

Standing = Literal["ahead", "faithful", "unfaithful"]

_SAID = {True: "✓ follows", False: "✗ does not follow", None: "no vote that could be read"}
_NAMED = re.compile(r"sentence_(\d+)")
_KINDS = {True: "good", False: "bad", None: "none"}


@dataclass(frozen=True, slots=True)
class SentenceVote:
    """What an expert said of a sentence, or which candidate it voted for, in a round; `kind` gives its colour."""

    round: int
    person: Person
    said: str
    kind: str
    reasoning: str


@dataclass(frozen=True, slots=True)
class FoundError:
    """What the critique that stands says of a sentence: the sentence around the error's span, and how to mend it.

    `span` is empty where it does not occur in the sentence; `stated` is how the critique has it.
    """

    before: str
    span: str
    after: str
    stated: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence with what was found of it; `gap` is the white space before it."""

    number: int
    gap: str
    text: str
    standing: Standing
    outcome: str
    votes: tuple[SentenceVote, ...]
    error: FoundError | None


@dataclass(frozen=True, slots=True)
class CheckedText:
    """The sentences of the text, and what changed in it; there are no changes where it stayed as it was."""

    sentences: tuple[CheckedSentence, ...]
    changes: tuple[Change, ...]
    rewritten: bool

    @property
    def wrong(self) -> list[CheckedSentence]:
        """The sentences that do not follow from the document."""
        return [sentence for sentence in self.sentences if sentence.standing == "unfaithful"]


def checked_text(events: list[dict[str, Any]], people: People) -> CheckedText | None:
    """The text that a run's events, in `to_json`'s form, check; None where they check none."""
    by_kind: dict[str, list[dict[str, Any]]] = {}
    for event in events:
        by_kind.setdefault(event["kind"], []).append(event)
    if "text_split" not in by_kind:
        return None
    text, spans = by_kind["text_split"][-1]["text"], by_kind["text_split"][-1]["sentences"]
    ends = [0, *(span["end"] for span in spans)]
    rewritten = by_kind["text_rewritten"][-1]["text"] if "text_rewritten" in by_kind else None
    found = changes(text, rewritten) if rewritten is not None else []
    return CheckedText(
        sentences=tuple(
            _sentence(index, text[end : span["start"]], text, span, by_kind, people)
            for index, (end, span) in enumerate(zip(ends, spans, strict=False))
        ),
        changes=tuple(found) if any(change.operation != "kept" for change in found) else (),
        rewritten=rewritten is not None,
    )


def candidates(calls: Sequence[ToldCall], subject: str) -> list[ToldCall]:
    """Those of the calls that wrote candidates for the subject."""
    beginnings = (f"{subject}/", f"generate/{subject}/")
    return [told for told in calls if told.call.name.startswith(beginnings)]


def rewritten_sentences(text: str) -> list[tuple[str, str]]:
    """The sentences that a rewrite gives by number, where it is such a JSON object; else none."""
    try:
        named = json.loads(text[text.find("{") : text.rfind("}") + 1])
    except ValueError:
        return []
    numbers = {name: _NAMED.fullmatch(name) for name in named}
    return [(found[1], str(named[name])) for name, found in numbers.items() if found]


def _sentence(
    index: int,
    gap: str,
    text: str,
    span: dict[str, int],
    by_kind: dict[str, list[dict[str, Any]]],
    people: People,
) -> CheckedSentence:
    own = [vote for vote in by_kind.get("faithfulness_voted", []) if vote["sentence"] == index]
    decided = [one for one in by_kind.get("faithfulness_decided", []) if one["sentence"] == index]
    votes = [
        SentenceVote(
            vote["round"],
            people[vote["expert"]],
            _SAID[vote["faithful"]],
            _KINDS[vote["faithful"]],
            vote["reasoning"],
        )
        for vote in sorted(own, key=lambda vote: vote["round"])
    ]
    last = decided[-1] if decided else None
    return CheckedSentence(
        number=index + 1,
        gap=gap,
        text=text[span["start"] : span["end"]],
        standing="ahead" if last is None else "faithful" if last["faithful"] else "unfaithful",
        outcome=_outcome(last, own),
        votes=tuple(votes),
        error=_error(index, text, span, by_kind),
    )


def _outcome(decided: dict[str, Any] | None, votes: list[dict[str, Any]]) -> str:
    if decided is None:
        return "Not judged"
    if all(vote["faithful"] is None for vote in votes):
        return "Nobody's vote could be read, so it stays as it is"
    what = "Follows from the document" if decided["faithful"] else "Does not follow from the document"
    when = "in the first round" if decided["rounds"] == 1 else f"after {decided['rounds']} rounds"
    if decided["agreed"]:
        return f"{what}: all agree {when}"
    return f"{what}: no agreement {when}, the first vote that was given holds"


def _error(
    index: int, text: str, span: dict[str, int], by_kind: dict[str, list[dict[str, Any]]]
) -> FoundError | None:
    chosen = {
        choice["chosen"]
        for choice in by_kind.get("candidate_chosen", [])
        if choice["subject"] == f"critique/{index}"
    }
    error = next((one for one in by_kind.get("error_found", []) if one["call"] in chosen), None)
    if error is None:
        return None
    start, end = (span["start"], span["start"]) if error["start"] is None else (error["start"], error["end"])
    return FoundError(
        before=text[span["start"] : start],
        span=text[start:end],
        after=text[end : span["end"]],
        stated=error["span"],
        suggestion=error["suggestion"],
    )
