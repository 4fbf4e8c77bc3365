r"""The markup in a model's text: thinking, Markdown, LaTeX wrappers and \boxed{…}."""

import re

_THINK, _THOUGHT = "<think>", "</think>"
_FULL_WIDTH = str.maketrans("\uff08\uff09\uff1a\uff0c\uff0e\u3002", "():,..", "`")
# Only where Markdown puts them, lest 2**3 and (x)**2 lose their power.
_EMPHASIS = re.compile(
    r"(?<![^\s(\[:\"'$])(?:\*{2,3}|__)(?=[^\s*_])|(?<=[^\s*_])(?:\*{2,3}|__)(?=[\s.,:;!?)\]]|$)"
)
_TEXT_COMMAND = re.compile(
    r"\\(?:text(?:bf|it|rm|sf|tt|normal)?|math(?:rm|bf|it|sf|tt)|boldsymbol|bm|mbox|operatorname)"
    r"[ ]?\{([^{}]*)\}"
)
_LONGEST_BLANK = 50
_BRACE = re.compile(r"\\[{}]|(?P<boxed>\\f?boxed[ ]?)?\{|\}")


def visible(text: str) -> str:
    """The part of a model's text that is meant for others: what follows its thinking.

    Empty while the thinking has not ended.
    """
    answer = text.rpartition(_THOUGHT)[2]
    return "" if _THINK in answer else answer.strip()


def unmarked(text: str) -> str:
    """The text without Markdown emphasis and code marks, and with ASCII for full-width punctuation."""
    return _EMPHASIS.sub("", text.translate(_FULL_WIDTH))


def unwrapped(latex: str) -> str:
    r"""The text with `\text{…}`, `\mathrm{…}` and their like replaced by what they hold."""
    return _TEXT_COMMAND.sub(r"\1", latex)


def last_boxed(text: str) -> tuple[int, str] | None:
    r"""Where the last complete `\boxed{…}` begins, and what it holds; of nested ones the innermost.

    Empty boxes do not count.
    """
    # One pass with a stack: looking for the end of each box in turn would be quadratic in hostile texts.
    opened: list[tuple[int, int] | None] = []
    last: tuple[int, int, int] | None = None
    for brace in _BRACE.finditer(text):
        if brace[0] == "}":
            box = opened.pop() if opened else None
            if box and (last is None or box > last[:2]) and not _blank(text, box[1], brace.start()):
                last = (*box, brace.start())
        elif brace[0][-1] == "{" and brace[0][:2] != r"\{":
            opened.append(brace.span() if brace["boxed"] else None)
    return (last[0], text[last[1] : last[2]].strip()) if last else None


def _blank(text: str, start: int, end: int) -> bool:
    return not text[start : min(end, start + _LONGEST_BLANK)].strip()
