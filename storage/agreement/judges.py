"""Model judges against people."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping

from storage.agreement.figures import Annotator, Judge
from storage.agreement.kappa import kappa
from storage.agreement.overlap import overlap
from storage.agreement.table import Table, only, used_labels


def against_people(table: Table, judge: Annotator, labels: Mapping[str, str]) -> Judge:
    """What the judge says beside what most people say, and what it marked beside what each person marked.

    Where as many people say one thing as another nobody is right or wrong: that item does not count.
    """
    people = only(table, "human")
    both = [(row[judge], list(people[item].values())) for item, row in table.items() if judge in row]
    verdicts = [
        (said.verdict, most)
        for said, others in both
        if said.verdict is not None
        and (most := _most(other.verdict for other in others if other.verdict is not None)) is not None
    ]
    used = [
        (label in used_labels(said), most)
        for label in labels
        for said, others in both
        if (most := _most(label in used_labels(other) for other in others)) is not None
    ]
    marked = [(said, other) for said, others in both for other in others]
    return Judge(judge.name, judge.model, kappa(verdicts), kappa(used), overlap(marked, labels))


def _most(values: Iterable[Hashable]) -> Hashable | None:
    ranked = Counter(values).most_common(2)
    alone = len(ranked) == 1 or (len(ranked) == 2 and ranked[0][1] > ranked[1][1])
    return ranked[0][0] if alone else None
