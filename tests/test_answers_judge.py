r"""Which answers are the same, by a real process that computes; equalities were worked out by hand."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import psutil
import pytest

from engine.answers import Judge
from engine.question import Question

NUMBER = Question("How much?", kind="math")
LABEL = Question("Which?", choices=("yes", "no"), kind="choice")
OPEN = Question("Why?")
ENDLESS = "9^(9^9)"
PROJECT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def judge() -> Iterator[Judge]:
    judge = Judge()
    yield judge
    judge.close()


def both_ways(judge: Judge, first: str, second: str, question: Question) -> set[bool]:
    """Each comparison in an event loop of its own."""
    pairs = ((first, second), (second, first))
    return {asyncio.run(judge.same(*pair, question)) for pair in pairs}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("0.5", "1/2"),
        ("\\frac12", "1/2"),
        ("\\dfrac{3}{4}", "0.75"),
        ("2\\frac{1}{2}", "2.5"),
        ("72.0", "72"),
        ("080", "80"),
        ("1,234.50", "1234.5"),
        ("1{,}234", "1\\,234"),
        ("$18", "18 dollars"),
        ("50%", "50"),
        ("x = 5", "5"),
        ("90^\\circ", "90"),
        ("12 \\text{ cm}", "12"),
        ("\u22123", "\\frac{-6}{2}"),
        ("3 \\times 10^8", "300,000,000"),
        ("1.5 million", "1500000"),
        ("x^2+2x+1", "(x+1)^2"),
        ("2\\sqrt{3}", "sqrt(12)"),
        ("2*pi", "2\\pi"),
        ("x**2", "x^2"),
        ("2^{10}", "1024"),
        ("\\{1,2\\}", "\\{2,1\\}"),
        ("sin(x)^2+cos(x)^2", "1"),
        ("\\text{Tuesday}", "tuesday"),
        (ENDLESS, ENDLESS),
    ],
)
def test_equal_mathematics_is_the_same(judge: Judge, first: str, second: str) -> None:
    assert both_ways(judge, first, second, NUMBER) == {True}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1/3", "0.3333"),
        ("5", "6"),
        ("3", "-3"),
        ("1/0", "5"),
        ("(1,2)", "(2,1)"),
        ("x^2", "y^2"),
        ("no", "on"),
        ("Tuesday", "Monday"),
        ("{" * 400, "}" * 300),
        ("\ud800", "3"),
        ("3" * 5000, "3" * 4999),
    ],
)
def test_other_mathematics_is_not(judge: Judge, first: str, second: str) -> None:
    assert both_ways(judge, first, second, NUMBER) == {False}


def test_labels_are_compared_without_case_and_open_answers_by_their_words(judge: Judge) -> None:
    assert both_ways(judge, "A", "a ", LABEL) == {True}
    assert both_ways(judge, "A", "B", LABEL) == {False}
    assert both_ways(judge, "The  Rayleigh-scattering!", "rayleigh scattering", OPEN) == {True}
    assert both_ways(judge, "It is 3.5.", "It is 35.", OPEN) == {False}


def test_answers_are_grouped_largest_first_then_earliest(judge: Judge) -> None:
    answers = ["7", "1/2", None, "(x+1)^2", "0.5", "7.0", "\\frac12", None]
    assert asyncio.run(judge.group(answers, NUMBER)) == [[1, 4, 6], [0, 5], [3]]
    assert asyncio.run(judge.plurality(answers, NUMBER)) == "1/2"


def test_the_earliest_of_equally_frequent_answers_wins(judge: Judge) -> None:
    assert asyncio.run(judge.plurality(["B", None, "A"], LABEL)) == "B"


def test_no_answer_agrees_with_nothing(judge: Judge) -> None:
    assert asyncio.run(judge.group([None, None], LABEL)) == []
    assert asyncio.run(judge.plurality([None], LABEL)) is None
    assert not asyncio.run(judge.same(None, None, LABEL))


def test_an_endless_computation_holds_up_neither_the_loop_nor_later_comparisons() -> None:
    async def compare() -> tuple[bool, bool, int]:
        judge = Judge(seconds=3)
        ticks = 0
        endless = asyncio.create_task(judge.same(ENDLESS, "x+x", NUMBER))
        while not endless.done():
            await asyncio.sleep(0.01)
            ticks += 1
        later = await judge.same("x+x", "2x", NUMBER)
        judge.close()
        return await endless, later, ticks

    endless, later, ticks = asyncio.run(compare())
    assert not endless
    assert later
    assert ticks > 10


def test_closing_interrupts_a_comparison_and_allows_no_more() -> None:
    async def close_meanwhile() -> None:
        others = set(psutil.Process().children())
        judge = Judge(seconds=600)
        assert await judge.same("x+x", "2x", NUMBER)
        process = child_of(os.getpid(), others)
        has_computed = computing(process)
        endless = asyncio.create_task(judge.same(ENDLESS, "x+x", NUMBER))
        while not has_computed():
            await asyncio.sleep(0.01)
        judge.close()
        assert gone(process)
        with pytest.raises(RuntimeError):
            await endless
        with pytest.raises(RuntimeError):
            await judge.same("x+x", "2x", NUMBER)

    asyncio.run(close_meanwhile())


APP = f"""
import asyncio
from engine.answers import Judge
from engine.question import Question

async def main():
    judge, question = Judge(seconds=600), Question("How much?", kind="math")
    print(await judge.same("x+x", "2x", question), flush=True)
    await judge.same({ENDLESS!r}, "x+x", question)

asyncio.run(main())
"""


def test_the_process_does_not_outlive_a_killed_app_though_it_computes() -> None:
    with subprocess.Popen([sys.executable, "-c", APP], cwd=PROJECT, stdout=subprocess.PIPE) as app:
        assert app.stdout is not None
        assert app.stdout.readline() == b"True\n"
        process = child_of(app.pid)
        until(computing(process))
        app.send_signal(signal.SIGKILL)
        app.wait()
        until(lambda: gone(process))


def test_the_app_itself_does_not_load_the_algebra() -> None:
    code = "import sys, engine.answers; sys.exit('sympy' in sys.modules or 'math_verify' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=False).returncode == 0


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def child_of(parent: int, other_than: Collection[psutil.Process] = ()) -> psutil.Process:
    (child,) = set(psutil.Process(parent).children()) - set(other_than)
    return child


def computing(process: psutil.Process) -> Callable[[], bool]:
    """Whether the process has computed for 0.3 s since."""
    begun = process.cpu_times().user
    return lambda: process.cpu_times().user > begun + 0.3


def gone(process: psutil.Process) -> bool:
    """An ended process stays known until its parent, which may be gone itself, has asked for its status."""
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
