"""Models that come with Python code of their own: it is run where the pool says so, and nowhere else."""

import json
from pathlib import Path

import pytest
from transformers import AutoTokenizer, LlamaConfig, LlamaForCausalLM

from engine.errors import LoadFailed
from engine.runtimes.base import Sampling
from engine.runtimes.model_process import ModelProcess
from engine.weights import prepared
from generating import answer, ignore, small_expert

CODE = """
from transformers import LlamaConfig, LlamaForCausalLM

class OwnConfig(LlamaConfig):
    model_type = "own"

class OwnModel(LlamaForCausalLM):
    config_class = OwnConfig
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model with random weights of a kind that no library knows."""
    tokenizer = AutoTokenizer.from_pretrained(prepared(small_expert(), "transformers"))
    sizes = {"hidden_size": 64, "intermediate_size": 64, "num_hidden_layers": 1, "num_attention_heads": 2}
    LlamaForCausalLM(LlamaConfig(vocab_size=len(tokenizer), **sizes)).save_pretrained(tmp_path)
    tokenizer.save_pretrained(tmp_path)
    config = json.loads((tmp_path / "config.json").read_text("utf-8"))
    config["model_type"] = "own"
    config["auto_map"] = {"AutoConfig": "own.OwnConfig", "AutoModelForCausalLM": "own.OwnModel"}
    (tmp_path / "config.json").write_text(json.dumps(config), "utf-8")
    (tmp_path / "own.py").write_text(CODE, "utf-8")
    return tmp_path


@pytest.mark.parametrize("kind", ["transformers", "vllm"])
async def test_code_of_its_own_is_run_where_the_pool_says_so(kind: str, folder: Path) -> None:
    expert = small_expert().model_copy(update={"own_code": True})
    model = await ModelProcess.start(kind, folder, expert, ignore)
    try:
        assert await answer(model, "Hello!", Sampling(max_tokens=4, temperature=1.0))
    finally:
        await model.close()


async def test_code_of_its_own_is_not_run_otherwise(folder: Path) -> None:
    (folder / "own.py").write_text(f"open({str(folder / 'was-run')!r}, 'w')", "utf-8")
    with pytest.raises(LoadFailed):
        await ModelProcess.start("transformers", folder, small_expert(), ignore)
    assert not (folder / "was-run").exists()
