"""The validation questions behind a skill, and what each expert of a pool made of them."""

from typing import Any

from engine.pool import Pool
from engine.profile import Profile

AT_ONCE = 30


def validation_questions(pool: Pool, profile: Profile, skill: str, after: int) -> dict[str, Any] | None:
    """A few questions that need the skill from the `after`-th on, how many there are, and who had how many right.

    None where no question needs it.
    """
    behind = [question for question in profile.questions if skill in question.skills]
    if not behind:
        return None
    experts = []
    for place, expert in enumerate(pool.experts):
        answers = [question.right[expert.name] for question in behind if expert.name in question.right]
        experts.append(
            {
                "name": expert.name,
                "title": expert.title,
                "place": place,
                "right": sum(answers),
                "answered": len(answers),
            }
        )
    return {
        "all": len(behind),
        "experts": experts,
        "questions": [question.model_dump(mode="json") for question in behind[after : after + AT_ONCE]],
    }
