"""A recorded run as the form of the Ask page holds it, to be asked again."""

from dataclasses import dataclass

from engine.errors import UserError
from engine.protocols import DEFAULT_PROTOCOL, PROTOCOLS
from storage.records import RunRecord
from storage.traces import Traces
from ui.manner_form import Manner


@dataclass(frozen=True, slots=True)
class Again:
    """The run, how it was answered as far as that can be had now, and what to say where it cannot; else ""."""

    run: RunRecord
    manner: Manner
    problem: str


def again(traces: Traces, run: str, pools: list[str], in_use: str) -> Again:
    """The run of that id with its own seed; a pool that is not there any more gives way to the one `in_use`.

    Raises UserError where there is no such run.
    """
    record = traces.run(run)
    if record is None:
        raise UserError(f"There is no run {run} to ask again: it may have been deleted.")
    pool, protocol, settings = record.pool, record.protocol, record.settings
    problems: list[str] = []
    if pool not in pools:
        problems.append(f"Pool {pool} is not there any more: {in_use} would answer.")
        pool = in_use
    if protocol not in PROTOCOLS:
        problems.append(f"There is no protocol {protocol} any more.")
        protocol, settings = DEFAULT_PROTOCOL, {}
    return Again(record, Manner(pool, protocol, settings, record.seed), " ".join(problems))
