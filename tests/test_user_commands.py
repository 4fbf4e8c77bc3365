"""Users on the command line, and serving to the network only where there are some."""

import subprocess

import pytest

from command_line import COMMAND, PROJECT, disputatio

SECRET = "correct horse"


def user(database, *arguments, password=None):
    """Run `disputatio user …`; what it printed, both outputs together, and its status."""
    done = subprocess.run(
        [*COMMAND, "user", *arguments, "--database", str(database)],
        input=f"{password}\n" if password else "",
        capture_output=True,
        text=True,
        timeout=120,
        cwd=PROJECT,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def database(tmp_path):
    return tmp_path / "record.db"


def test_users_are_made_listed_changed_and_removed(database):
    assert user(database, "list") == (
        0,
        "Nobody has a login: the pages are for one person on this machine.\n",
    )
    made = user(database, "add", "Ada", "--password-stdin", password=SECRET)
    assert made == (0, "Ada may log in as an owner.\n")
    made = user(database, "add", "Bob", "--role", "viewer", "--password-stdin", password=SECRET)
    assert made == (0, "Bob may log in as a viewer.\n")
    assert user(database, "role", "bob", "annotator") == (0, "Bob is an annotator now.\n")
    assert user(database, "password", "bob", "--password-stdin", password="another one")[0] == 0
    status, table = user(database, "list")
    assert (status, [line.split()[:2] for line in table.splitlines()[1:]]) == (
        0,
        [["Ada", "owner"], ["Bob", "annotator"]],
    )
    assert user(database, "remove", "bob") == (0, "bob may not log in any more.\n")
    assert "Bob" not in user(database, "list")[1]


def test_what_cannot_be_done_is_one_sentence(database):
    for arguments, password, said in (
        (("add", "Ada"), None, "give it with --password-stdin"),
        (("add", "Ada", "--password-stdin"), "short", "8 to 1000 characters"),
        (("add", "Ada", "--role", "viewer", "--password-stdin"), SECRET, "first user has to be an owner"),
        (("remove", "Ada"), None, "There is no user 'Ada'"),
    ):
        status, told = user(database, *arguments, password=password)
        assert status == 1
        assert told.startswith("disputatio: ")
        assert said in told
        assert told.count("\n") == 1
    assert user(database, "add", "Ada", "--password-stdin", password=SECRET)[0] == 0
    status, told = user(database, "remove", "Ada")
    assert (status, "only owner" in told) == (1, True)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7"])
def test_without_users_nothing_is_served_to_the_network(database, host):
    done = disputatio("serve", "--host", host, "--port", "0", "--database", str(database))
    assert (done.returncode, done.stdout) == (1, "")
    assert "disputatio user add NAME" in done.stderr
    assert done.stderr.count("\n") == 1
