"""How a batch's bar tells pace and time left, by a clock that the test sets."""

import io

import pytest
from rich.console import Console

from clock import Clock
from engine.events import CallDelta, CallFailed, Event
from storage_events import call_finished, call_queued, run_finished
from ui.terminal.batch_bar import BatchBar, Pace
from ui.terminal.time_left import TimeLeft, roughly


def wrote(run: str, *calls: int) -> list[Event]:
    """A run's calls of so many tokens."""
    events: list[Event] = []
    for place, tokens in enumerate(calls):
        delta = CallDelta(run=run, at=0.0, call=f"c{place}", text="x", tokens=tokens)
        events += [call_queued(run, f"c{place}"), delta, call_finished(run, f"c{place}", "x", tokens=tokens)]
    return events


def told(time_left: TimeLeft | BatchBar, *events: Event) -> None:
    for event in events:
        time_left.tell(event)


def test_nothing_is_said_before_a_question_is_done(clock: Clock) -> None:
    left = TimeLeft(40, {}, clock)
    assert left.seconds is None
    clock.at += 600
    told(left, *wrote("r1", 50, 900))
    assert left.seconds is None
    # A run that failed does not show what a question needs.
    told(left, run_finished("r2", None, outcome="failed", correct=None, text=None, error="It broke."))
    assert left.seconds is None


def test_a_burst_of_ends_after_half_an_hour_is_no_mistake_of_the_time_left(clock: Clock) -> None:
    left = TimeLeft(40, {}, clock)
    for run in range(40):
        told(left, *wrote(f"r{run}", 50, 900))
    for run in range(4):
        told(left, *wrote(f"r{run}", 300))
    clock.at += 1800
    for run in range(4):
        told(left, run_finished(f"r{run}"))
    # 4 questions took 1250 tokens; 36 have 950 and need 300 more: 10 800 tokens are left of 39 200 in 1800 s.
    assert left.seconds == pytest.approx(1800 * 10_800 / 39_200)


def test_questions_that_end_far_apart_have_a_time_left(clock: Clock) -> None:
    left = TimeLeft(10, {}, clock)
    for run in range(3):
        clock.at += 40
        told(left, *wrote(f"r{run}", 100), run_finished(f"r{run}"))
        # One at a time: 40 s for each of those that are left.
        assert left.seconds == pytest.approx(40 * (9 - run))
    clock.at += 40  # nothing comes: the pace is slower than it seemed
    assert left.seconds == pytest.approx(160 / 3 * 7)


def test_a_question_that_wrote_more_than_the_others_needs_one_more_call(clock: Clock) -> None:
    left = TimeLeft(2, {}, clock)
    told(left, *wrote("easy", 100), *wrote("hard", 100, 100, 100))
    clock.at += 40
    told(left, run_finished("easy"))
    # 400 tokens in 4 calls and 40 s: a call of 100 tokens takes 10 s.
    assert left.seconds == pytest.approx(10)
    told(left, run_finished("hard"))
    assert left.seconds == 0


def test_what_earlier_sittings_wrote_is_work_but_not_pace(clock: Clock) -> None:
    left = TimeLeft(3, {"r1": 900, "r2": 500}, clock)
    told(left, *wrote("r1", 100))
    clock.at += 10
    told(left, run_finished("r1"))
    # A question needs 1000; 500 are left of r2 and 1000 of the third, at 10 tokens a second.
    assert left.seconds == pytest.approx(150)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "< 1 min left"),
        (60, "< 1 min left"),
        (61, "about 2 min left"),
        (5940, "about 99 min left"),
        (5941, "about 1.7 h left"),
        (90_000, "about 25.0 h left"),
    ],
)
def test_an_estimate_is_told_in_minutes_or_hours(seconds: float, words: str) -> None:
    assert roughly(seconds) == words


def test_the_pace_is_of_the_last_whole_seconds(clock: Clock) -> None:
    pace = Pace(clock)
    assert pace.add(30) is None
    assert pace.add(30) is None
    clock.at += 1
    assert pace.add(5) == 60
    assert pace.add(5) is None
    clock.at += 2
    # 60 and 10 tokens in the three seconds before this one, in one of which nothing came.
    assert pace.add(1) == pytest.approx(70 / 3)
    clock.at += 21
    assert pace.add(1) == 0  # all of it is too long ago
    clock.at += 1
    assert pace.add(1) == 1


def test_the_bar_tells_questions_calls_pace_and_time_left(clock: Clock) -> None:
    out = io.StringIO()
    with BatchBar(Console(file=out, width=110), 2, 12, {}, clock) as bar:
        told(bar, *wrote("r1", 1200))
        clock.at += 20
        told(bar, *wrote("r1", 60), run_finished("r1"), call_queued("r2", "a"))
        failed = CallFailed(run="r2", at=0.0, call="a", message="No.", seconds=1.0)
        broke = "[b]It broke.[/b]"
        told(bar, failed, run_finished("r2", None, outcome="failed", correct=None, text=None, error=broke))
    said, last = out.getvalue().splitlines()
    assert said == "r2: [b]It broke.[/b]"
    # 1200 tokens in the 20 s before; 1260 for a question, and eight are left.
    assert last.startswith(" 4/12 questions ")
    assert last.endswith(" 3/3 calls 60 tokens/s 0:00:20 about 3 min left")


def test_the_bar_goes_on_while_answers_are_scored_which_writes_nothing(clock: Clock) -> None:
    out = io.StringIO()
    with BatchBar(Console(file=out, width=110), 0, 12, {}, clock) as bar:
        told(bar, *wrote("r1", 1200), run_finished("r1"))
        clock.at += 1000
        told(bar, call_queued("r2", "reward"), call_finished("r2", "reward", "", tokens=0))
    assert " 2/2 calls 0 tokens/s 0:16:40 about " in out.getvalue()


@pytest.mark.parametrize("width", [80, 120])
def test_the_bar_fits_and_says_no_time_left_at_its_end(width: int, clock: Clock) -> None:
    out = io.StringIO()
    with BatchBar(Console(file=out, width=width), 0, 1000, {}, clock) as bar:
        for run in range(1000):
            told(bar, *wrote(f"r{run}", 10_000, 10_000))
            clock.at += 6
            told(bar, run_finished(f"r{run}"))
    (line,) = out.getvalue().splitlines()
    assert line.startswith("1000/1000 questions ")
    assert line.rstrip().endswith(" 2000/2000 calls 3,333 tokens/s 1:40:00")
