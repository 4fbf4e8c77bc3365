"""The pools and profiles to choose from: shipped, a person's own, and the ones named at the start."""

from pathlib import Path

import pytest

from engine.catalogue import Catalogue
from engine.errors import UserError
from engine.pool import SHIPPED_POOLS, read_pool
from engine.profile import Profile, ProfiledQuestion

POCKET = (SHIPPED_POOLS / "pocket.toml").read_text("utf-8")


def write_pool(folder: Path, file: str, name: str) -> Path:
    """A pool file of a person's own: the shipped one under another name."""
    path = folder / "pools" / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(POCKET.replace('name = "pocket"', f'name = "{name}"', 1), "utf-8")
    return path


def profile(pool: str, made_how: str) -> Profile:
    question = ProfiledQuestion(
        id="q",
        source="s",
        kind="math",
        question="?",
        gold="2",
        skills=("sums",),
        right={"smollm2-135m": True},
    )
    return Profile(pool=pool, made="2026-11-21", made_how=made_how, questions=(question,))


def write_profile(path: Path, pool: str, made_how: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(profile(pool, made_how).model_dump_json(), "utf-8")
    return path


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return Catalogue(tmp_path, read_pool("pocket"))


def names(catalogue: Catalogue) -> list[str]:
    return [pool.name for pool in catalogue.pools()]


def test_shipped_pools_are_there_and_a_persons_own_as_soon_as_it_is_written(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    assert names(catalogue) == ["pocket", "paper"]
    write_pool(tmp_path, "mine.toml", "mine")
    assert names(catalogue) == ["pocket", "paper", "mine"]
    assert catalogue.roster("mine").pool.name == "mine"
    assert catalogue.problems() == ()


def test_the_named_pool_comes_first_wherever_its_file_is(tmp_path: Path) -> None:
    path = write_pool(tmp_path / "..", "elsewhere.toml", "elsewhere")
    catalogue = Catalogue(tmp_path, read_pool(str(path)))
    assert names(catalogue) == ["elsewhere", "paper", "pocket"]


def test_a_pool_of_ones_own_can_be_named_without_its_path(tmp_path: Path) -> None:
    write_pool(tmp_path, "mine.toml", "mine")
    named = read_pool("mine", tmp_path / "pools")
    catalogue = Catalogue(tmp_path, named)
    assert (named.name, names(catalogue)) == ("mine", ["mine", "paper", "pocket"])
    assert catalogue.problems() == ()


def test_a_broken_pool_file_is_named_with_its_reason_and_hides_no_other(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    write_pool(tmp_path, "good.toml", "good")
    (tmp_path / "pools" / "broken.toml").write_text('name = "broken"')
    (tmp_path / "pools" / "torn.toml").write_text("name = ")
    assert names(catalogue) == ["pocket", "paper", "good"]
    broken, torn = catalogue.problems()
    assert "broken.toml" in broken
    assert "title" in broken
    assert "torn.toml is not valid TOML" in torn


def test_a_pool_file_that_takes_anothers_name_is_left_out_and_told(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    path = write_pool(tmp_path, "copy.toml", "pocket")
    path.write_text(path.read_text().replace("max_tokens = 512", "max_tokens = 64"))
    assert names(catalogue) == ["pocket", "paper"]
    (problem,) = catalogue.problems()
    assert "copy.toml" in problem
    assert "pocket" in problem


def test_a_pool_that_is_not_there_any_more_is_told(catalogue: Catalogue, tmp_path: Path) -> None:
    write_pool(tmp_path, "mine.toml", "mine").unlink()
    with pytest.raises(UserError, match=r"no pool 'mine'.*pocket, paper"):
        catalogue.roster("mine")


def test_ones_own_profile_goes_before_the_shipped_one(catalogue: Catalogue, tmp_path: Path) -> None:
    shipped = catalogue.roster("pocket").profile
    assert shipped is not None
    assert len(shipped.questions) >= 160
    assert len({question.source for question in shipped.questions}) >= 4
    assert set(shipped.scores()) == {expert.name for expert in read_pool("pocket").experts}

    write_profile(tmp_path / "profiles" / "pocket.json", "pocket", "mine")
    assert catalogue.roster("pocket").profile == profile("pocket", "mine")
    assert [file.name for file in catalogue.profiles("pocket")] == ["own/pocket", "shipped/pocket"]


def test_the_profile_named_at_the_start_goes_before_all_and_only_for_its_pool(tmp_path: Path) -> None:
    named = write_profile(tmp_path / "profiles" / "named.json", "pocket", "named")
    write_profile(tmp_path / "profiles" / "pocket.json", "pocket", "mine")
    catalogue = Catalogue(tmp_path, read_pool("pocket"), named)
    assert catalogue.roster("pocket").profile == profile("pocket", "named")
    assert [file.name for file in catalogue.profiles("pocket")] == [
        "given/named",
        "own/pocket",
        "shipped/pocket",
    ]
    assert catalogue.roster("paper").profile is None


def test_a_profile_that_is_chosen_stays_chosen(catalogue: Catalogue, tmp_path: Path) -> None:
    write_profile(tmp_path / "profiles" / "pocket.json", "pocket", "mine")
    write_profile(tmp_path / "profiles" / "sums.json", "pocket", "sums only")
    write_profile(tmp_path / "profiles" / "paper.json", "paper", "of another pool")
    catalogue.choose_profile("pocket", "own/sums")
    assert catalogue.roster("pocket").profile == profile("pocket", "sums only")
    catalogue.choose_profile("pocket", None)
    assert catalogue.roster("pocket").profile is None
    with pytest.raises(
        UserError, match=r"no profile 'own/paper'; it has own/pocket, own/sums, shipped/pocket"
    ):
        catalogue.choose_profile("pocket", "own/paper")


def test_a_chosen_profile_that_vanished_is_told(catalogue: Catalogue, tmp_path: Path) -> None:
    path = write_profile(tmp_path / "profiles" / "sums.json", "pocket", "sums only")
    catalogue.choose_profile("pocket", "own/sums")
    path.unlink()
    with pytest.raises(UserError, match="no profile 'own/sums'"):
        catalogue.roster("pocket")


def test_a_broken_profile_is_named_and_hides_no_other(catalogue: Catalogue, tmp_path: Path) -> None:
    write_profile(tmp_path / "profiles" / "pocket.json", "pocket", "mine").write_text("{}")
    assert [file.name for file in catalogue.profiles("pocket")] == ["shipped/pocket"]
    (problem,) = catalogue.problems()
    assert "pocket.json is not a profile file" in problem


def test_a_profile_named_at_the_start_has_to_be_right(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        Catalogue(tmp_path, read_pool("pocket"), tmp_path / "none.json")
