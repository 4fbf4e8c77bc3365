"""The tokens that end an answer, whatever a model's files say."""

ENDS_OF_TEXT = ("<|endoftext|>", "<|end_of_text|>", "<|im_end|>", "<|eot_id|>", "<|end|>", "</s>", "<eos>")
"""Besides its end-of-turn token a chat model now and then ends with its end-of-text token: GGUF names only one."""
