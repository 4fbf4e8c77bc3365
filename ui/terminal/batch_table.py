"""A batch's results at the end of `disputatio batch`: tables for a person, one JSON object for a machine."""

from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from storage.batch_records import BatchResults, Interval, Part, Usage
from ui.terminal.printable import printable


def print_results(console: Console, results: BatchResults) -> None:
    """Print accuracy, cost and time of the batch, then how it went by expert, source and category."""
    batch, figures = results.batch, results.figures
    who = f"{batch.title}: {batch.protocol} with pool {batch.pool} on {batch.runtime}, seed {batch.seed}"
    console.print(Text(printable(who), style="bold"))
    table = Table("", "", box=None, show_header=False)
    table.add_row("questions", f"{figures.done} of {batch.questions} done{_unlucky(results)}")
    table.add_row("accuracy", _share(figures.accuracy))
    table.add_row("calls a question", _mean(figures.calls, 1))
    table.add_row("tokens a question", _mean(figures.tokens, 0))
    table.add_row("seconds a question", _mean(figures.seconds, 1))
    table.add_row("time", _times(batch.usage))
    console.print(table, highlight=False)
    if results.experts:
        experts = Table("expert", "right of its own answers", Column("loads", justify="right"), box=None)
        for expert in results.experts:
            experts.add_row(Text(printable(expert.title)), _share(expert.accuracy), str(expert.loads))
        console.print(experts, highlight=False)
    for title, parts in (("source", results.sources), ("category", results.categories)):
        if len(parts) > 1:
            console.print(_parts(title, parts), highlight=False)


def as_json(results: BatchResults) -> dict[str, Any]:
    """Everything that is told of the batch alone, as plain data; an accuracy is {right, of, low, high} or None."""
    told = asdict(results)
    del told["peers"]
    return told


def _parts(title: str, parts: tuple[Part, ...]) -> Table:
    table = Table(title, "accuracy", box=None)
    for part in parts:
        table.add_row(Text(printable(" ".join((part.name or "-").split()))), _share(part.accuracy))
    return table


def _share(accuracy: Interval | None) -> str:
    if accuracy is None:
        return "-"
    share = accuracy.right / accuracy.of
    bounds = f"95% interval {accuracy.low:.1%} to {accuracy.high:.1%}"
    return f"{share:.1%} ({accuracy.right} of {accuracy.of}; {bounds})"


def _unlucky(results: BatchResults) -> str:
    """Of the judged questions; those without a known answer are counted as nothing."""
    accuracy = results.figures.accuracy
    failed = accuracy.of - accuracy.right - results.figures.wrong if accuracy else 0
    told = {"failed": failed, "without an answer": results.unanswered}
    counted = [f"{count} {words}" for words, count in told.items() if count]
    return f"; {' and '.join(counted)}, counted as wrong" if counted else ""


def _mean(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:,.{digits}f}"


def _times(usage: Usage) -> str:
    spent = {"generating": usage["generating"], "loading": usage["loading"], "idle": usage["idle"]}
    total = sum(spent.values())
    if not total:
        return "-"
    shares = ", ".join(f"{name} {seconds / total:.0%}" for name, seconds in spent.items())
    return f"{usage['seconds']:,.0f} s: {shares}"
