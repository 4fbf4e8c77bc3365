"""Which answers are the same."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from engine.answers.expression import as_latex, equal_as_text
from engine.answers.verifier import Verifier
from engine.answers.wording import words
from engine.question import Question


class Judge:
    """Compares extracted answers and gold answers. Any event loop may use it, and many tasks at once.

    Choices are compared by label, open answers by their words. Numbers are compared exactly (1/2 is 0.5, 1/3
    is not 0.3333; 50% is 50), other mathematics by Math-Verify, in a process that starts when first needed.
    A comparison that takes longer than `seconds` says that the answers differ. Close the judge after use.
    """

    def __init__(self, seconds: float = 3.0) -> None:
        self._verifier = Verifier(seconds)
        self._thread = ThreadPoolExecutor(1, "judge")

    async def same(self, first: str | None, second: str | None, question: Question) -> bool:
        """Whether two answers to `question` are the same; no answer (None) is the same as nothing.

        Raises RuntimeError once the judge is closed.
        """
        if first is None or second is None:
            return False
        if question.kind == "choice":
            return first.strip().upper() == second.strip().upper()
        if question.kind == "open":
            return words(first) == words(second)
        equal = equal_as_text(first, second)
        if equal is None:
            loop = asyncio.get_running_loop()
            pair = as_latex(first), as_latex(second)
            equal = await loop.run_in_executor(self._thread, self._verifier.equal, *pair)
        return equal

    async def group(self, answers: Sequence[str | None], question: Question) -> list[list[int]]:
        """The indices of the answers, the same ones together: the largest group first, then the earliest.

        An answer belongs to the first group whose first member it is the same as; None belongs to none.
        """
        groups: list[list[int]] = []
        for index, answer in enumerate(answers):
            if answer is None:
                continue
            for group in groups:
                if await self.same(answers[group[0]], answer, question):
                    group.append(index)
                    break
            else:
                groups.append([index])
        return sorted(groups, key=len, reverse=True)

    async def plurality(self, answers: Sequence[str | None], question: Question) -> str | None:
        """The answer given most often, worded as it was first; the earliest of several, None without any."""
        groups = await self.group(answers, question)
        return answers[groups[0][0]] if groups else None

    def close(self) -> None:
        """End the process; comparisons still waited for raise RuntimeError. May be called twice."""
        self._verifier.stop()
        self._thread.shutdown()
        self._verifier.close()
