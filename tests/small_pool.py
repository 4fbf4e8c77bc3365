"""Pools for tests: experts that are only names, for the scripted runtime."""

from engine.pool import Expert, Pool


def expert(name: str, slots: int = 16) -> Expert:
    return Expert(name=name, title=name.title(), model=name, parameters=1, licence="none", slots=slots)


def pool(*names: str, aggregator: str | None = None) -> Pool:
    """A pool whose keyword expert is the first, and aggregator the last, unless named."""
    return Pool(
        name="tests",
        title="Tests",
        experts=tuple(expert(name) for name in names),
        embedder=expert("embedder"),
        keyword_expert=names[0],
        aggregator=aggregator or names[-1],
    )
