"""The steps of a solution."""

import re

SHORTEST = 20
"""Characters: what is shorter, a heading or a line of a formula, belongs to the step after it."""

MOST = 16
"""Steps of one solution; each is a call of the verifier."""


def steps_of(solution: str) -> list[str]:
    """The solution's steps, in order; joined they are the solution. Its paragraphs, or lines where it has but one.

    Of a solution with more than 16, neighbours are taken together.
    """
    steps = _split(solution, r"\n\s*\n\s*")
    if len(steps) < 2:
        steps = _split(solution, r"\n\s*")
    each = -(-len(steps) // MOST) or 1
    return ["".join(steps[place : place + each]) for place in range(0, len(steps), each)]


def _split(solution: str, separator: str) -> list[str]:
    ends = [match.end() for match in re.finditer(separator, solution)]
    parts = [solution[begin:end] for begin, end in zip([0, *ends], [*ends, len(solution)], strict=True)]
    steps: list[str] = []
    begun = ""
    for part in parts:
        begun += part
        if len(begun.strip()) >= SHORTEST:
            steps.append(begun)
            begun = ""
    if begun.strip() and steps:
        steps[-1] += begun
    elif begun.strip():
        steps.append(begun)
    return steps
