"""Whole runs as rows of the record, written in bulk: what the recorder does event by event, done at once."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, insert

from engine.events import (
    AnswerExtracted,
    CallFinished,
    CallQueued,
    CritiqueJudged,
    Event,
    ExpertsRecruited,
    RunFinished,
    RunStarted,
    SkillsFound,
)
from storage.schema import Call, Note, RecordedEvent, Recruit, Run, Tag
from storage.search import full_text

Row = dict[str, Any]

_TABLES = (
    Run.__table__,
    Recruit.__table__,
    Tag.__table__,
    Note.__table__,
    Call.__table__,
    RecordedEvent.__table__,
    full_text,
)


class Rows:
    """Rows of some runs, to be written together."""

    def __init__(self) -> None:
        self._rows: dict[Any, list[Row]] = {table: [] for table in _TABLES}

    def add(
        self,
        number: int,
        events: Iterable[Event],
        *,
        note: str = "",
        tags: Iterable[str] = (),
    ) -> None:
        """Add run `number` with its events, in order, and what a person did to it."""
        run: Row = {"number": number, "deleted_at": None, **_UNFINISHED}
        calls: dict[str, Row] = {}
        for seq, event in enumerate(events, 1):
            data = {name: getattr(event, name) for name in _OWN[type(event)]}
            call = calls.get(data.get("call", ""))
            match event:
                case RunStarted():
                    run |= _started(event, data)
                case SkillsFound():
                    run["skills"] = event.skills
                case ExpertsRecruited():
                    self._recruit(number, event.drawn)
                case CallQueued():
                    asked = {name: value for name, value in data.items() if name not in ("call", "task")}
                    calls[event.call] = {
                        "run": number,
                        "name": event.call,
                        **asked,
                        **_WAITING,
                        "queued_seq": seq,
                    }
                case CallFinished() if call is not None:
                    call |= {name: value for name, value in data.items() if name not in ("call", "values")}
                    call |= {"status": "done", "settled_seq": seq}
                case AnswerExtracted() if call is not None:
                    call |= {"answer": event.answer, "correct": event.correct}
                case CritiqueJudged() if call is not None:
                    call["verdict"] = event.verdict
                case RunFinished():
                    run |= {name: value for name, value in data.items() if name != "outcome"}
                    run |= {"status": event.outcome, "finished_at": event.at}
            run["heartbeat_at"] = event.at
            row = {"run": number, "seq": seq, "at": event.at, "kind": event.kind, "call": data.get("call")}
            self._rows[RecordedEvent.__table__].append({**row, "data": data})
        for sums in ("prompt_tokens", "tokens"):
            run[sums] = sum(call[sums] or 0 for call in calls.values())
        self._rows[Run.__table__].append(run)
        self._rows[Call.__table__] += calls.values()
        if note:
            self._rows[Note.__table__].append({"run": number, "text": note})
        self._rows[Tag.__table__] += ({"run": number, "tag": tag} for tag in tags)
        self._found_by(run, calls.values(), note, tags)

    def write(self, connection: Connection) -> None:
        """Write all rows, the runs first."""
        for table, rows in self._rows.items():
            if rows:
                connection.execute(insert(table), rows)

    def _recruit(self, number: int, drawn: Iterable[str]) -> None:
        for ordinal, expert in enumerate(dict.fromkeys(drawn)):
            row = {"run": number, "expert": expert, "ordinal": ordinal}
            self._rows[Recruit.__table__].append(row)

    def _found_by(self, run: Row, calls: Iterable[Row], note: str, tags: Iterable[str]) -> None:
        row = {
            "rowid": run["number"],
            "question": run["question"],
            "choices": "\n".join(run["choices"]),
            "skills": "\n".join(skill["keyword"] for skill in run["skills"]),
            "answer": run["answer"] or "",
            "calls": "\n\n".join(call["text"] for call in calls),
            "note": note,
            "tags": "\n".join(tags),
        }
        self._rows[full_text].append(row)


_OWN = {
    kind: [field.name for field in fields(kind) if field.name not in ("run", "at")]
    for kind in Event.__subclasses__()
}
_UNFINISHED: Row = {
    **dict.fromkeys(("answer", "text", "correct", "error", "seconds", "finished_at")),
    "skills": [],
    "agreement": {},
    "status": "running",
}
_WAITING: Row = {
    **dict.fromkeys(
        ("prompt_tokens", "seconds_queued", "seconds_to_first_token", "seconds", "finish_reason")
    ),
    **dict.fromkeys(("error", "answer", "correct", "verdict")),
    "status": "queued",
    "text": "",
    "tokens": 0,
    "settled_seq": 0,
}


def _started(event: RunStarted, data: Row) -> Row:
    kept = ("protocol", "settings", "pool", "runtime", "seed", "steps")
    question = dict(event.question)
    return {
        **{name: data[name] for name in kept},
        **{name: question[name] for name in ("choices", "document", "kind", "gold", "source", "category")},
        "id": event.run,
        "created_at": event.at,
        "question": question["text"],
        "question_id": question["id"],
        "pool_experts": event.experts,
    }
