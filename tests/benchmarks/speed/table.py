"""What was measured, for people and as JSON."""

from dataclasses import asdict
from typing import Any

from rich.table import Table

from speed.compared import GENERATING_SHARE, GROUPED_SHARE, SEQUENTIAL_TIMES, Compared


def ratios(one: Compared) -> Table:
    """The three ratios with their aims."""
    pair = one.pair
    table = Table("compared with", "took", "the engine took", "ratio", "aim", title=f"{one.runtime}: ratios")
    table.add_row(
        "(1) the library's generate alone, no loading",
        f"{pair.bound:.1f} s",
        f"{pair.ours.usage.generating:.1f} s generating",
        f"{one.of_generating:.2f}{_of_pairs(one)}",
        f"at most {GENERATING_SHARE}",
    )
    scaled = f"{one.sequential_runs} of {one.runs} questions run, and scaled"
    whole = f"{pair.ours.seconds:.1f} s in all"
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


def _of_pairs(one: Compared) -> str:
    ratios = [pair.ratio for pair in one.pairs]
    return f", of {len(ratios)}: {min(ratios):.2f} to {max(ratios):.2f}" if len(ratios) > 1 else ""


def breakdown(one: Compared) -> Table:
    """Where the time of each way went, its tokens and its loads."""
    table = Table(
        "way", "total", "generating", "loading", "idle", "tokens", "loads", title=f"{one.runtime}: time"
    )
    ours = one.pair.ours
    usage = ours.usage
    loads = ", ".join(f"{name} {count}" for name, count in usage.loads.items())
    seconds = (ours.seconds, usage.generating, usage.loading, usage.idle)
    table.add_row("the engine", *(f"{spent:.1f} s" for spent in seconds), f"{ours.tokens:,}", loads)
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
    ours = one.pair.ours
    return {
        "runtime": one.runtime,
        "questions": one.runs,
        "tokens": ours.tokens,
        "ours": {
            "seconds": ours.seconds,
            "generating": ours.usage.generating,
            "loading": ours.usage.loading,
            "idle": ours.usage.idle,
            "loads": ours.usage.loads,
        },
        "bound": one.pair.bound,
        "pairs": [
            {"generating": pair.ours.usage.generating, "bound": pair.bound, "ratio": pair.ratio}
            for pair in one.pairs
        ],
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
