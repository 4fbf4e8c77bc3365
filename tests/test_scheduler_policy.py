"""Which expert is loaded next, and who makes room for it."""

from engine.pool import Expert
from engine.runtimes.base import Sampling
from engine.scheduler.call import Call, RunInFlight, Unheard
from engine.scheduler.policy import PATIENCE_SECONDS, STARVING_SECONDS, Decision, persons_first
from engine.scheduler.policy import decide as decide_at
from engine.scheduler.seat import Seat, SeatState
from engine.scheduler.task import Generate

NOW = 1000.0


def decide(seats: list[Seat], runs: list[RunInFlight], budget: int, now: float) -> Decision:
    """The decision while batch calls start all the time."""
    return decide_at(seats, runs, budget, batch_started=now, now=now)


def seat(name: str, state: SeatState = "absent", memory: int = 1, last_used: float = 0.0) -> Seat:
    expert = Expert(name=name, title=name, model=name, parameters=1, licence="none")
    return Seat(expert, memory, state=state, last_used=last_used)


def run(began: float = NOW, batch: bool = False) -> RunInFlight:
    return RunInFlight("run", began, batch)


def call(at: Seat, of: RunInFlight, stage: int = 0, queued: float = NOW, running: bool = False) -> Call:
    made = Call(of, "call", at.expert, Generate((), Sampling(max_tokens=1)), stage, Unheard(), queued)
    of.outstanding += 1
    if running:
        at.running.add(made)
    else:
        at.waiting.append(made)
    return made


def test_nothing_waits_nothing_happens() -> None:
    assert decide([seat("a"), seat("b", "loaded")], [], 10, NOW) == Decision()


def test_the_expert_with_the_most_waiting_calls_is_loaded() -> None:
    a, b, of = seat("a"), seat("b"), run()
    call(a, of)
    call(b, of)
    call(b, of)
    assert decide([a, b], [of], 1, NOW) == Decision(load=b)


def test_engines_start_one_at_a_time() -> None:
    a, b, of = seat("a", "loading"), seat("b"), run()
    call(b, of)
    assert decide([a, b], [of], 10, NOW) == Decision()


def test_an_earlier_step_goes_before_a_longer_queue() -> None:
    a, b, behind, ahead = seat("a"), seat("b"), run(), run()
    call(a, behind, stage=0)
    call(b, ahead, stage=1)
    call(b, ahead, stage=1)
    assert decide([a, b], [behind, ahead], 1, NOW).load is a


def test_nobody_is_unloaded_while_a_question_of_an_earlier_step_may_still_need_it() -> None:
    idle, busy, wanted = seat("idle", "loaded"), seat("busy", "loaded"), seat("wanted")
    behind, ahead = run(), run()
    call(busy, behind, stage=0, running=True)
    call(wanted, ahead, stage=1)
    assert decide([idle, busy, wanted], [behind, ahead], 2, NOW) == Decision()
    busy.running.clear()
    call(busy, behind, stage=1, running=True)
    assert decide([idle, busy, wanted], [behind, ahead], 2, NOW) == Decision(load=wanted, unload=(idle,))


def test_nobody_is_unloaded_while_a_run_is_between_two_calls() -> None:
    idle, wanted, thinking, waiting = seat("idle", "loaded"), seat("wanted"), run(), run()
    call(wanted, waiting)
    assert decide([idle, wanted], [thinking, waiting], 1, NOW) == Decision()


def test_the_least_recently_used_makes_room() -> None:
    older, newer, wanted = seat("older", "loaded", 1, 1.0), seat("newer", "loaded", 1, 2.0), seat("wanted")
    of = run()
    call(wanted, of)
    assert decide([newer, older, wanted], [of], 2, NOW) == Decision(load=wanted, unload=(older,))


def test_who_can_never_fit_is_refused() -> None:
    large, of = seat("large", memory=11), run()
    call(large, of)
    assert decide([large], [of], 10, NOW) == Decision(refuse=large)


def test_a_person_goes_before_a_batch_and_the_batch_makes_room() -> None:
    busy, wanted = seat("busy", "loaded"), seat("wanted")
    batch, person = run(NOW - 50, batch=True), run()
    call(busy, batch, running=True, queued=NOW - 50)
    call(wanted, person)
    assert decide([busy, wanted], [batch, person], 1, NOW) == Decision(hold=frozenset({busy}))
    busy.running.clear()
    call(busy, batch, queued=NOW - 50)
    assert decide([busy, wanted], [batch, person], 1, NOW) == Decision(load=wanted, unload=(busy,))


def test_when_no_batch_call_could_start_for_a_minute_the_batch_has_its_turn() -> None:
    batch_wants, person_wants = seat("for-batch"), seat("for-person")
    batch, person = run(NOW - 100, batch=True), run(NOW - 1)
    call(batch_wants, batch, queued=NOW - 100)
    call(person_wants, person, queued=NOW - 1)
    call(person_wants, person, queued=NOW - 1)
    seats = [batch_wants, person_wants]
    starved = decide_at(seats, [batch, person], 1, batch_started=NOW - STARVING_SECONDS - 1, now=NOW)
    assert starved.load is batch_wants
    served = decide_at(seats, [batch, person], 1, batch_started=NOW - 5, now=NOW)
    assert served.load is person_wants


def test_a_batch_alone_is_ordered_by_step_however_long_it_waits() -> None:
    a, b = seat("a"), seat("b")
    behind, ahead = run(NOW - 500, batch=True), run(NOW - 500, batch=True)
    call(a, behind, stage=0, queued=NOW - 10)
    call(b, ahead, stage=1, queued=NOW - 400)
    assert decide_at([a, b], [behind, ahead], 1, batch_started=NOW - 300, now=NOW).load is a


def test_batch_calls_give_way_only_while_a_person_waits() -> None:
    a, batch, person = seat("a"), run(batch=True), run()
    call(a, batch)
    assert not persons_first([a], NOW, NOW)
    call(a, person)
    assert persons_first([a], NOW, NOW)


def test_runs_that_began_much_later_do_not_hold_up_who_waits_longest() -> None:
    busy, wanted = seat("busy", "loaded"), seat("wanted")
    elder = run(NOW - 100)
    newcomer = run(NOW - 100 + PATIENCE_SECONDS + 1)
    call(wanted, elder, stage=2, queued=NOW - 100)
    call(busy, newcomer, stage=0, running=True)
    assert decide([busy, wanted], [elder, newcomer], 1, NOW) == Decision(hold=frozenset({busy}))
