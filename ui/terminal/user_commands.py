"""The commands that say who may log in."""

import sys
from datetime import datetime
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from engine.errors import UserError
from storage.record import recording
from storage.user import Role
from ui.terminal.options import DEFAULT_DATABASE, DatabaseOption
from ui.terminal.wiring import tell

user = typer.Typer(no_args_is_help=True, help="Say who may log in, and what they may do.")

RoleArgument = Literal["viewer", "annotator", "owner"]
_ROLES = "A viewer reads, an annotator also judges critiques, an owner may do everything."
PasswordOption = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from the first line of stdin.")
]


@user.command()
def add(
    name: str,
    role: Annotated[
        RoleArgument | None,
        typer.Option(help=f"{_ROLES} Left out: owner for the first user, annotator for any other."),
    ] = None,
    password_stdin: PasswordOption = False,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Make a login. As soon as there is one, the pages ask everybody to log in."""
    with recording(database) as record:
        made = record.accounts.add(name, _password(password_stdin), role)
    tell(f"{made.name} may log in as {_WITH_ARTICLE[made.role]}.")


@user.command("list")
def list_users(database: DatabaseOption = DEFAULT_DATABASE) -> None:
    """List who may log in."""
    with recording(database) as record:
        users = record.accounts.users()
    if not users:
        tell("Nobody has a login: the pages are for one person on this machine.")
        return
    table = Table("name", "role", "since", box=None)
    for one in users:
        table.add_row(Text(one.name), one.role, datetime.fromtimestamp(one.created_at).strftime("%Y-%m-%d"))
    Console().print(table)


@user.command()
def remove(name: str, database: DatabaseOption = DEFAULT_DATABASE) -> None:
    """Take a login away, at once and in every browser. What the person made stays."""
    with recording(database) as record:
        record.accounts.remove(name)
    tell(f"{name} may not log in any more.")


@user.command("role")
def change_role(
    name: str,
    role: Annotated[RoleArgument, typer.Argument(help=_ROLES)],
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Give somebody another role, at once."""
    with recording(database) as record:
        changed = record.accounts.change_role(name, role)
    tell(f"{changed.name} is {_WITH_ARTICLE[changed.role]} now.")


@user.command("password")
def change_password(
    name: str, password_stdin: PasswordOption = False, database: DatabaseOption = DEFAULT_DATABASE
) -> None:
    """Give somebody another password; in every browser they have to log in anew."""
    with recording(database) as record:
        record.accounts.change_password(name, _password(password_stdin))
    tell(f"The password of {name} is changed.")


_WITH_ARTICLE: dict[Role, str] = {"viewer": "a viewer", "annotator": "an annotator", "owner": "an owner"}


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise UserError("The password is asked for on a terminal: elsewhere, give it with --password-stdin.")
    password: str = typer.prompt("Password", hide_input=True, confirmation_prompt="The same again")
    return password
