"""The verdict of a critique: whether it finds the answer it is about right or wrong."""

import re
from typing import Literal

Verdict = Literal["right", "wrong"]

_STATED = re.compile(
    r"""
    (?<![a-z]) verdict (?![a-z]) [\W_]{0,20}
    (?: (?: the | this | that | your | their | his | her | its | it | student(?:\Ws)? | students | given | final
          | overall | answer | solution | response | reasoning | is | was | completely | entirely | definitely
          | clearly | simply | boxed | text | textbf | mathbf ) [\W_]{1,8} ){0,8}
    (?P<denied> not\W )?
    (?P<word> right | correct | wrong | incorrect ) (?![a-z0-9])
    (?! [\s"'*_]{0,4} (?: / | or(?![a-z]) ) )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_OR = re.compile(r"\bor[\W_]{0,4}$", re.IGNORECASE)


def stated_verdict(critique: str) -> Verdict | None:
    """The last verdict that a critique states, as its prompt asks it to; None where there is none.

    Case, markup, "correct" for right, "incorrect" for wrong and "the answer is" before it do not matter. Both named
    at once, as in "right or wrong", is no verdict. Takes time linear in the length of `critique`.
    """
    verdict: Verdict | None = None
    for stated in _STATED.finditer(critique):
        if not _OR.search(critique[max(0, stated.start() - 10) : stated.start()]):
            right = (stated["word"].lower() in ("right", "correct")) != bool(stated["denied"])
            verdict = "right" if right else "wrong"
    return verdict
