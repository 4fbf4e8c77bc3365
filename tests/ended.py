"""Whether processes have ended, told by the kernel."""

import os
import select

import psutil


class Watched:
    """A process with its descendants and group as they are now."""

    def __init__(self, pid: int) -> None:
        family = {pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))}
        self.pids = {*family, *(other for other in psutil.pids() if _group(other) == pid)}
        self._pidfds = [os.pidfd_open(one) for one in self.pids]

    def ended_within(self, seconds: float) -> bool:
        """Wait until all of them have ended; whether they did in that time each."""
        ended = [bool(select.select([pidfd], [], [], seconds)[0]) for pidfd in self._pidfds]
        for pidfd in self._pidfds:
            os.close(pidfd)
        return all(ended)


def _group(pid: int) -> int | None:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return None
