"""Statements of an answer: "The answer is …", "Answer: …", "#### …"."""

import re
from collections import deque

_CUE = re.compile(
    r"""
    (?: \#{4}
      | \b(?: answer (?:[ ](?:choice|option))? (?:[ ](?:to|for|of)[ ](?:the|this|your)(?:[ ]\w{1,20}){1,3})?
            | (?:correct|right|best|final|appropriate)[ ](?:choice|option|statement|result|value) )
        \s{0,3} (?: \b(?: is | was | (?:would|should|must|will)[ ]be )\b | [:=] )
    )
    [\s:=]{0,10}
    (?: (?: therefore | thus | hence | then | clearly | (?:most[ ])?likely | probably | definitely | indeed
          | simply | actually | equal[ ]to | given[ ]by
          | (?: approximately | about | around )(?=[ ][\d$\\])
          | (?: option | choice | letter | number )(?=:?[ ][(\\$]?(?:[a-z]|\d+)\b)
        )\b [\s:,]{0,5} ){0,3}
    """,
    re.IGNORECASE | re.VERBOSE,
)
_WINDOW = 1000
_AT_MOST = 20


def statements(text: str) -> list[tuple[int, str]]:
    """What `text` states as its answer, each time: where, and the rest of that line; the last one first.

    Only the last few statements are looked at, and of each the first characters. Denials are left out.
    """
    cues = deque(_CUE.finditer(text), maxlen=_AT_MOST)
    found = []
    for cue in reversed(cues):
        line = text[cue.end() : cue.end() + _WINDOW].lstrip().partition("\n")[0].strip()
        if line and not re.match(r"not?\b", line):
            found.append((cue.start(), line))
    return found
