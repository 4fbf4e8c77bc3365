"""What one column has for the rows of a comparison: texts and facts, each with the key of its row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ui.comparison.column_name import ColumnName
from ui.comparison.fact import Fact, recruiting_facts
from ui.comparison.person import Person
from ui.comparison.row_key import NOBODY, Key
from ui.comparison.trace import Trace, TracedCall

_WORDS = {"reason": "reasoning", "critique": "critique", "review": "feedback", "refine": "refinement"}
_OF_SENTENCE = re.compile(r"(?:generate/)?critique/(\d+)/\d+")


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a cell. `call` is None of facts, and of an answer that no call of its own wrote."""

    key: Key
    label: str
    call: TracedCall | None = None
    who: Person | None = None
    about: Person | None = None
    facts: tuple[Fact, ...] = ()


def entries(name: ColumnName, trace: Trace, seats: dict[str, int], *, only_traces: bool) -> dict[Key, Entry]:
    """All that a column has. `seats` are those of the experts.

    Where `only_traces` are compared, the critiques that an expert received are of another kind than those it gave.
    """
    found: dict[Key, Entry] = {}
    for entry in _entries(name, trace, seats, only_traces):
        key = entry.key
        while key in found:
            key = key._replace(number=key.number + 1)
        found[key] = entry
    return found


def _entries(name: ColumnName, trace: Trace, seats: dict[str, int], only_traces: bool) -> Iterator[Entry]:
    if facts := recruiting_facts(name, trace):
        yield Entry(Key("recruit"), "recruiting", facts=facts)
    # Of two candidates the chosen one comes first: it stands beside what was chosen elsewhere.
    for call in sorted(trace.texts, key=lambda call: {True: 0, None: 1, False: 2}[call.chosen]):
        if call.outline.step in _WORDS:
            yield from _said(name, trace, seats, only_traces, call)
    written = [call for call in trace.texts if call.outline.step == "answer"]
    if trace.run.text and not any(call.outline.status == "done" for call in written):
        yield Entry(Key("answer"), "answer")
    for call in written:
        yield Entry(Key("answer"), "answer", call, trace.person(call.outline.expert))


def _said(
    name: ColumnName, trace: Trace, seats: dict[str, int], only_traces: bool, call: TracedCall
) -> Iterator[Entry]:
    outline, author = call.outline, trace.author(call)
    gave = name.expert in (None, outline.expert)
    received = outline.step == "critique" and author == name.expert
    if not gave and not received:
        return
    who, seat = trace.person(outline.expert), seats.get(outline.expert, NOBODY)
    key = Key(outline.step, call.round, seat)
    sentence = _OF_SENTENCE.fullmatch(outline.name) if "detect" in trace.run.steps else None
    if sentence:
        label = f"critique of sentence {int(sentence[1]) + 1}{_fate(trace, call)}"
        yield Entry(key._replace(about=int(sentence[1])), label, call, who)
    elif outline.step == "critique" and author is not None:
        about = trace.person(author)
        key = key._replace(about=seats.get(author, NOBODY))
        if only_traces and not gave:
            yield Entry(key._replace(kind="critiqued"), f"critiqued by {who.title}", call, who, about)
        else:
            yield Entry(key, f"critique of {about.title}", call, who, about)
    elif "review" in trace.run.steps or outline.step == "reason":
        number = _number(outline.name)
        label = _WORDS[outline.step] if number == 0 else f"{_WORDS[outline.step]} {number + 1}"
        yield Entry(key._replace(number=number), label, call, who)
    else:
        yield Entry(key, f"{_WORDS[outline.step]}{_fate(trace, call)}", call, who)


def _fate(trace: Trace, call: TracedCall) -> str:
    if f"generate/{call.outline.name}" in trace.calls:
        return ", first draft"
    if call.chosen is None and trace.repeats(call):
        return ", the same again"
    return "" if call.stands else ", not chosen"


def _number(name: str) -> int:
    """Which of several samples, or of what became of them, a call is: its name ends with the number."""
    number = name.rpartition("/")[2]
    return int(number) if number.isdecimal() else 0
