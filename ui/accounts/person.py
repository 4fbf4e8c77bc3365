"""The person who sent a request, for the routes to ask for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from fastapi.routing import APIRoute

from storage.user import ROLES, Role

_READING = ("GET", "HEAD", "OPTIONS")
_MAY: dict[Role, str] = {
    "viewer": "who are logged in may do this",
    "annotator": "annotators and owners may do this",
    "owner": "an owner may do this",
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the pages, by name, and what they may do."""

    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Whether this person may do all that a `role` may."""
        return ROLES.index(self.role) >= ROLES.index(role)


ALONE = Person("you", "owner")
"""The one person there is where nobody has a login."""


def refusal(role: Role) -> str:
    """What a person is told who may not do what is left to a `role`."""
    return f"Only {_MAY[role]}: ask an owner to change your role."


def person(request: Request) -> Person:
    """A dependency: who sent the request, as `ui.accounts.guard` found out."""
    found = request.scope.get("person")
    if not isinstance(found, Person):
        raise RuntimeError("Nothing tells who sent the request: the application has no Guard in front of it.")
    return found


class Requirement:
    """A dependency that gives the person, and answers 403 with a sentence whoever may do less than a `role`."""

    def __init__(self, role: Role) -> None:
        self.role = role

    def __call__(self, who: Annotated[Person, Depends(person)]) -> Person:
        """The person, if they may."""
        if not who.may(self.role):
            raise HTTPException(403, refusal(self.role))
        return who


def require(role: Role) -> Callable[..., Person]:
    """A dependency: the person, of this role or a higher one. What states none and changes something is the owner's."""
    return Requirement(role)


def owners_change(request: Request, who: Annotated[Person, Depends(person)]) -> None:
    """A dependency of the whole application: what changes something is the owner's, unless the route requires less."""
    route = request.scope.get("route")
    stated = isinstance(route, APIRoute) and any(
        isinstance(dependency.call, Requirement) for dependency in route.dependant.dependencies
    )
    if request.method not in _READING and not stated and not who.may("owner"):
        raise HTTPException(403, refusal("owner"))
