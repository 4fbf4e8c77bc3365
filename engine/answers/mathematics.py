"""What a text answers to a question for a number or expression."""

import re

from engine.answers.expression import LONGEST
from engine.answers.markup import last_boxed, unmarked, unwrapped
from engine.answers.number import last_number, leading_number, quantity
from engine.answers.statement import statements

_SENTENCE_END = re.compile(r"\.(?=\s|$)")
_CLAUSE_END = re.compile(r"[,;(](?=\s|\D)|\s(?:because|since|as|so|which|where|when|after|and)\b")
_EQUALS = re.compile(r"(?<![<>!:\\])=")
_FORMULA = re.compile(r"\$\$?([^$]+)\$|\\\((.+?)\\\)|\\\[(.+?)\\\]")
_DELIMITERS = re.compile(r"\\[()\[\]]|\$")
_PROSE = re.compile(r"(?<![\\A-Za-z])(?!(?:sqrt|sin|cos|tan|log|exp)\b)[A-Za-z]{3,}")
_MATHEMATICAL = re.compile(r"\d|\\[a-z]|[+*/^=]|^[a-z]$")
_NO_ANSWER = re.compile(
    r"(?:correct|incorrect|wrong|right|as|in|that|what|found|obtained|given|unclear|unknown)\b", re.IGNORECASE
)
_PLACEHOLDER = "X"
_MOST_WORDS = 4
_LONGEST_LINE = 300


def stated_value(text: str) -> str | None:
    r"""The number or expression `text` answers, without units and delimiters; None where it has none.

    The last `\boxed{…}`, else the last statement such as "The answer is …", else the right-hand side of an
    equation on the last line, else the last number in the text.
    """
    text = unmarked(text)
    box = last_boxed(text)
    if box and box[1] != _PLACEHOLDER and len(box[1]) <= LONGEST:
        return quantity(box[1]) or _bare(box[1])
    stated = [line for _, line in statements(text)]
    for line in stated:
        if value := _value(line):
            return value
    *_, last_line = text.rsplit("\n", 1)
    right_hand_side = _EQUALS.split(last_line[-_LONGEST_LINE:])[1:]
    if right_hand_side and (value := _value(right_hand_side[-1])):
        return value
    for line in stated:
        if wording := _wording(line):
            return wording
    return last_number(text)


def _value(line: str) -> str | None:
    """The number or expression at the beginning of `line`, or else the last number of its first sentence."""
    if formula := _FORMULA.match(line):
        inner = next(filter(None, formula.groups())).strip()
        if not _PROSE.search(unwrapped(inner)):
            return quantity(inner) or quantity(_EQUALS.split(inner)[-1]) or _bare(inner)
    sentence = _SENTENCE_END.split(line, maxsplit=1)[0].strip()
    clause = _CLAUSE_END.split(sentence, maxsplit=1)[0]
    for part in (sentence, clause, _EQUALS.split(sentence)[-1], _EQUALS.split(clause)[-1]):
        if number := quantity(part):
            return number
    if _MATHEMATICAL.search(sentence) and not _PROSE.search(unwrapped(sentence)):
        return _bare(sentence)
    return leading_number(sentence) or last_number(clause) or last_number(sentence)


def _wording(line: str) -> str | None:
    """An answer in a few words; None for a longer remark."""
    sentence = _bare(_SENTENCE_END.split(line, maxsplit=1)[0])
    few = 0 < len(sentence.split()) <= _MOST_WORDS
    return sentence if few and not _NO_ANSWER.match(sentence) else None


def _bare(latex: str) -> str:
    return _DELIMITERS.sub("", unwrapped(latex)).strip().rstrip(".,").strip()
