"""People with a login: names, passwords, roles, the last owner, and sessions."""

import pytest
from argon2 import PasswordHasher

from engine.errors import UserError
from storage.accounts import Accounts
from storage.database import Database
from storage.errors import LastOwner, NameTaken, UnknownUser
from storage.passwords import Passwords
from storage.sessions import SESSION_SECONDS

SECRET = "correct horse"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
def accounts(database, clock):
    return Accounts(database, clock, Passwords(QUICK))


def hashes(database):
    with database.reader() as connection:
        return connection.exec_driver_sql("SELECT password_hash FROM users ORDER BY number").scalars().all()


def test_nobody_has_a_login_at_first(accounts):
    assert not accounts.any()
    assert accounts.users() == ()
    assert accounts.verified("ada", SECRET) is None


def test_the_first_user_is_the_owner_and_the_next_annotate(accounts):
    assert accounts.add("Zoë", SECRET).role == "owner"
    assert accounts.add("ada", SECRET).role == "annotator"
    assert accounts.add("Vic", SECRET, "viewer").role == "viewer"
    assert accounts.any()
    assert [(one.name, one.role, one.created_at) for one in accounts.users()] == [
        ("ada", "annotator", 1_000_000.0),
        ("Vic", "viewer", 1_000_000.0),
        ("Zoë", "owner", 1_000_000.0),
    ]


@pytest.mark.parametrize("role", ["viewer", "annotator"])
def test_the_first_user_cannot_be_less_than_an_owner(accounts, role):
    with pytest.raises(LastOwner, match="first user has to be an owner"):
        accounts.add("ada", SECRET, role)
    assert not accounts.any()


@pytest.mark.parametrize("again", ["ada", "ADA", " Ada ", "\uff41\uff44\uff41"])
def test_one_name_is_one_person_whatever_its_case(accounts, again):
    accounts.add("Ada", SECRET)
    with pytest.raises(NameTaken):
        accounts.add(again, SECRET)
    assert accounts.verified(again, SECRET).name == "Ada"


@pytest.mark.parametrize(
    "name", ["", "   ", "x" * 41, "a\nb", "a\x00b", "a\u202eb", "a\u2066b", "a\u200bb", "a\x7fb"]
)
def test_a_name_is_one_to_forty_visible_characters(accounts, name):
    with pytest.raises(UserError, match="choose another"):
        accounts.add(name, SECRET)
    assert not accounts.any()


@pytest.mark.parametrize("name", ["x" * 40, "Ada Lovelace", "李雷", "مريم", "O'Neill-Ångström"])
def test_names_of_all_languages_are_fit(accounts, name):
    assert accounts.add(name, SECRET).name == name


@pytest.mark.parametrize("password", ["", "seven77", "x" * 1001])
def test_a_password_has_eight_to_a_thousand_characters(accounts, password):
    with pytest.raises(UserError, match="8 to 1000 characters"):
        accounts.add("ada", password)
    accounts.add("ada", "x" * 8)
    with pytest.raises(UserError, match="8 to 1000 characters"):
        accounts.change_password("ada", password)
    assert accounts.verified("ada", "x" * 8)


def test_a_password_is_kept_as_an_argon2id_hash_of_its_own(accounts, database):
    accounts.add("ada", SECRET)
    accounts.add("bob", SECRET)
    first, second = hashes(database)
    assert first.startswith("$argon2id$")
    assert first != second
    assert SECRET not in first
    assert accounts.verified("ada", SECRET).name == "ada"
    assert accounts.verified("ada", f"{SECRET} ") is None
    assert accounts.verified("ada", "x" * 5000) is None


def test_shipped_parameters_are_at_least_those_of_the_rfc(database):
    """RFC 9106, section 4, second recommended option: t = 3, p = 4, 64 MiB."""
    Accounts(database).add("ada", SECRET)
    assert "$m=65536,t=3,p=4$" in hashes(database)[0]


def test_a_password_is_the_same_however_its_letters_are_composed(accounts):
    accounts.add("ada", "cafe\u0301 au lait")
    assert accounts.verified("ada", "caf\u00e9 au lait")


def test_a_hash_in_older_parameters_is_made_anew_at_login(accounts, database, clock):
    accounts.add("ada", SECRET)
    (before,) = hashes(database)
    newer = Accounts(database, clock, Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)))
    assert newer.verified("ada", "wrong password") is None
    assert hashes(database) == [before]
    assert newer.verified("ada", SECRET)
    (after,) = hashes(database)
    assert "$m=16,t=2,p=1$" in after
    assert newer.verified("ada", SECRET)
    assert hashes(database) == [after]


def test_an_unknown_name_is_compared_with_a_hash_as_well(database):
    """Otherwise the time it takes would tell which names there are."""
    verified = []

    class Watched(PasswordHasher):
        def verify(self, hash, password):
            verified.append(hash)
            return super().verify(hash, password)

    accounts = Accounts(database, passwords=Passwords(Watched(time_cost=1, memory_cost=8, parallelism=1)))
    accounts.add("ada", SECRET)
    for name in ("ada", "nobody"):
        assert accounts.verified(name, "wrong password") is None
    known, unknown = verified
    assert unknown.rpartition("$")[0].rpartition("$")[0] == known.rpartition("$")[0].rpartition("$")[0]


def test_the_last_owner_stays_one(accounts):
    accounts.add("ada", SECRET)
    accounts.add("bob", SECRET)
    for impossible in (
        lambda: accounts.remove("ADA"),
        lambda: accounts.change_role("ada", "viewer"),
        lambda: accounts.change_role("ada", "annotator"),
    ):
        with pytest.raises(LastOwner, match=r"ada is the only owner.*make another user an owner first"):
            impossible()
    assert accounts.change_role("ada", "owner").role == "owner"
    accounts.change_role("bob", "owner")
    accounts.remove("ada")
    assert [(one.name, one.role) for one in accounts.users()] == [("bob", "owner")]


def test_nothing_can_be_done_with_nobody(accounts):
    accounts.add("ada", SECRET)
    for impossible in (
        lambda: accounts.remove("eve"),
        lambda: accounts.change_role("eve", "owner"),
        lambda: accounts.change_password("eve", SECRET),
        lambda: accounts.sessions.begin("eve"),
    ):
        with pytest.raises(UnknownUser, match="no user 'eve'"):
            impossible()


def test_a_session_lasts_thirty_days_or_until_its_end(accounts, clock):
    accounts.add("ada", SECRET)
    token, other = accounts.sessions.begin("ada"), accounts.sessions.begin("Ada")
    assert token != other
    assert accounts.sessions.user(token).name == "ada"
    accounts.sessions.end(other)
    assert accounts.sessions.user(other) is None
    clock.at += SESSION_SECONDS - 1
    assert accounts.sessions.user(token)
    clock.at += 1
    assert accounts.sessions.user(token) is None


def test_the_database_has_no_token_by_which_to_log_in(accounts, database):
    accounts.add("ada", SECRET)
    token = accounts.sessions.begin("ada")
    with database.reader() as connection:
        (kept,) = connection.exec_driver_sql("SELECT token_hash FROM sessions").scalars()
    assert kept != token
    assert accounts.sessions.user(kept) is None
    assert accounts.sessions.user("") is None
    assert accounts.sessions.user("\udcff") is None


def test_what_ends_a_session_ends_it_for_another_process(accounts, database):
    for name in ("ada", "bob"):
        accounts.add(name, SECRET)
    token, theirs = accounts.sessions.begin("ada"), accounts.sessions.begin("bob")
    elsewhere = Database(database.path)
    try:
        there = Accounts(elsewhere, passwords=Passwords(QUICK))
        there.change_role("bob", "viewer")
        assert accounts.sessions.user(theirs).role == "viewer"
        there.change_password("ada", "another one")
        assert accounts.sessions.user(token) is None
        assert accounts.sessions.user(theirs)
        there.remove("bob")
        assert accounts.sessions.user(theirs) is None
    finally:
        elsewhere.close()
