"""What each event changes in the rows of its run and its calls."""

from typing import Any

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from engine.events import (
    AnswerExtracted,
    CallDelta,
    CallFailed,
    CallFinished,
    CallQueued,
    CallStarted,
    CritiqueJudged,
    Event,
    ExpertsRecruited,
    RunFinished,
    RunStarted,
    SkillsFound,
)
from storage.schema import Call, Recruit, Run


def changes_text(event: Event) -> bool:
    """Whether the event changes what a search of its run finds."""
    return isinstance(event, RunStarted | SkillsFound | CallFinished | CallFailed | RunFinished)


def start(connection: Connection, event: RunStarted, batch: int | None) -> int:
    """Make the run's row, or set it going again where the run was there already; returns its number.

    `batch` is the number of the batch it belongs to. The calls and recruits of an attempt that failed are no longer
    told as the run's: its next one may go another way.
    """
    failed = connection.scalar(select(Run.number).where(Run.id == event.run, Run.status == "failed"))
    for rows in (Call, Recruit) if failed is not None else ():
        connection.execute(delete(rows).where(rows.run == failed))
    question = event.question
    row: dict[str, Any] = {
        "question": question["text"],
        "choices": list(question.get("choices") or ()),
        "document": question.get("document") or "",
        "draft": question.get("draft") or "",
        "kind": question.get("kind") or "open",
        "gold": question.get("gold"),
        "question_id": question.get("id"),
        "source": question.get("source"),
        "category": question.get("category"),
        "protocol": event.protocol,
        "settings": event.settings,
        "pool": event.pool,
        "pool_experts": event.experts,
        "runtime": event.runtime,
        "seed": event.seed,
        "steps": event.steps,
        "skills": [],
        "status": "running",
        "answer": None,
        "text": None,
        "correct": None,
        "agreement": {},
        "error": None,
        "seconds": None,
        "finished_at": None,
        "heartbeat_at": event.at,
        "batch": batch,
    }
    new = {"id": event.run, "created_at": event.at, "prompt_tokens": 0, "tokens": 0}
    statement = insert(Run).values({**row, **new})
    statement = statement.on_conflict_do_update(index_elements=[Run.id], set_=row)
    return connection.execute(statement.returning(Run.number)).scalar_one()


def project(connection: Connection, number: int, seq: int, event: Event) -> None:
    """Bring the rows of run `number` up to its event `seq`."""
    match event:
        case SkillsFound():
            _change_run(connection, number, skills=event.skills)
        case ExpertsRecruited():
            _recruit(connection, number, event.drawn)
        case CallQueued():
            _queue(connection, number, seq, event)
        case CallStarted():
            _change_call(connection, number, event.call, status="running")
        case CallDelta():
            text = Call.text.concat(event.text)
            _change_call(connection, number, event.call, text=text, tokens=Call.tokens + event.tokens)
        case CallFinished():
            _change_call(
                connection,
                number,
                event.call,
                status="done",
                text=event.text,
                prompt_tokens=event.prompt_tokens,
                tokens=event.tokens,
                seconds_queued=event.seconds_queued,
                seconds_to_first_token=event.seconds_to_first_token,
                seconds=event.seconds,
                finish_reason=event.finish_reason,
                settled_seq=seq,
            )
        case CallFailed():
            status = "cancelled" if event.cancelled else "failed"
            failed = {"status": status, "error": event.message, "seconds": event.seconds}
            _change_call(connection, number, event.call, **failed)
        case AnswerExtracted():
            _change_call(connection, number, event.call, answer=event.answer, correct=event.correct)
        case CritiqueJudged():
            _change_call(connection, number, event.call, verdict=event.verdict)
        case RunFinished():
            _change_run(
                connection,
                number,
                status=event.outcome,
                answer=event.answer,
                text=event.text,
                correct=event.correct,
                agreement=event.agreement,
                error=event.error,
                seconds=event.seconds,
                finished_at=event.at,
            )


def _change_run(connection: Connection, number: int, **values: Any) -> None:
    connection.execute(update(Run).where(Run.number == number).values(values))


def _change_call(connection: Connection, number: int, name: str, **values: Any) -> None:
    connection.execute(update(Call).where(Call.run == number, Call.name == name).values(values))


def _recruit(connection: Connection, number: int, drawn: list[str]) -> None:
    already = connection.scalar(select(func.count()).select_from(Recruit).where(Recruit.run == number)) or 0
    for ordinal, expert in enumerate(drawn, already):
        row = {"run": number, "expert": expert, "ordinal": ordinal}
        connection.execute(insert(Recruit).values(row).on_conflict_do_nothing())


def _queue(connection: Connection, number: int, seq: int, event: CallQueued) -> None:
    asked = {
        "expert": event.expert,
        "step": event.step,
        "target": event.target,
        "messages": event.messages,
        "sampling": event.sampling,
        "status": "queued",
        "text": "",
        "tokens": 0,
        "queued_seq": seq,
        "settled_seq": seq,
    }
    unknown_yet = ("prompt_tokens", "seconds_queued", "seconds_to_first_token", "seconds", "finish_reason")
    outcome = dict.fromkeys((*unknown_yet, "error", "answer", "correct", "verdict"))
    row = {**asked, **outcome}
    statement = insert(Call).values({**row, "run": number, "name": event.call})
    connection.execute(statement.on_conflict_do_update(index_elements=[Call.run, Call.name], set_=row))
