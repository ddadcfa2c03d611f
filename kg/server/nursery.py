"""The process that forks workers: small, of one thread, with the engine loaded and no store open.

A fork of it is ready in some milliseconds. It takes orders from the front over a socket, and when the front is gone,
however that came about, it ends all workers and itself.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import struct
import sys
from pathlib import Path

from kg.server.worker import answer_questions

__all__ = ["HIRE", "KILL", "LOWER", "ORDER", "main"]

#: An order: to hire a worker, with its end of a socket beside the order, or to kill that of a process id or have it
#: give way to all else.
ORDER = struct.Struct("!cI")
HIRE, KILL, LOWER = b"h", b"k", b"l"
_LOWEST = 19


def main(descriptor: int, path: Path, memory: int) -> None:
    """Take orders from the socket of that descriptor until the other side goes away."""
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, signal.SIG_IGN)  # the front decides when to stop; it is told, not we
    orders = socket.socket(fileno=descriptor)
    workers: set[int] = set()
    try:
        while True:
            order, lines, _, _ = socket.recv_fds(orders, ORDER.size, 1)
            if not order:
                break
            _reap(workers)
            what, pid = ORDER.unpack(order)
            if what == KILL and pid in workers:
                os.kill(pid, signal.SIGKILL)
            elif what == LOWER and pid in workers:
                os.setpriority(os.PRIO_PROCESS, pid, _LOWEST)
            for line in lines:
                workers.add(_fork(orders, line, path, memory))
    finally:
        for pid in workers:
            os.kill(pid, signal.SIGKILL)
        for pid in workers:
            os.waitpid(pid, 0)


def _fork(orders: socket.socket, line: int, path: Path, memory: int) -> int:
    pid = os.fork()
    if pid:
        os.close(line)
        return pid
    try:
        orders.close()
        for one in (signal.SIGTERM, signal.SIGHUP, signal.SIGALRM):
            signal.signal(one, signal.SIG_DFL)
        with contextlib.suppress(OSError):  # the front may go away in the middle of an answer
            answer_questions(socket.socket(fileno=line), path, memory)
    except Exception:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(0)


def _reap(workers: set[int]) -> None:
    """Forget the workers that ended; those that did not stay ours, so that no other process can have their id."""
    while workers:
        pid, _ = os.waitpid(-1, os.WNOHANG)
        if not pid:
            break
        workers.discard(pid)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
