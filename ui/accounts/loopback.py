"""Telling this machine from the network."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from engine.errors import UserError
from storage.accounts import Accounts


def is_loopback(host: str) -> bool:
    """Whether only this machine can be meant by a host's name or address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def host_of(header: str) -> str:
    """The host in a Host header, without its port; empty where that cannot be read."""
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""


def require_users(host: str, accounts: Accounts) -> None:
    """Raises UserError where the pages would be open to the network and nobody has a login."""
    if not is_loopback(host) and not accounts.any():
        raise UserError(
            f"At {host or 'all addresses'} anybody on the network could use Disputatio, as nobody has a login: make "
            "yourself one with `disputatio user add NAME`, then serve again; or leave --host out."
        )
