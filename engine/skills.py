"""The skills a question needs: Symbolic-MoE, section 3.1 and appendix (arXiv 2503.05641).

The keyword model is asked 5 times at temperature 0.7 for 2 to 5 comma-separated keywords; they are lower-cased and
stripped of full stops (and of the quotes, dashes and stars models put round them), those of over 20 characters are
dropped, and those are kept that more than one sample names.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

KEYWORD_SAMPLES = 5
KEYWORD_TEMPERATURE = 0.7
KEYWORD_MAX_TOKENS = 48
LONGEST_KEYWORD = 20

_LABEL = re.compile(r"\bkeywords?\b[^:\n]*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Skill:
    """A keyword of the question, how many samples named it, and the profile skill nearest to it.

    `similarity` is the cosine of their embeddings. Both are None where there is no profile to match.
    """

    keyword: str
    count: int
    profile_skill: str | None = None
    similarity: float | None = None


def parse_keywords(text: str) -> list[str]:
    """The keywords in one sample's text, cleaned, each once, in order."""
    label = _LABEL.search(text)
    line = (text[label.end() :] if label else text).strip().split("\n")[0]
    cleaned = (part.lower().replace(".", "").strip(" \t*_`\"'[]()#-") for part in line.split(","))
    kept = (keyword for keyword in cleaned if keyword and len(keyword) <= LONGEST_KEYWORD)
    return list(dict.fromkeys(kept))


def keep_named_twice(samples: Iterable[str]) -> list[Skill]:
    """Keywords named by more than one sample, most often named first, then in order of appearance."""
    counts = Counter(keyword for text in samples for keyword in parse_keywords(text))
    return [Skill(keyword, count) for keyword, count in counts.most_common() if count > 1]


def nearest(
    skills: Sequence[Skill],
    skill_embeddings: Sequence[Sequence[float]],
    profile_skills: Sequence[str],
    profile_embeddings: Sequence[Sequence[float]],
) -> list[Skill]:
    """Each skill with the profile skill of highest cosine. Embeddings have unit length, one row per skill."""
    if not skills:
        return []
    cosines = np.asarray(skill_embeddings) @ np.asarray(profile_embeddings).T
    best = cosines.argmax(axis=1)
    return [
        Skill(skill.keyword, skill.count, profile_skills[column], float(cosines[row, column]))
        for row, (skill, column) in enumerate(zip(skills, best, strict=True))
    ]
