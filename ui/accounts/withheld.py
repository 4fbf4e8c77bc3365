"""Runs that only owners see: what a model judge says would tell blind annotators what to say."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, HTTPException, Request

from storage.errors import UnknownRun
from storage.filters import UNLISTED
from storage.traces import Traces
from ui.accounts.person import Person, person, refusal
from ui.comparison.column_name import ColumnName


def withheld(traces: Traces) -> Callable[..., None]:
    """A dependency of routes that read the record: to whoever is no owner, runs of judges are not there.

    It looks at the parameters `run`, `column` and `protocol`. Raises UnknownRun; answers 403 where such runs are asked
    for by their protocol.
    """

    def withhold(request: Request, who: Annotated[Person, Depends(person)]) -> None:
        if who.may("owner"):
            return
        asked = request.query_params
        if asked.get("protocol") in UNLISTED:
            raise HTTPException(403, refusal("owner"))
        columns = [ColumnName.read(column).run for column in asked.getlist("column")]
        for run in [request.path_params.get("run", ""), *asked.getlist("run"), *columns]:
            if run and traces.protocol(run) in UNLISTED:
                raise UnknownRun(run)

    return withhold
