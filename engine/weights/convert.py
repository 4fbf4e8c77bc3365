"""Convert a GGUF file to an ordinary model folder, for vLLM and transformers."""

import io
from contextlib import redirect_stderr
from pathlib import Path

from engine.runtimes.ends import ENDS_OF_TEXT


def convert(source: Path, target: Path) -> None:
    """Write the model in `source` as a bfloat16 folder with its tokenizer and chat template to `target`."""
    # Imported here: only the child process that converts needs torch, and it takes seconds to import.
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

    # The library draws bars of its own on stderr, some of which cannot be switched off; what fails is raised.
    with redirect_stderr(io.StringIO()):
        tokenizer = AutoTokenizer.from_pretrained(source.parent, gguf_file=source.name)
        model = AutoModelForCausalLM.from_pretrained(
            source.parent,
            gguf_file=source.name,
            quantization_config=GgufConfig(dequantize=True),
            dtype=torch.bfloat16,
        )
        # Special tokens only: Qwen has an ordinary token "</s>", which is what ends struck-through text in HTML.
        added = tokenizer.added_tokens_decoder.items()
        ends = {number for number, token in added if token.special and token.content in ENDS_OF_TEXT}
        model.generation_config.eos_token_id = sorted(ends | {tokenizer.eos_token_id})
        model.save_pretrained(target)
        tokenizer.save_pretrained(target)
