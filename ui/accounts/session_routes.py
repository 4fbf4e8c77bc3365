"""Who is logged in, as the pages' JavaScript reads it."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends

from ui.accounts.person import ALONE, Person, person


def session_routes() -> APIRouter:
    """`/session`."""
    router = APIRouter()

    @router.get("/session")
    def session(who: Annotated[Person, Depends(person)]) -> dict[str, Any]:
        """The person's name and role, and whether there is this single person because nobody has a login."""
        return {"name": who.name, "role": who.role, "single": who is ALONE}

    return router
