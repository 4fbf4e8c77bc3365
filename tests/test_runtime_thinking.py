"""Thinking that a chat template begins in the prompt: it is marked in the answer."""

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.answers import visible
from engine.runtimes.base import Delta, Sampling
from engine.runtimes.local import LocalName
from engine.runtimes.model_process import ModelProcess
from engine.runtimes.thinking import ThinkingBegun
from engine.weights import prepared
from generating import deltas, ignore, sample, small_expert, text_of

R1 = "<|User|>What is 8 * 9?<|Assistant|><think>\n"
DELTAS = (Delta("8 times 9"), Delta("I add", sample=1), Delta(" is 72</think>\n72"), Delta("…", sample=1))


def texts(chat: str, sampling: Sampling) -> list[str]:
    thinking, written = ThinkingBegun(chat, sampling), ["", ""]
    for delta in DELTAS:
        marked = thinking.mark(delta)
        written[marked.sample] += marked.text
    return written


def test_each_sample_begins_with_the_mark_that_its_prompt_ended_with() -> None:
    whole, cut_off = texts(R1, Sampling(100, samples=2))
    assert whole == "<think>\n8 times 9 is 72</think>\n72"
    assert (visible(whole), visible(cut_off)) == ("72", "")


@pytest.mark.parametrize(
    ("chat", "schema"), [("<|User|>What does <think> mean?<|Assistant|>", None), (R1, {"type": "object"})]
)
def test_nothing_is_marked_where_no_thinking_was_begun(chat: str, schema: dict[str, str] | None) -> None:
    assert texts(chat, Sampling(100, samples=2, json_schema=schema)) == [
        "8 times 9 is 72</think>\n72",
        "I add…",
    ]


@pytest.fixture
def thinking(tmp_path: Path) -> Callable[[LocalName], Path]:
    """The folder of a small model whose chat template begins every answer with thinking."""

    def changed(kind: LocalName) -> Path:
        folder = prepared(small_expert(), kind)
        for file in folder.iterdir():
            (tmp_path / file.name).symlink_to(file)
        begun = {
            "chat_template.jinja": ("|im_start|>assistant\n", "<think>\n"),
            "openvino_tokenizer.xml": ("|im_start|>assistant&#10;", "&lt;think>&#10;"),
        }
        for name, (prompted, thinking) in begun.items():
            if (file := tmp_path / name).exists():
                text = file.read_text("utf-8")
                assert text.count(prompted) == 1
                file.unlink()
                file.write_text(text.replace(prompted, prompted + thinking), "utf-8")
        return tmp_path

    return changed


@pytest.mark.parametrize("kind", ["openvino", "transformers", "vllm"])
async def test_a_model_whose_template_begins_to_think_is_seen_to_think(
    kind: LocalName, thinking: Callable[[LocalName], Path]
) -> None:
    model = await ModelProcess.start(kind, thinking(kind), small_expert(), ignore)
    try:
        parts = await deltas(model, "What is 8 * 9?", Sampling(max_tokens=8, samples=2))
    finally:
        await model.close()
    for number in range(2):
        assert text_of(sample(parts, number)).count("<think>") == 1
        assert text_of(sample(parts, number)).startswith("<think>\n")
        assert sum(part.tokens for part in sample(parts, number)) <= 8
