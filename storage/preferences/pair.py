"""One pair of texts, as trainers read it."""

from typing import Any, Literal

from storage.records import CallRecord

Kind = Literal["critique", "refinement", "vote"]


def pair(
    run: str, kind: Kind, chosen: CallRecord, rejected: CallRecord, prompt: CallRecord, **why: Any
) -> dict[str, Any]:
    """A row of a conversational preference dataset with an explicit prompt, as TRL's DPOTrainer takes it.

    `prompt` is the call whose messages both are taken to answer. The column `source` says where the pair comes from,
    and why the one is preferred; trainers leave it aside.
    """
    source = {
        "run": run,
        "kind": kind,
        "chosen": _who(chosen),
        "rejected": _who(rejected),
        "same_prompt": chosen.messages == rejected.messages,
        **why,
    }
    return {
        "prompt": prompt.messages,
        "chosen": [{"role": "assistant", "content": chosen.text}],
        "rejected": [{"role": "assistant", "content": rejected.text}],
        "source": source,
    }


def _who(call: CallRecord) -> dict[str, str]:
    return {"call": call.name, "expert": call.expert}
