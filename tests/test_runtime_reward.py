"""Reward models: small ones with random weights, against what their layers come to by hand."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import (
    AutoTokenizer,
    LlamaConfig,
    LlamaForCausalLM,
    LlamaForSequenceClassification,
    PreTrainedModel,
    Qwen2Config,
)

from engine.errors import CallFailed, LoadFailed, PromptTooLong
from engine.pool import RewardModel
from engine.runtimes.base import Message, Model
from engine.runtimes.model_process import ModelProcess
from engine.runtimes.openai import OpenAIRuntime
from engine.runtimes.process_reward_model import Qwen2ForProcessRewardModel
from engine.weights import prepared
from generating import ignore, small_expert

QUESTION = [Message("user", "What is 2 + 2?")]
STEPS = ["Two and two are four.", "\n\nSo it is <mark>5.\n"]
SIZES = {
    "hidden_size": 128,
    "intermediate_size": 128,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 512,
    "initializer_range": 0.1,
}
RUNTIMES = [pytest.param("transformers", 1e-4), pytest.param("vllm", 0.05)]
"""Each with how far from 32 bits it may be: vLLM goes down to bfloat16."""


def reward_model(**fields: Any) -> RewardModel:
    named = {"name": "tiny", "title": "Tiny", "model": "maker/tiny", "parameters": 1, "licence": "none"}
    return RewardModel(**named, context=256, slots=4, max_tokens=1, **fields)


OUTCOME = reward_model(judges="outcome", system="Be right.")
STEP = reward_model(judges="steps", system="Be right.", step_mark="<mark>")
NEXT_TOKEN = reward_model(judges="steps", step_mark="§", good="+", bad="-")


def saved(network: PreTrainedModel, tokenizer: Any, folder: Path) -> Path:
    network.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture
def tokenizer() -> Any:
    tokenizer = AutoTokenizer.from_pretrained(prepared(small_expert(), "transformers"))
    tokenizer.add_special_tokens({"additional_special_tokens": ["<mark>"]})
    torch.manual_seed(1)
    return tokenizer


@asynccontextmanager
async def running(kind: str, path: Path, model: RewardModel) -> AsyncIterator[Model]:
    process = await ModelProcess.start(kind, path, model, ignore)
    try:
        yield process
    finally:
        await process.close()


def chat(answer: str) -> str:
    return (
        "<|im_start|>system\nBe right.<|im_end|>\n<|im_start|>user\nWhat is 2 + 2?<|im_end|>\n"
        f"<|im_start|>assistant\n{answer}<|im_end|>\n"
    )


@pytest.mark.parametrize(("kind", "tolerance"), RUNTIMES)
async def test_an_outcome_is_the_raw_logit_of_the_conversations_end(
    kind: str, tolerance: float, tokenizer: Any, tmp_path: Path
) -> None:
    config = LlamaConfig(vocab_size=len(tokenizer), num_labels=1, pad_token_id=2, **SIZES)
    network = LlamaForSequenceClassification(config).eval()
    path = saved(network, tokenizer, tmp_path)

    def by_hand(answer: str) -> float:
        ids = torch.tensor([tokenizer(chat(answer)).input_ids])
        with torch.no_grad():
            end = network.model(input_ids=ids).last_hidden_state[0, -1]
            return float(network.score.weight[0] @ end)

    async with running(kind, path, OUTCOME) as model:
        for answer in ("It is 4.", "It is 5."):
            talk = [Message("system", "Something else."), *QUESTION, Message("assistant", answer)]
            expected = by_hand(answer)
            assert abs(expected) > 2 * tolerance
            measured = await model.outcome_reward(talk)
            assert measured.values == [pytest.approx(expected, abs=tolerance)]
            assert measured.prompt_tokens == len(tokenizer(chat(answer)).input_ids)
        with pytest.raises(CallFailed):
            await model.step_rewards(QUESTION, STEPS)
        with pytest.raises(PromptTooLong, match="256"):
            await model.outcome_reward([Message("user", "word " * 300)])


@pytest.mark.parametrize(("kind", "tolerance"), RUNTIMES)
async def test_steps_have_the_probability_of_the_good_label_at_their_marks(
    kind: str, tolerance: float, tokenizer: Any, tmp_path: Path
) -> None:
    network = Qwen2ForProcessRewardModel(Qwen2Config(vocab_size=len(tokenizer), **SIZES)).eval()
    path = saved(network, tokenizer, tmp_path)
    # What a step says with the mark in it is no mark.
    ids = tokenizer(chat("Two and two are four.<mark>So it is 5.<mark>")).input_ids
    marks = [at for at, id in enumerate(ids) if id == tokenizer.convert_tokens_to_ids("<mark>")]
    assert len(marks) == 2
    first, _, second = network.score
    with torch.no_grad():
        hidden = network.model(input_ids=torch.tensor([ids])).last_hidden_state[0, marks]
        inner = (hidden @ first.weight.T + first.bias).clamp(min=0)
        bad, good = (inner @ second.weight.T + second.bias).exp().T
    expected = (good / (bad + good)).tolist()
    assert abs(expected[0] - expected[1]) > tolerance

    async with running(kind, path, STEP) as model:
        measured = await model.step_rewards(QUESTION, STEPS)
        assert measured.values == pytest.approx(expected, abs=tolerance)
        assert measured.prompt_tokens == len(ids)
        with pytest.raises(CallFailed):
            await model.outcome_reward(QUESTION)


async def test_a_model_that_predicts_the_token_after_a_mark(tokenizer: Any, tmp_path: Path) -> None:
    tokenizer.chat_template = None
    network = LlamaForCausalLM(LlamaConfig(vocab_size=len(tokenizer), **SIZES)).eval()
    path = saved(network, tokenizer, tmp_path)
    upto = ["What is 2 + 2? Two and two are four. §", "What is 2 + 2? Two and two are four. §\nSo it is 5. §"]
    plus, minus = tokenizer.convert_tokens_to_ids(["+", "-"])
    expected = []
    for text in upto:
        with torch.no_grad():
            logits = network(input_ids=torch.tensor([tokenizer(text).input_ids])).logits[0, -1]
        expected.append(float(logits[plus].exp() / (logits[plus].exp() + logits[minus].exp())))

    async with running("transformers", path, NEXT_TOKEN) as model:
        steps = ["Two and two are four.", "So it is 5."]
        measured = await model.step_rewards(QUESTION, steps)
        assert measured.values == pytest.approx(expected, abs=1e-4)
    with pytest.raises(LoadFailed, match="--runtime transformers"):
        await ModelProcess.start("vllm", path, NEXT_TOKEN, ignore)


async def test_a_model_that_only_writes_is_no_reward_model(tokenizer: Any, tmp_path: Path) -> None:
    path = saved(LlamaForCausalLM(LlamaConfig(vocab_size=len(tokenizer), **SIZES)), tokenizer, tmp_path)
    with pytest.raises(LoadFailed, match="no reward model"):
        await ModelProcess.start("transformers", path, STEP, ignore)


async def test_a_server_runs_no_reward_models() -> None:
    with pytest.raises(LoadFailed, match="--runtime transformers or vllm"):
        await OpenAIRuntime("http://127.0.0.1:1").load(OUTCOME, ignore)
