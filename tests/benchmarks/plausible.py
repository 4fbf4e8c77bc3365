"""Plausible texts: questions over several subjects, and what experts may write about them. Same seed, same texts."""

import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_VOCABULARY = tomllib.loads(Path(__file__).with_name("vocabulary.toml").read_text("utf-8"))
_SYLLABLES = _VOCABULARY["syllables"].split()
_OPENINGS = _VOCABULARY["openings"].split()
_COMMON = _VOCABULARY["common"].split()


@dataclass(frozen=True, slots=True)
class Subject:
    """What questions of one kind speak of; each of `answers` may be given, and may be right."""

    skill: str
    kind: str
    words: tuple[str, ...]
    choices: tuple[str, ...]
    answers: tuple[str, ...]


SUBJECTS = tuple(
    Subject(
        subject["skill"],
        subject["kind"],
        tuple(subject["words"].split()),
        tuple(subject.get("choices", ())),
        tuple(subject["answers"]),
    )
    for subject in _VOCABULARY["subjects"]
)


def name(rng: random.Random) -> str:
    """A made-up proper name, one of tens of thousands: what makes a run's text its own."""
    return "".join(rng.choices(_SYLLABLES, k=3)).capitalize()


def sentence(rng: random.Random, subject: Subject) -> str:
    """A sentence of about fifteen words, some of the subject's."""
    start = rng.randrange(len(_COMMON) - 9)
    first, second = rng.sample(subject.words, 2)
    common = " ".join(_COMMON[start : start + rng.randrange(4, 9)])
    return f"{rng.choice(_OPENINGS)} the {first} gives {rng.randrange(1000)} and {common} with the {second}."


def question(rng: random.Random, subject: Subject, about: str) -> str:
    """A question about something with a name."""
    given = "".join(f"{sentence(rng, subject)} " for _ in range(rng.randrange(2)))
    first, second = rng.sample(subject.words, 2)
    asked = f"What becomes of the {first} when the {second} is {rng.randrange(2, 40)}?"
    return f"{about} has {rng.randrange(2, 99)} of them. {given}{asked}"


def working(rng: random.Random, sentences: Sequence[str], about: str, answer: str) -> str:
    """A chain of thought of three of the sentences, that ends with the answer."""
    steps = " ".join(rng.choices(sentences, k=3))
    return f"{about}: {steps} That is {rng.randrange(100_000)} in all.\n\nThe answer is {answer}"


def long_working(rng: random.Random, subject: Subject, tokens: int) -> list[str]:
    """Exactly `tokens` pieces of at most five characters: prose with headings, formulas, code and lists."""
    pieces: list[str] = []
    while len(pieces) < tokens:
        prose = " ".join(sentence(rng, subject) for _ in range(5))
        step, number = len(pieces) // 300 + 1, rng.randrange(2, 99)
        blocks = (
            prose,
            prose,
            f"### Step {step}\n\n{prose}",
            f"{prose}\n\n\\[ \\frac{{{number}}}{{x}} + \\sqrt{{x^2 - {number}}} = {step} \\]",
            f"{prose} Here \\(x_{{{step}}} = {number}\\).",
            f"```python\ntotal = 0\nfor i in range({number}):\n    total += i ** 2\n```",
            f"- {sentence(rng, subject)}\n- **{sentence(rng, subject)}**",
        )
        text = f"{rng.choice(blocks)}\n\n"
        pieces += [text[at : at + 5] for at in range(0, len(text), 5)]
    return pieces[:tokens]
