"""OpenVINO GenAI, with a real model."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from engine.errors import CallFailed
from engine.runtimes.base import Model, Sampling
from engine.runtimes.local import LocalRuntime
from engine.runtimes.openvino_pipeline import blocks_of
from generating import (
    GREEDY,
    STORY,
    FollowingSchemas,
    Generating,
    Scoring,
    answer,
    asking,
    deltas,
    ignore,
    rest_of,
    small_expert,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def model() -> AsyncIterator[Model]:
    model = await LocalRuntime("openvino").load(small_expert(), ignore)
    yield model
    await model.close()


class TestOpenVINO(Generating, FollowingSchemas, Scoring):
    score_tolerance = 1.5  # it rounds activations and its cache to eight bits, which a model this small feels

    async def test_a_candidate_that_is_no_text_cannot_be_scored(self, model: Model) -> None:
        with pytest.raises(CallFailed, match="no text by itself"):
            await model.score(asking("Say hello."), ["<|im_end|>"])

    async def test_samples_after_the_first_find_the_prompt_read(self, model: Model) -> None:
        """The second sample's first token needs no pass over the prompt: at most as many deltas precede it."""
        parts = await deltas(model, "word " * 1200, Sampling(max_tokens=20, temperature=1.0, samples=2))
        before = [part.sample for part in parts].index(1)
        assert before < 5

    async def test_what_prompts_begin_alike_with_is_read_once(self, model: Model) -> None:
        """The other prompt's first token needs no pass over what both begin with, though both were asked at once."""
        begun: list[str] = []

        async def ask(name: str) -> None:
            prompt = "sentence " * 1200 + f"Who is {name}?"
            async for _ in model.generate(asking(prompt), Sampling(max_tokens=20, temperature=1.0)):
                begun.append(name)

        await asyncio.gather(ask("Ada"), ask("Bob"))
        assert 0 < begun.index("Bob") < 5

    async def test_an_answer_that_waits_for_another_prompt_can_be_closed(self, model: Model) -> None:
        prompt = asking("chapter " * 1200)
        first = model.generate(prompt, Sampling(max_tokens=4, temperature=GREEDY))
        second = model.generate(prompt, Sampling(max_tokens=4, temperature=GREEDY))
        asked = [asyncio.create_task(anext(one)) for one in (first, second)]
        await asyncio.sleep(0.05)
        asked[1].cancel()
        assert (await asked[0]).tokens
        await first.aclose()
        async with asyncio.timeout(30):
            assert await answer(model, "Say hello.", Sampling(max_tokens=8, temperature=GREEDY))

    async def test_what_it_cannot_do_fails_the_call_only(self, model: Model) -> None:
        with pytest.raises(CallFailed):
            await model.embed(["a text"])


async def test_prompts_that_were_read_before_and_fit_one_by_one_are_all_answered() -> None:
    """The cache holds two of them. The library has what it kept of each come back as it takes them in, all at once."""
    model = await LocalRuntime("openvino").load(small_expert().model_copy(update={"context": 1024}), ignore)
    prompts = [f"{word} " * 900 for word in ("alpha", "beta", "gamma", "delta")]
    few = Sampling(max_tokens=4, temperature=GREEDY)
    for prompt in prompts[:3]:
        await answer(model, prompt, few)
    answers = await asyncio.gather(*(answer(model, f"{prompt} and so on", few) for prompt in prompts))
    assert len(answers) == 4
    await model.close()


async def test_many_answers_come_as_they_are_written() -> None:
    """Short answers, each asked for when the one before it came, are all there long before long ones end."""
    expert = small_expert().model_copy(update={"slots": 32})
    model = await LocalRuntime("openvino").load(expert, ignore)
    stories = [
        model.generate(
            asking(f"{STORY} Give it {number} chapters."), Sampling(max_tokens=80, temperature=GREEDY)
        )
        for number in range(2, 32)
    ]
    await asyncio.gather(*(anext(story) for story in stories))
    reading = [asyncio.create_task(rest_of(story)) for story in stories]
    for number in range(3):
        await answer(model, f"What is {number} + 1?", Sampling(max_tokens=2, temperature=GREEDY))
    assert not any(one.done() for one in reading)
    ends = [parts[-1].finish_reason for parts in await asyncio.gather(*reading)]
    await model.close()
    assert ends == ["length"] * len(stories)


async def test_a_block_is_named_by_all_that_comes_before_its_end() -> None:
    words = list(range(100))
    assert len(blocks_of(words)) == 3  # of 32 tokens each; the last 4 fill none
    assert blocks_of(words[:31]) == ()
    assert blocks_of(words[:64]) == blocks_of(words)[:2]
    changed = blocks_of([*words[:40], 999, *words[41:]])
    assert changed[0] == blocks_of(words)[0]
    assert set(changed[1:]).isdisjoint(blocks_of(words))
