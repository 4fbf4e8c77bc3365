"""What a sentence says, in the words by which it is compared: without markup, case, endings and words of no weight."""

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from engine.answers.markup import last_boxed, unmarked, unwrapped
from engine.answers.number import exact, with_numbers
from engine.answers.statement import statements

VALUE = "#"
_KEPT = 4096
"""Sentences whose wording is kept: those of a row or two, as whoever reads goes from row to row and back."""

_LONGEST = 2000
"""Characters of a sentence that are compared."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_LIGHT = _set(
    "a an the is are was were be been being of to in on at by for with from as and or so then thus hence therefore "
    "we i you they it its this that these those there here have has had do does did will would can could also now "
    "let lets us our my"
)
_DENYING = _set(
    "not no never none neither nor cannot cant isnt arent wasnt werent doesnt dont didnt wont without unable "
    "incorrect incorrectly wrong wrongly false invalid impossible"
)
_AFFIRMING = _set("correct correctly right true valid possible able yes")
_WHOLE_ANSWERS = _set("yes no true false")
_ORDINALS = _set("first second third fourth fifth sixth seventh eighth ninth tenth last next other")
_ENUMERATED = re.compile(
    r"^[\s#>*-]*(?:(?:step|part|case|item)\s+\d{1,3}\b\s*[.):-]?|\(?\d{1,3}[.)](?=\s))\s*", re.I
)
_TOKEN = re.compile(r"<(?:-?\d+(?:/\d+)?|[a-z])>|[^\W\d_]+|[=+*/^<>\u00d7\u00f7\u2264\u2265\u2260-]")
_COMMANDS = {
    r"\times": "\u00d7",
    r"\cdot": "\u00d7",
    r"\div": "\u00f7",
    r"\le": "\u2264",
    r"\leq": "\u2264",
    r"\ge": "\u2265",
    r"\geq": "\u2265",
    r"\ne": "\u2260",
    r"\neq": "\u2260",
}
_LATEX = re.compile(r"\\[A-Za-z]+")
_APOSTROPHE = re.compile(r"(?<=\w)['\u2019](?=\w)")
_ALONE = r"(?![\w'\u2019])(?!\s+(?!(?:because|since|as|and|or|is|for)\b)[a-z])"  # "A" and "I" may be words
_CHOICE = re.compile(
    r"\b(?i:(?:option|choice|answer|choose|select|pick)(?:\s+(?:is|option|choice|answer)\b)?)"
    r"\s*:?[\s*$(\[]{0,6}([A-Z])" + _ALONE + r"|[(\[]([A-Z])[)\]]"
    r"|\\boxed\{[\s(]*(?:\\text(?:bf)?\{)?[\s(]*([A-Z])(?!\w)"
)
_LETTER = re.compile(r"[\W_]*([A-J])[\W_]*")
_PERCENT = re.compile(r"%|\bper\s?cent\b", re.IGNORECASE)
_VERDICT = re.compile(r"\bverdict\b", re.IGNORECASE)
_STEM = 5
"""Letters of a word that count: multiply, multiplied and multiplying are one."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence as it is compared.

    `words` are its words with the values of its numbers, `masked` those with # for each number and each choice and
    without what denies or affirms. `numbers` are the values in order, `choices` the letters that it names as choices.
    `denials` counts what denies. `states` says whether it states an answer or a verdict, `bare` whether it is nothing
    but a number, a letter, yes or no; then `result` is the value of that, or all of an expression's, by size. `percent`
    says whether it tells percentages.
    """

    words: tuple[str, ...]
    masked: tuple[str, ...]
    numbers: tuple[Fraction, ...]
    choices: tuple[str, ...]
    ordinals: frozenset[str]
    denials: int
    equation: bool
    states: bool
    bare: bool
    percent: bool
    result: tuple[Fraction, ...]

    @property
    def wordy(self) -> bool:
        """Whether it says something beside its formulas."""
        return sum(len(word) > 1 and word != "boxed" for word in self.masked) > 1


@lru_cache(_KEPT)
def wording(sentence: str) -> Wording:
    """The sentence as it is compared."""
    text = unicodedata.normalize("NFKC", sentence[:_LONGEST])
    stated, box = statements(text), last_boxed(text)
    text = _ENUMERATED.sub("", unmarked(text), count=1)
    choices: list[str] = []
    numbers: list[Fraction] = []
    plain = _with_values(_with_choices(text, choices), numbers)
    tokens = [token for token in _TOKEN.findall(plain.casefold()) if token not in _LIGHT] or _TOKEN.findall(
        plain
    )
    states = bool(stated) or box is not None or bool(_VERDICT.search(text))
    bare = len(tokens) == 1 and (_is_value(tokens[0]) or tokens[0] in _WHOLE_ANSWERS)
    polar = _DENYING | _AFFIRMING
    return Wording(
        words=tuple(_stem(token) for token in tokens),
        masked=tuple(VALUE if _is_value(token) else _stem(token) for token in tokens if token not in polar),
        numbers=tuple(numbers),
        choices=tuple(dict.fromkeys(choices)),
        ordinals=_ORDINALS.intersection(tokens),
        denials=sum(token in _DENYING for token in tokens),
        equation="=" in tokens,
        states=states,
        bare=bare,
        percent=bool(_PERCENT.search(text)),
        result=_boxed(box[1]) if box else _stated(stated[0][1] if stated else "", numbers),
    )


def _boxed(content: str) -> tuple[Fraction, ...]:
    """What a box comes to: behind its last equals sign a number, or the numbers of an expression, by size."""
    last = content.rpartition("=")[2]
    value = exact(last)
    numbers: list[Fraction] = []
    if value is None:
        _with_values(last, numbers)
    return tuple(sorted(numbers)) if value is None else (value,)


def _stated(words: str, numbers: list[Fraction]) -> tuple[Fraction, ...]:
    """What `words` that state an answer come to: the number that they are, else the last of the sentence's numbers."""
    value = exact(words)
    return tuple(numbers[-1:]) if value is None else (value,)


def _with_choices(text: str, choices: list[str]) -> str:
    """The text with the letters that it names as choices as <A>; they are added to `choices`."""
    if found := _LETTER.fullmatch(text):
        choices.append(found[1])
        return f"<{found[1]}>"

    def marked(match: re.Match[str]) -> str:
        at = match.start(match.lastindex or 0) - match.start()
        choices.append(match[0][at])
        return f"{match[0][:at]} <{match[0][at]}> {match[0][at + 1 :]}"

    return _CHOICE.sub(marked, text)


def _with_values(text: str, numbers: list[Fraction]) -> str:
    """The text with the values of its numbers as <n> or <n/d>, its LaTeX plain; the values are added to `numbers`."""

    def written(value: Fraction) -> str:
        numbers.append(value)
        return f" <{value}> "

    plain = with_numbers(unwrapped(text).replace(r"\boxed{", " boxed {"), written)
    plain = _LATEX.sub(lambda command: _COMMANDS.get(command[0], " "), plain)
    return _APOSTROPHE.sub("", plain)


def _is_value(token: str) -> bool:
    return token[0] == "<" and len(token) > 1


def _stem(token: str) -> str:
    return token if _is_value(token) else token[:_STEM]
