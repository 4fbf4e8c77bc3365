"""What every runtime that generates must do, run against a real model by the tests of each runtime."""

import asyncio
import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

import pytest
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from engine.errors import PromptTooLong
from engine.pool import Expert, read_pool
from engine.runtimes.base import Delta, Message, Model, Sampling
from engine.weights import prepared

CONTEXT = 2048
SLOTS = 4
STORY = "Write a very long story about a fox and a bear."
GREEDY = 0.0
SAMPLES = 3


def small_expert() -> Expert:
    """SmolLM2-135M with a small cache."""
    return (
        read_pool("tests/pools/one.toml").experts[0].model_copy(update={"context": CONTEXT, "slots": SLOTS})
    )


def ignore(_share: float | None, _words: str) -> None:
    """A progress nobody looks at."""


def asking(text: str) -> list[Message]:
    return [Message("user", text)]


async def deltas(model: Model, text: str, sampling: Sampling) -> list[Delta]:
    return [delta async for delta in model.generate(asking(text), sampling)]


async def rest_of(answer: AsyncGenerator[Delta, None]) -> list[Delta]:
    return [delta async for delta in answer]


def text_of(parts: Sequence[Delta]) -> str:
    return "".join(delta.text for delta in parts)


def sample(parts: Sequence[Delta], number: int) -> list[Delta]:
    return [part for part in parts if part.sample == number]


async def answer(model: Model, text: str, sampling: Sampling) -> str:
    return text_of(await deltas(model, text, sampling))


class Generating:
    """Inherit these tests and give a `model` of `small_expert`."""

    async def test_an_answer_arrives_in_several_deltas_and_counts_its_tokens(self, model: Model) -> None:
        parts = await deltas(model, STORY, Sampling(max_tokens=24, temperature=GREEDY))
        assert len([part for part in parts if part.text]) > 5
        assert sum(part.tokens for part in parts) == 24
        assert [part.finish_reason for part in parts[:-1]] == [None] * (len(parts) - 1)
        assert parts[-1].finish_reason == "length"
        assert any((part.prompt_tokens or 0) > 10 for part in parts)

    async def test_answers_asked_at_once_all_stream_at_once(self, model: Model) -> None:
        arrivals: list[int] = []

        async def listen(number: int) -> None:
            sampling = Sampling(max_tokens=40, temperature=GREEDY)
            async for _ in model.generate(asking(f"{STORY} Give it {number + 2} chapters."), sampling):
                arrivals.append(number)

        await asyncio.gather(*(listen(number) for number in range(SLOTS)))
        first_end = min(len(arrivals) - arrivals[::-1].index(number) for number in range(SLOTS))
        assert {*arrivals[:first_end]} == {*range(SLOTS)}

    async def test_a_seed_repeats_its_answer_and_another_gives_another(self, model: Model) -> None:
        def sampled(seed: int) -> Sampling:
            return Sampling(max_tokens=24, temperature=1.0, top_p=0.95, seed=seed)

        question = "Tell me about an animal."
        first = await answer(model, question, sampled(1))
        assert await answer(model, question, sampled(1)) == first
        assert await answer(model, question, sampled(2)) != first

    async def test_samples_differ_come_mixed_and_each_ends(self, model: Model) -> None:
        sampling = Sampling(max_tokens=8, temperature=1.0, seed=21, samples=SAMPLES)
        parts = await deltas(model, STORY, sampling)
        assert len({text_of(sample(parts, number)) for number in range(SAMPLES)}) == SAMPLES
        for number in range(SAMPLES):
            *middle, last = sample(parts, number)
            assert last.finish_reason == "length"
            assert {part.finish_reason for part in middle} == {None}
        assert sum(part.tokens for part in parts) == SAMPLES * 8
        firsts = [[part.sample for part in parts].index(number) for number in range(SAMPLES)]
        ends = [at for at, part in enumerate(parts) if part.finish_reason]
        assert max(firsts) < min(ends)
        assert parts[-1].prompt_tokens

    async def test_greedy_samples_are_the_greedy_answer(self, model: Model) -> None:
        # Its words are not in doubt: where they are, rounding decides, and that goes by what is computed together.
        asked = "Name the days of the week."
        parts = await deltas(model, asked, Sampling(max_tokens=4, temperature=GREEDY, samples=2))
        alone = await answer(model, asked, Sampling(max_tokens=4, temperature=GREEDY))
        assert [text_of(sample(parts, number)) for number in range(2)] == [alone, alone]

    async def test_closing_ends_all_samples(self, model: Model) -> None:
        story = model.generate(asking(STORY), Sampling(max_tokens=CONTEXT, temperature=1.0, samples=SLOTS))
        begun: set[int] = set()
        while len(begun) < SLOTS:
            begun.add((await anext(story)).sample)
        await story.aclose()
        async with asyncio.timeout(30):
            assert await answer(model, "Say hello.", Sampling(max_tokens=8, temperature=GREEDY))

    async def test_a_closed_answer_frees_its_slot(self, model: Model) -> None:
        endless = Sampling(max_tokens=CONTEXT, temperature=GREEDY)
        running = [model.generate(asking(STORY), endless) for _ in range(SLOTS)]
        await asyncio.gather(*(anext(one) for one in running))
        await asyncio.gather(*(one.aclose() for one in running))
        async with asyncio.timeout(30):
            assert await answer(model, "Say hello.", Sampling(max_tokens=8, temperature=GREEDY))

    async def test_a_prompt_too_long_fails_alone(self, model: Model) -> None:
        long, short = await asyncio.gather(
            answer(model, "word " * 2 * CONTEXT, Sampling(max_tokens=8)),
            answer(model, "Say hello.", Sampling(max_tokens=8)),
            return_exceptions=True,
        )
        assert isinstance(long, PromptTooLong)
        assert str(CONTEXT) in str(long)
        assert isinstance(short, str)
        assert short

    async def test_an_answer_ends_before_a_stop_string(self, model: Model) -> None:
        whole = await answer(model, STORY, Sampling(max_tokens=40, temperature=GREEDY))
        stop = whole[len(whole) // 2 :][:6]
        parts = await deltas(model, STORY, Sampling(max_tokens=40, temperature=GREEDY, stop=(stop,)))
        assert text_of(parts) == whole[: whole.index(stop)]
        assert parts[-1].finish_reason == "stop"

    async def test_characters_of_several_tokens_arrive_whole(self, model: Model) -> None:
        async with aclosing(
            model.generate(asking("Reply with emoji only 😀."), Sampling(max_tokens=40, temperature=GREEDY))
        ) as parts:
            texts = [part.text async for part in parts if part.finish_reason is None]
        assert any(len(text.encode()) > len(text) for text in texts)
        assert "\ufffd" not in "".join(texts)


class FollowingSchemas:
    """For runtimes that can hold an answer to a JSON schema."""

    async def test_an_answer_follows_its_json_schema(self, model: Model) -> None:
        schema = {
            "type": "object",
            "properties": {"pet": {"enum": ["cat", "dog"]}, "legs": {"type": "integer", "enum": [2, 4]}},
            "required": ["pet", "legs"],
            "additionalProperties": False,
        }
        sampling = Sampling(max_tokens=200, temperature=GREEDY, json_schema=schema)
        found = json.loads(await answer(model, "Describe a pet as JSON.", sampling))
        assert found["pet"] in {"cat", "dog"}
        assert found["legs"] in {2, 4}


class Scoring:
    """For runtimes that give probabilities."""

    score_tolerance = 0.25
    """How far log probabilities may be from those in 32 bits: bfloat16 has 8 bits of precision."""

    async def test_the_likeliest_candidate_is_what_a_greedy_answer_begins_with(self, model: Model) -> None:
        question = "Is the sky blue? Answer with one word."
        first = await answer(model, question, Sampling(max_tokens=1, temperature=GREEDY))
        scores = (await model.score(asking(question), [first, "zebra", "§"])).values
        assert scores[0] == max(scores)
        assert all(score <= 0 for score in scores)
        (alone,) = (await model.score(asking(question), [first])).values
        assert scores[0] == pytest.approx(alone, abs=self.score_tolerance)

    async def test_scores_are_those_of_the_model(self, model: Model) -> None:
        question = "Is 2 + 2 = 4? Answer yes or no."
        tokenizer = AutoTokenizer.from_pretrained(prepared(small_expert(), "transformers"))
        read = AutoModelForCausalLM.from_pretrained(
            prepared(small_expert(), "transformers"), dtype=torch.float32
        )
        chat = [{"role": "user", "content": question}]
        ids = tokenizer.apply_chat_template(chat, add_generation_prompt=True, return_tensors="pt")[
            "input_ids"
        ]
        with torch.inference_mode():
            log_probabilities = torch.log_softmax(read(ids).logits[0, -1], dim=-1)
        candidates = {"Yes": 10539, "No": 5230, "yes": 10407, "Paris is": 38634, " a": 253}
        assert {tokenizer.decode([first]) for first in candidates.values()} >= {"Yes", "No", "yes", "Paris"}
        expected = [float(log_probabilities[first]) for first in candidates.values()]
        scores = await model.score(asking(question), list(candidates))
        assert scores.values == pytest.approx(expected, abs=self.score_tolerance)
        assert scores.prompt_tokens == ids.shape[1]
