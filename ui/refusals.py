"""How what cannot be done is told to the pages' JavaScript: `{"detail": one sentence}` and a fitting status."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from engine.errors import UserError, first_fault
from storage.errors import (
    NotAnAnnotator,
    NotWritten,
    UnknownBatch,
    UnknownCall,
    UnknownItem,
    UnknownQueue,
    UnknownRun,
)
from ui.comparison.errors import ColumnsUnfit, NothingToCompare, UnknownExpert, UnknownRow

_STATUS: dict[type[UserError], int] = {
    **dict.fromkeys((UnknownRun, UnknownBatch, UnknownExpert, UnknownRow, NothingToCompare), 404),
    **dict.fromkeys((UnknownQueue, UnknownItem, UnknownCall), 404),
    NotAnAnnotator: 403,
    ColumnsUnfit: 400,
    NotWritten: 503,
}


def tell_refusals(application: FastAPI) -> None:
    """Have the application answer with an error's sentence wherever a route raises a UserError or is asked wrongly."""

    @application.exception_handler(UserError)
    def refused(_request: Request, error: UserError) -> JSONResponse:
        return JSONResponse({"detail": str(error)}, _STATUS.get(type(error), 409))

    @application.exception_handler(RequestValidationError)
    def misunderstood(_request: Request, error: RequestValidationError) -> JSONResponse:
        where, fault = first_fault(error.errors(), "the request", outer=1)
        return JSONResponse({"detail": f"{where} is not right: {fault}."}, 422)
