"""How far annotators agree, as tables in a terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from storage.agreement import Agreement, Alpha, Figures, Judge, Kappa, Overlap, Pair
from ui.terminal.printable import printable


def print_agreement(console: Console, found: Agreement) -> None:
    """Print alpha of everyone and of the people, the pairs, and the judges against the people."""
    stale = f" {found.stale} of texts that have changed since are left out." if found.stale else ""
    names = ", ".join(one.name for one in found.annotators) or "nobody"
    counts = f"{found.annotations} annotations of {found.items} items, {found.shared} with two or more"
    console.print(Text(printable(f"{counts}, by {names}.{stale}")))
    _alphas(console, "Krippendorff's alpha", found.everyone)
    if found.people:
        _alphas(console, "Krippendorff's alpha, people alone", found.people)
    _pairs(console, "Pairs", found.everyone.pairs)
    _pairs(console, "Judges against what most people say", found.judges)


def _alphas(console: Console, title: str, figures: Figures) -> None:
    table = Table(title, _right("alpha"), _right("items"), "", box=None)
    table.add_row("verdict", *_alpha(figures.verdict))
    table.add_row("followed", *_alpha(figures.followed))
    table.add_row("labels", *_alpha(figures.labels))
    for label in figures.by_label:
        table.add_row(Text(printable(f"  {label.title}")), *_alpha(label.alpha))
    console.print(table)


def _pairs(console: Console, title: str, rows: Sequence[Pair] | Sequence[Judge]) -> None:
    if not rows:
        return
    numbers = (_right("items"), _right("kappa"), _right("kappa of labels"), _right("overlap"))
    table = Table(title, *numbers, box=None)
    for row in rows:
        name = row.judge if isinstance(row, Judge) else f"{row.first}, {row.second}"
        shares = _share(row.verdict), _share(row.labels), _share(row.spans)
        table.add_row(Text(printable(name)), str(row.verdict.items), *shares)
    console.print(table)


def _alpha(alpha: Alpha) -> tuple[str, str, str]:
    share = "-" if alpha.alpha is None else f"{alpha.alpha:.3f}"
    return share, str(alpha.units), alpha.reason or ""


def _share(of: Kappa | Overlap) -> str:
    share = of.f1 if isinstance(of, Overlap) else of.kappa
    return "-" if share is None else f"{share:.3f}"


def _right(title: str) -> Column:
    return Column(title, justify="right")
