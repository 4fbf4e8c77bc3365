"""The columns of annotations as a table: a row for each marked part, and one for an annotation that marks nothing."""

from collections.abc import Mapping
from typing import Any

COLUMNS: Mapping[str, str] = {
    "format": "what the row is, and of which version",
    "run": "id of the run",
    "call": "name of the judged call in the run",
    "critic": "name of the expert who wrote it",
    "critic_model": "model of that expert",
    "target": "name of the call that the critique is about",
    "author": "name of the expert who wrote that",
    "author_model": "model of that expert",
    "annotator": "who judged",
    "kind": "human or model",
    "model": "the judge's model, where it is one",
    "verdict": "helpful, harmless or harmful",
    "followed": "true or false: whether the refinement did what the critique asks",
    "comment": "what the annotator wrote of the whole",
    "created_at": "when it was begun, in Unix seconds",
    "updated_at": "when it was changed last, in Unix seconds",
    "stale": "true where a text has changed since it was judged",
    "text_hash": "SHA-256 of the judged text in UTF-8",
    "span_call": "name of the call whose text the part is in; empty where nothing is marked",
    "span_start": "first code point of the part, counted from 0",
    "span_end": "the code point after its last one",
    "span_label": "the label it was given",
    "span_comment": "what the annotator wrote of the part",
    "span_quote": "the part",
    "span_text_hash": "SHA-256 of the text that it is in",
    "queue": "the queue and its settings, as JSON; empty outside of queues",
    "decision": "what was decided about the item, as JSON",
    "question": "the question of the run",
    "choices": "its choices, as JSON",
    "document": "the document it is about",
    "gold": "the right answer, where it is known",
    "protocol": "the run's protocol",
    "pool": "the run's pool",
    "critique_verdict": "right or wrong: what the critique says of the answer",
    "critique_text": "the judged text",
    "target_text": "the criticised text",
    "target_answer": "the answer in it",
    "target_correct": "true or false, where it is known",
    "refined_call": "name of the call that refined the answer",
    "refined_text": "the refined text",
    "refined_answer": "the answer in it",
    "refined_correct": "true or false, where it is known",
    "shown": "true where the refiner had the critique before it",
}
"""Each column and what it says. An empty cell is nothing."""

SPAN = "span_"
"""How the columns begin that tell of a marked part."""


def passages(context: dict[str, Any]) -> dict[str, Any]:
    """The columns of an entry's context."""
    critique, target, refined = (context[role] or {} for role in ("critique", "target", "refined"))
    told = {
        name: context[name]
        for name in ("question", "choices", "document", "gold", "protocol", "pool", "shown")
    }
    return {
        **told,
        "critic_model": critique["model"],
        "author": target.get("expert"),
        "author_model": target.get("model"),
        "critique_verdict": context["verdict"],
        "critique_text": critique["text"],
        **{f"target_{name}": target.get(name) for name in ("text", "answer", "correct")},
        **{f"refined_{name}": refined.get(name) for name in ("call", "text", "answer", "correct")},
    }
