"""One start of a library: reads what to generate from stdin, and writes when it was how far, and the tokens."""

import json
import os
import sys
import time
from pathlib import Path

from engine import own_process
from engine.pool import Expert
from speed.work import Generation


def main() -> None:
    """Load, warm up, generate, end."""
    replies = os.fdopen(own_process.claim_stdout(), "w")
    asked = json.load(sys.stdin)
    expert = Expert.model_validate(asked["expert"])
    generations = [Generation(**one) for one in asked["generations"]]
    if asked["library"] == "vllm":
        from speed.bare_vllm import BareVLLM as Library
    else:
        from speed.bare_openvino import BareOpenVINO as Library
    at = {"imported": time.monotonic()}
    library = Library(Path(asked["path"]), expert)
    at["loaded"] = time.monotonic()
    library.warm_up()
    prompts = [library.prompt(generation.messages) for generation in generations]
    at["prompted"] = time.monotonic()
    if asked["read_once"]:
        library.read(prompts)
    tokens = library.generate(prompts, generations)
    at["generated"] = time.monotonic()
    library.close()
    json.dump({**at, "tokens": tokens}, replies)


if __name__ == "__main__":
    main()
