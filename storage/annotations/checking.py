"""Whether a judgement can be kept, and what its spans stand for in the recorded texts."""

import hashlib
from collections.abc import Collection
from dataclasses import asdict
from typing import Any, get_args

from engine.errors import UserError
from storage.annotations.records import Judgement, NewSpan, Span, Verdict
from storage.annotations.related import Related
from storage.text import storable

COMMENT_CHARACTERS = 10_000
LABEL_CHARACTERS = 60
SPANS = 500


def text_hash(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def checked(
    judgement: Judgement, calls: Related, labels: Collection[str] | None, *, finished: bool
) -> dict[str, Any]:
    """The judgement as columns of its row.

    `labels` are those a span can have; None: any. In a draft a span may have none yet. Raises UserError where a span
    is not inside a text of these calls, or that text has changed, a label is unknown, or what is finished says nothing.
    """
    comment = _comment(judgement.comment)
    if judgement.verdict is not None and judgement.verdict not in get_args(Verdict):
        raise UserError(f"A verdict is one of {', '.join(get_args(Verdict))}, not {judgement.verdict!r}.")
    if len(judgement.spans) > SPANS:
        raise UserError(f"At most {SPANS} parts can be marked: take away {len(judgement.spans) - SPANS}.")
    said = judgement.verdict or judgement.followed is not None or comment or judgement.spans
    if finished and not said:
        raise UserError("Nothing is said of this item yet: judge it, or skip it.")
    texts = {name: (call.name, call.text) for role, call in calls.roles() for name in (role, call.name)}
    spans = [_span(span, texts, labels, finished=finished) for span in judgement.spans]
    return {
        "verdict": judgement.verdict,
        "followed": judgement.followed,
        "comment": comment,
        "spans": [asdict(span) for span in spans],
    }


def _comment(text: str) -> str:
    comment = storable(text).strip()
    if len(comment) > COMMENT_CHARACTERS:
        over = len(comment) - COMMENT_CHARACTERS
        raise UserError(f"A comment can have {COMMENT_CHARACTERS:,} characters: shorten it by {over:,}.")
    return comment


def _span(
    span: NewSpan, texts: dict[str, tuple[str, str]], labels: Collection[str] | None, *, finished: bool
) -> Span:
    if span.call not in texts:
        raise UserError(
            f"No part of {span.call!r} can be marked here: mark the critique, the criticised answer or the refinement."
        )
    call, text = texts[span.call]
    hashed = text_hash(text)
    if span.text_hash not in ("", hashed):
        raise UserError(f"{call!r} was written anew since parts of it were marked: take those marks away.")
    if not 0 <= span.start < span.end <= len(text):
        raise UserError(
            f"Characters {span.start} to {span.end} are not a part of {call!r}, which has {len(text)}: mark it anew."
        )
    if finished and not span.label:
        raise UserError("A marked part has no label yet: give it one, or take the mark away.")
    if len(span.label) > LABEL_CHARACTERS or (labels is not None and span.label and span.label not in labels):
        raise UserError(f"There is no label {span.label!r} here: choose one of {', '.join(labels or ())}.")
    quote = text[span.start : span.end]
    return Span(call, span.start, span.end, storable(span.label), _comment(span.comment), quote, hashed)
