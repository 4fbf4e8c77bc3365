"""What each expert of a pool has shown it can do, skill by skill.

Symbolic-MoE, section 3.1: every expert answers every validation question once; each of the question's keywords gets
+1 if the answer was right and -1 if it was wrong. The expert's profile is {keyword: sum}.
"""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from engine.errors import UserError

Value = TypeVar("Value")

SHIPPED_PROFILES = Path(__file__).parent.parent / "assets" / "profiles"

# What few questions have is left out where they do not: profiles, and the keys of batches made of them, stay as they
# were before there was such a field.
Seldom = Annotated[str, Field(exclude_if=lambda text: not text)]


class ProfiledQuestion(BaseModel):
    """A validation question, the skills it needs and which experts answered it right.

    `right` has one entry per expert that answered. `document` and `draft` are as in `engine.question`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    source: str
    category: str | None = None
    kind: Literal["choice", "math", "open"]
    question: str
    choices: tuple[str, ...] = ()
    document: Seldom = ""
    draft: Seldom = ""
    gold: str
    skills: tuple[str, ...]
    right: dict[str, bool]


class SyntheticTest(BaseModel):
    """A test of who aggregates well (Symbolic-MoE, section 3.3): a right and two wrong chains of a question, shuffled.

    `question` is the id of one of the profile's; `right` has an entry per expert that aggregated the chains: whether
    its answer was right.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: str
    chains: tuple[str, str, str]
    right: dict[str, bool] = {}


class Calibration(BaseModel):
    """Rewards R of the pool's solutions of validation questions: what MAgICoRe standardises by (section 3.2).

    `rewards` by the expert that wrote the solutions; `judges` who scored them: {"outcome", "steps"}, by title.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    judges: dict[str, str]
    rewards: dict[str, tuple[float, ...]]


class Profile(BaseModel):
    """The profile of a pool: its validation questions with what came of each, and how it was made.

    `tests` tell who aggregates well; a profile without any leaves the choice of the aggregator to the pool.
    `calibration` is None where no solutions were scored.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    pool: str
    made: str
    made_how: str
    questions: tuple[ProfiledQuestion, ...]
    tests: tuple[SyntheticTest, ...] = ()
    calibration: Calibration | None = None

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a profile file. Raises UserError when it is none."""
        try:
            return cls.model_validate_json(path.read_text("utf-8"))
        except OSError as error:
            raise UserError(f"Profile {path} cannot be read: {error.strerror}.") from error
        except (ValidationError, UnicodeDecodeError) as error:
            raise UserError(f"{path} is not a profile file: {str(error).splitlines()[0]}.") from error

    def without(self, expert: str) -> Self:
        """The profile as it would be had that expert not been asked."""

        def others(found: Mapping[str, Value]) -> dict[str, Value]:
            return {name: value for name, value in found.items() if name != expert}

        questions = tuple(one.model_copy(update={"right": others(one.right)}) for one in self.questions)
        tests = tuple(one.model_copy(update={"right": others(one.right)}) for one in self.tests)
        rewards = others(self.calibration.rewards) if self.calibration else {}
        calibration = (
            Calibration(judges=self.calibration.judges, rewards=rewards)
            if self.calibration and rewards
            else None
        )
        return self.model_copy(update={"questions": questions, "tests": tests, "calibration": calibration})

    def scores(self) -> dict[str, dict[str, int]]:
        """{expert: {skill: +1 for each right answer, -1 for each wrong one}}."""
        table: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for question in self.questions:
            for expert, right in question.right.items():
                for skill in question.skills:
                    table[expert][skill] += 1 if right else -1
        return {expert: dict(skills) for expert, skills in table.items()}

    def accuracy(self, expert: str) -> float:
        """The share of its validation questions that an expert answered right; 0 where it answered none."""
        answered = [question.right[expert] for question in self.questions if expert in question.right]
        return sum(answered) / len(answered) if answered else 0.0

    def skills(self) -> tuple[str, ...]:
        """Every skill some validation question needs, in alphabetical order."""
        return tuple(sorted({skill for question in self.questions for skill in question.skills}))
