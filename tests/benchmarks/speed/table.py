"""What was measured, for people and as JSON."""

from dataclasses import asdict
from typing import Any

from rich.table import Table

from speed.compared import GENERATING_SHARE, GROUPED_SHARE, SEQUENTIAL_TIMES, Compared


def ratios(one: Compared) -> Table:
    """The three ratios with their aims."""
    table = Table("compared with", "took", "the engine took", "ratio", "aim", title=f"{one.runtime}: ratios")
    table.add_row(
        "(1) the library's generate alone, no loading",
        f"{one.bound:.1f} s",
        f"{one.ours.usage.generating:.1f} s generating",
        f"{one.of_generating:.2f}",
        f"at most {GENERATING_SHARE}",
    )
    scaled = f"{one.sequential_runs} of {one.runs} questions run, and scaled"
    whole = f"{one.ours.seconds:.1f} s in all"
    table.add_row(
        f"(2) question by question ({scaled})",
        f"{one.sequential_seconds:.1f} s" if one.sequential_seconds else "failed",
        whole,
        f"{one.of_sequential:.1f} times faster" if one.of_sequential else "not known",
        f"at least {SEQUENTIAL_TIMES:.0f}",
    )
    table.add_row(
        "(3) expert by expert: load, generate, tear down",
        f"{one.grouped.seconds:.1f} s",
        whole,
        f"{one.of_grouped:.2f}",
        f"at most {GROUPED_SHARE}",
    )
    return table


def breakdown(one: Compared) -> Table:
    """Where the time of each way went, its tokens and its loads."""
    table = Table(
        "way", "total", "generating", "loading", "idle", "tokens", "loads", title=f"{one.runtime}: time"
    )
    usage = one.ours.usage
    loads = ", ".join(f"{name} {count}" for name, count in usage.loads.items())
    seconds = (one.ours.seconds, usage.generating, usage.loading, usage.idle)
    table.add_row("the engine", *(f"{spent:.1f} s" for spent in seconds), f"{one.ours.tokens:,}", loads)
    for way, spent in (
        (f"question by question, {one.sequential_runs}", one.sequential),
        ("expert by expert", one.grouped),
    ):
        if spent is None:
            continue
        rest = spent.seconds - spent.generating
        table.add_row(
            way,
            f"{spent.seconds:.1f} s",
            f"{spent.generating:.1f} s",
            f"{rest:.1f} s",
            "",
            f"{spent.tokens:,}",
            str(spent.starts),
        )
    return table


def as_json(one: Compared) -> dict[str, Any]:
    """The figures of one measurement."""
    return {
        "runtime": one.runtime,
        "questions": one.runs,
        "tokens": one.ours.tokens,
        "ours": {
            "seconds": one.ours.seconds,
            "generating": one.ours.usage.generating,
            "loading": one.ours.usage.loading,
            "idle": one.ours.usage.idle,
            "loads": one.ours.usage.loads,
        },
        "bound": one.bound,
        "grouped": asdict(one.grouped),
        "sequential": {
            **asdict(one.sequential),
            "questions": one.sequential_runs,
            "scaled": one.sequential_seconds,
        }
        if one.sequential
        else None,
        "ratios": {
            "generating_to_lower_bound": one.of_generating,
            "sequential_to_ours": one.of_sequential,
            "ours_to_grouped": one.of_grouped,
        },
    }
