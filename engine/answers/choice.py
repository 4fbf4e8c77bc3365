"""What a text answers to a question with choices."""

import re

from engine.answers.markup import last_boxed, unmarked, unwrapped
from engine.answers.statement import statements
from engine.answers.wording import words
from engine.question import Question

_LAYOUT = re.compile(r"\\[()\[\],;! ]|\\f?boxed|[$*{}\"“”]")
_MARKED = re.compile(r"[(\[]\s?([A-Za-z])\s?[)\]]|([A-Za-z])\)")
_BARE = re.compile(r"([A-Z]|[b-hj-z](?=\s?[.:,;]?$))(?![\w'\u2019-])(?!\s?[=+^/<>])")
# "A" and "I" may be words: they are labels where no word follows that an article or pronoun could have.
_ENDS_LABEL = re.compile(
    r"\s?(?:$|[.,:;!?)\]\u2013\u2014-]|(?:because|since|as|for|due|which|with|and|or)\b)"
)
_SECOND = re.compile(r"\s?(?:,|and|or|&|/)\s?(?:[(\[]\s?([A-Za-z])\s?[)\]]|([A-Z])(?=\s?(?:$|[.,;)])))")
_LABELLED_LINE = re.compile(
    r"(?:[Oo]ption |[Cc]hoice )?(?:[(\[]([A-Za-z])[)\]]|([A-Za-z])(?:[).:](?=\s|$)|$))"
)
_LABEL_AT_THE_END = re.compile(
    r"(?:\(([A-Za-z])\)"
    r"|\b(?:is|be|choose|select|pick|therefore|thus|so|hence|option|choice)[,:]?[ ]([A-Z]))[.!]?$"
)
_CORRECT = re.compile(
    r"(?<![\w.])\(?([A-Z])\)?[ ]is[ ](?:the[ ])?(?:most[ ])?(?:correct|right|best|answer)\b"
)
_DENIAL = re.compile(r"\b(?:not|neither|nor|incorrect|wrong|false)\b|n't\b", re.IGNORECASE)
_JOINING = ("and", "or", "+", "=", "<", ">", "/", "^")
_PLACEHOLDER = "X"
_LONGEST_LINE = 1000


def stated_label(text: str, question: Question) -> str | None:
    """The label that `text` answers; None where it states none, several at once, or one the question has not.

    The last statement such as "The answer is (C)" or a boxed answer decides; without one a label in the last
    line, "(C) is correct", a line with nothing but a label, or a labelled first line. The wording of exactly
    one choice counts as its label.
    """
    text = unmarked(text)
    choices = _Choices(question)
    stated = statements(text)
    if box := last_boxed(text):
        stated = sorted([*stated, box], reverse=True)
    for _, line in stated:
        if label := choices.label_of(line):
            return label if label in question.labels else None
    label = choices.label_unstated(text)
    return label if label in question.labels else None


class _Choices:
    def __init__(self, question: Question) -> None:
        self._labels = question.labels
        self._worded = [words(_bare(choice)) for choice in question.choices]

    def label_of(self, answer: str) -> str | None:
        """The label that an answer begins with or words; not one of the question's where it is ambiguous."""
        answer = _bare(answer)
        wording = words(answer)
        if len(answer.strip("().[] ")) > 1 and wording in self._worded:
            return self._of(wording)
        return self._leading_label(answer) or self._of(wording)

    def label_unstated(self, text: str) -> str | None:
        """The label that a text gives without saying that it is the answer."""
        lines = [line for line in map(str.strip, text.splitlines()) if line]
        if not lines:
            return None
        return (
            self._label_of_line(lines, len(lines) - 1)
            or self._label_at_the_end(lines[-1])
            or next((match[1] for match in reversed(list(_CORRECT.finditer(text)))), None)
            or next((line[0] for line in reversed(lines) if line.rstrip(".") in self._labels), None)
            or self._label_of_line(lines, 0)
        )

    def _label_at_the_end(self, line: str) -> str | None:
        ending = _bare(line[-_LONGEST_LINE:])
        return None if _DENIAL.search(ending) else _first_group(_LABEL_AT_THE_END.search(ending))

    def _leading_label(self, answer: str) -> str | None:
        match = _MARKED.match(answer) or _BARE.match(answer)
        label = _first_group(match)
        if match is None or label is None or (label == _PLACEHOLDER and label not in self._labels):
            return None
        if match[0] in ("A", "I") and not _ENDS_LABEL.match(answer, match.end()):
            return None
        second = _first_group(_SECOND.match(answer, match.end()))
        several = second in self._labels and second != label
        return f"{label} or {second}" if several else label

    def _of(self, wording: list[str]) -> str | None:
        """The label of the longest choice that `wording` begins with, where it is one choice only."""
        found: dict[int, list[str]] = {}
        for label, worded in zip(self._labels, self._worded, strict=True):
            after = wording[len(worded) : len(worded) + 1]
            if worded and wording[: len(worded)] == worded and not (after and after[0] in _JOINING):
                found.setdefault(len(worded), []).append(label)
        longest = found[max(found)] if found else []
        return longest[0] if len(longest) == 1 else None

    def _label_of_line(self, lines: list[str], at: int) -> str | None:
        """The label of a line; None where the lines list the choices."""
        line = lines[at][:_LONGEST_LINE]
        label = _first_group(_LABELLED_LINE.match(_bare(line)))
        if label is None:
            wording = words(_bare(line))
            return self._of(wording) if wording in self._worded else None
        around = [_bare(lines[near][:_LONGEST_LINE]) for near in (at - 1, at + 1) if 0 <= near < len(lines)]
        listed = any(_first_group(_LABELLED_LINE.match(near)) not in (None, label) for near in around)
        return None if listed else label


def _bare(latex: str) -> str:
    return _LAYOUT.sub("", unwrapped(latex)).strip()


def _first_group(match: re.Match[str] | None) -> str | None:
    return next(filter(None, match.groups())).upper() if match else None
