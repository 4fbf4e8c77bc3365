"""Comparisons as the pages' JavaScript reads them: first all but the texts, then row by row."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse

from storage.traces import Traces
from ui.accounts.withheld import withheld
from ui.comparison.column_name import FEWEST, column_names
from ui.comparison.comparison import Comparison
from ui.comparison.difference import Difference, difference, refinement
from ui.comparison.latest import LatestComparisons
from ui.comparison.page import page
from ui.comparison.sides import sides, texts
from ui.comparison.trace import trace

Columns = Annotated[list[str], Query(min_length=1, max_length=20)]
Place = Annotated[int, Query(ge=0)]


def comparison_routes(traces: Traces) -> APIRouter:
    """Routes under `/record/compare`. `column` names runs (RUN) and experts' traces (RUN~EXPERT), two to four.

    What is not there is answered 404 with a sentence, columns that cannot be compared 400.
    """
    router = APIRouter(prefix="/record/compare", dependencies=[Depends(withheld(traces))])
    latest = LatestComparisons(traces)

    def compared(column: list[str], fewest: int = FEWEST) -> Comparison:
        return latest.of(column_names(column, fewest))

    @router.get("")
    def skeleton(column: Columns) -> dict[str, Any]:
        """The heads of the columns, and the rows without their texts."""
        return compared(column).as_json()

    @router.get("/run")
    def choice(run: str) -> dict[str, Any]:
        """A run as columns are chosen of it: what it came to, and the experts whose traces can be compared."""
        told = trace(traces, run)
        own = ("id", "question", "protocol", "created_at", "answer", "correct")
        experts = sorted(told.people, key=lambda one: one.place)
        return {
            **{name: getattr(told.run, name) for name in own},
            "experts": [{"name": one.expert, "title": one.title, "place": one.place} for one in experts],
        }

    @router.get("/row")
    def row(column: Columns, row: str) -> dict[str, Any]:
        """The texts of a row, and which of their sentences say the same."""
        return sides(texts(traces, compared(column).row(row))).as_json()

    @router.get("/diff")
    def between(column: Columns, row: str, left: Place = 0, right: Place = 1) -> Difference:
        """What differs between the texts of two columns in a row."""
        return difference(traces, compared(column).row(row), left, right)

    @router.get("/refined")
    def refined(column: Columns, row: str, at: Place = 0) -> Difference:
        """What the refinement in column `at` of a row changed. One column is enough."""
        return refinement(traces, compared(column, fewest=1).row(row), at)

    @router.get("/page")
    def own_page(column: Columns) -> HTMLResponse:
        """The comparison as a page of its own, to save."""
        saved = {"Content-Disposition": 'attachment; filename="disputatio-comparison.html"'}
        return HTMLResponse(page(traces, compared(column)), headers=saved)

    return router
