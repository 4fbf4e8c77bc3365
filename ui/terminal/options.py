"""Options that several commands share; each can be set by an environment variable as well."""

from pathlib import Path
from typing import Annotated

import typer
from platformdirs import user_data_path

from engine.protocols import PROTOCOLS
from storage.recorder import LEAST_SEED, MOST_SEED

DATA = user_data_path("disputatio")
DEFAULT_DATABASE = DATA / "disputatio.db"

PoolOption = Annotated[
    str,
    typer.Option(
        help=f"A pool by name (a shipped one, or your own in {DATA / 'pools'}), or a pool file.",
        envvar="DISPUTATIO_POOL",
    ),
]
RuntimeOption = Annotated[
    str, typer.Option(help="auto, openvino, vllm, transformers or openai.", envvar="DISPUTATIO_RUNTIME")
]
ServerOption = Annotated[
    str | None, typer.Option(help="Address of an OpenAI-compatible server.", envvar="DISPUTATIO_SERVER")
]
MemoryOption = Annotated[
    float | None, typer.Option(min=0.1, help="GiB that loaded experts may take.", envvar="DISPUTATIO_MEMORY")
]
DatabaseOption = Annotated[Path, typer.Option(help="Where runs are kept.", envvar="DISPUTATIO_DATABASE")]
K = typer.Option(help="How many experts are recruited, or solutions sampled.")
SEED = typer.Option(min=LEAST_SEED, max=MOST_SEED, help="What every draw goes by: 64 bits at most.")
ProtocolOption = Annotated[str, typer.Option(help=f"How it is answered: {', '.join(PROTOCOLS)}.")]
ProfileOption = Annotated[
    Path | None, typer.Option(help="A profile file for the pool.", envvar="DISPUTATIO_PROFILE")
]
