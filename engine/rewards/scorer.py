"""Scores solutions: by the pool's reward models, or, where it has none at hand, by a generative verifier."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from engine import events
from engine.answers import visible
from engine.errors import CallFailed, UserError
from engine.panel import NobodyAnswered, Panel
from engine.pool import Expert, RewardModel
from engine.prompts.question import pose
from engine.prompts.verify import NO, YES, verify_outcome, verify_step
from engine.rewards.difficulty import Scored
from engine.rewards.reward import Reward, sigmoid
from engine.rewards.steps import steps_of
from engine.runtimes.base import Message
from engine.scheduler import Reply

Value = TypeVar("Value")


@dataclass(slots=True)
class Scorer:
    """Scores the solutions of one run. `verifier` is the expert that is asked where there is no reward model.

    `judges` are the titles of those that scored last: {"outcome", "steps"}.
    """

    panel: Panel
    verifier: Expert
    judges: dict[str, str] = field(default_factory=dict)
    _scored: dict[str, Scored] = field(default_factory=dict)
    _absent: set[str] = field(default_factory=set)

    async def score_all(self, solutions: Sequence[Reply]) -> list[Scored]:
        """The solutions with their rewards, on the record; those that could not be scored are left out, and noticed.

        Raises NobodyAnswered when none could.
        """
        results = await asyncio.gather(*(self.score(one) for one in solutions), return_exceptions=True)
        scored: list[Scored] = []
        reason = ""
        for result in results:
            if isinstance(result, Scored):
                scored.append(result)
            elif isinstance(result, UserError):
                reason = str(result)
            else:
                raise result
        if reason and not scored:
            raise NobodyAnswered(f"No solution could be scored. {reason}")
        if reason:
            self.panel.notice(f"{len(solutions) - len(scored)} solutions could not be scored. {reason}")
        return scored

    async def score(self, solution: Reply) -> Scored:
        """A solution with its reward, on the record; once. Raises a UserError where it cannot be scored."""
        if known := self._scored.get(solution.call):
            return known
        pool = self.panel.roster.pool
        steps = steps_of(visible(solution.text))
        outcome, outcome_judge = await self._by(
            pool.outcome_reward,
            lambda model: self._outcome_reward(model, solution),
            lambda: self._verified_outcome(solution),
        )
        step_scores, step_judge = await self._by(
            pool.step_reward,
            lambda model: self._step_rewards(model, solution, steps),
            lambda: self._verified_steps(solution, steps),
        )
        reward = Reward(outcome, tuple(step_scores))
        self.judges = {"outcome": outcome_judge.title, "steps": step_judge.title}
        self.panel.tell(
            events.SolutionRewarded,
            call=solution.call,
            outcome=reward.outcome,
            steps=[{"text": text, "score": score} for text, score in zip(steps, step_scores, strict=True)],
            reward=reward.total,
            judges=self.judges,
            generative=self.verifier in (outcome_judge, step_judge),
        )
        scored = Scored(solution, self.panel.answer_of(solution), tuple(steps), reward)
        self._scored[solution.call] = scored
        return scored

    async def _by(
        self,
        model: RewardModel | None,
        rewarded: Callable[[RewardModel], Awaitable[Value]],
        verified: Callable[[], Awaitable[Value]],
    ) -> tuple[Value, Expert]:
        """What the reward model gives, or the verifier in its place; and who of them."""
        if model and model.name not in self._absent:
            try:
                return await rewarded(model), model
            except CallFailed:
                raise
            except UserError as error:  # it cannot be run here at all
                if model.name not in self._absent:
                    self._absent.add(model.name)
                    self.panel.notice(f"{self.verifier.title} scores in place of {model.title}. {error}")
        return await verified(), self.verifier

    async def _outcome_reward(self, model: RewardModel, solution: Reply) -> float:
        said = Message("assistant", visible(solution.text))
        asked = (Message("user", pose(self.panel.question)), said)
        name = f"reward/outcome/{solution.call}"
        return sigmoid(await self.panel.outcome_reward(name, model, asked, solution.call))

    async def _step_rewards(self, model: RewardModel, solution: Reply, steps: Sequence[str]) -> list[float]:
        if not steps:
            return []
        asked = (Message("user", pose(self.panel.question)),)
        name = f"reward/steps/{solution.call}"
        return await self.panel.step_rewards(name, model, asked, steps, solution.call)

    async def _verified_outcome(self, solution: Reply) -> float:
        prompt = verify_outcome(self.panel.question, visible(solution.text))
        return await self._yes(f"reward/outcome/{solution.call}", prompt, solution.call)

    async def _verified_steps(self, solution: Reply, steps: Sequence[str]) -> list[float]:
        # One after the other: each prompt begins with the one before, which the runtime has then read.
        return [
            await self._yes(
                f"reward/step/{solution.call}/{place}",
                verify_step(self.panel.question, steps[: place + 1]),
                solution.call,
            )
            for place in range(len(steps))
        ]

    async def _yes(self, name: str, prompt: Sequence[Message], target: str) -> float:
        """The probability of yes over yes and no as the next token."""
        yes, no = await self.panel.score(name, self.verifier, prompt, (YES, NO), target)
        return sigmoid(yes - no)
