"""The sections of the page: one for each step, or for each round where steps are entered again and again."""

from collections.abc import Sequence
from dataclasses import dataclass

from ui.page_export.reranking import Choice, Reranking
from ui.page_export.rewards import Difficulty, Rewards
from ui.page_export.told_call import ToldCall, answered

TITLES = {
    "recruit": "Recruited because",
    "reason": "Each reasons alone",
    "solutions": "Solutions",
    "critique": "Critiques",
    "refine": "Refined answers",
    "answer": "The answer, written out",
    "judge": "What the judge says of the critique",
}
CHECKED_TITLES = {
    "reason": "The text as it was written",
    "detect": "Does each sentence follow from the document?",
    "critique": "What is wrong with the marked sentences",
    "refine": "The text, rewritten",
}
"""Those of the steps that a text goes through which is checked against its document."""


@dataclass(frozen=True, slots=True)
class Chain:
    """A solution in one round: what the reviewer said of it, and what the refiner made of both."""

    solution: ToldCall
    review: ToldCall | None
    refined: ToldCall | None
    refined_kept: bool | None

    @property
    def answers(self) -> str:
        """What it answered, and what the refined one does where that differs."""
        before = answered(self.solution.call)
        if self.refined is None or not self.refined.judged or not self.refined.changed:
            return before
        return f"{before} → {answered(self.refined.call)}"

    @property
    def rewards(self) -> str:
        """Both rewards, as far as they are known."""
        both = [told.reward for told in (self.solution, self.refined) if told]
        return " → ".join(f"{reward.reward:.2f}" for reward in both if reward)


@dataclass(frozen=True, slots=True)
class Section:
    """`kind` is the step's name, or `solutions`, sampled ones, or `round`, in which these are reviewed and refined.

    `pooled` are all solutions after a round, the best first, each with whether it went on.
    """

    kind: str
    title: str
    calls: list[ToldCall]
    difficulty: Difficulty | None = None
    chains: tuple[Chain, ...] = ()
    choices: tuple[Choice, ...] = ()
    pooled: tuple[tuple[ToldCall, bool], ...] = ()

    @property
    def kept(self) -> str:
        """How many solutions went on after the round."""
        kept = [told for told, goes_on in self.pooled if goes_on]
        refined = sum(told in self.calls for told in kept)
        return f"Kept {len(kept)} of {len(self.pooled)} solutions, {refined or 'none'} of them refined in this round"


def sections(
    steps: Sequence[str], calls: list[ToldCall], rewards: Rewards, reranking: Reranking, *, recruited: bool
) -> list[Section]:
    """The sections that have something to show, in the order of a run of these steps; recruiting if `recruited`."""
    sampled, checked = "review" in steps, "detect" in steps
    first = [step for step in steps if step in ("recruit", "reason")]
    found = [
        _step(step, 1, calls, rewards, reranking, sampled=sampled, checked=checked)
        for step in first
        if recruited or step != "recruit" or any(told.call.step == step for told in calls)
    ]
    middle = [step for step in steps if step not in (*first, "answer")]
    last = max((told.round for told in calls if told.call.step in middle), default=0)
    for number in range(1, last + 1):
        if sampled:
            found.append(_round(number, calls, rewards))
        else:
            found += [_step(step, number, calls, rewards, reranking, checked=checked) for step in middle]
    if "answer" in steps:
        found.append(_step("answer", 1, calls, rewards, reranking))
    return [one for one in found if one.calls or one.kind == "recruit"]


def _step(
    step: str,
    number: int,
    calls: list[ToldCall],
    rewards: Rewards,
    reranking: Reranking,
    *,
    sampled: bool = False,
    checked: bool = False,
) -> Section:
    own = [told for told in calls if told.call.step == step and told.round in (0, number)]
    titles = TITLES if not checked else TITLES | CHECKED_TITLES
    kind = "solutions" if sampled and step == "reason" else step
    names = {told.call.name for told in own}
    judged = {"reason": 0, "refine": number}.get(step)
    return Section(
        kind=kind,
        title=titles.get(kind, kind) + (f", round {number}" if number > 1 else ""),
        calls=own if kind != "solutions" else _ranked(own),
        difficulty=None if judged is None else rewards.difficulty(judged),
        choices=tuple(choice for choice in reranking.choices() if choice.calls & names),
    )


def _ranked(calls: list[ToldCall]) -> list[ToldCall]:
    """The best first; those without a reward last."""
    return sorted(calls, key=lambda told: -told.reward.reward if told.reward else 1.0)


def _round(number: int, calls: list[ToldCall], rewards: Rewards) -> Section:
    own = [told for told in calls if told.call.step in ("review", "refine") and told.round == number]
    by_name = {told.call.name: told for told in calls}
    selection = rewards.selections.get(number)

    def about(step: str) -> dict[str, ToldCall]:
        return {told.call.target or "": told for told in own if told.call.step == step}

    reviews, refinements = about("review"), about("refine")
    chains = []
    for target in dict.fromkeys([*reviews, *refinements]):
        refined = refinements.get(target)
        kept = refined.call.name in selection.kept if selection and refined else None
        if target in by_name:
            chains.append(Chain(by_name[target], reviews.get(target), refined, kept))
    names = (*selection.kept, *selection.dropped) if selection else ()
    pooled = _ranked([by_name[name] for name in names if name in by_name])
    return Section(
        kind="round",
        title=f"Round {number}: reviewed and refined",
        calls=own,
        difficulty=rewards.difficulty(number),
        chains=tuple(chains),
        pooled=tuple((told, told.call.name in selection.kept) for told in pooled) if selection else (),
    )
