"""A question asked in a process of its own, which can be stopped: a query may run for ever, or end the engine.

The engine cannot be interrupted and dies of some queries. In a child process it takes only the child with it; the
child may take so much time and memory, and no more.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from kg.errors import KgError

__all__ = ["ask_in_worker", "limit_memory"]

#: Bytes of address space that a question may take.
_MOST_MEMORY = 8 * 2**30


def ask_in_worker(ask: Callable[[], Any], seconds: float) -> Any:
    """Give what ``ask()`` gives, or raise what it raises; after so many seconds it is stopped.

    Where processes cannot be forked (Windows) it is asked here, without a limit.

    Raises
    ------
    KgError
        If it takes longer, takes too much memory, or ends the engine; one sentence says which.

    """
    if "fork" not in multiprocessing.get_all_start_methods():
        return ask()
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    worker = context.Process(target=_work, args=(ask, sender), daemon=True)
    worker.start()
    sender.close()
    try:
        if not receiver.poll(seconds):
            what = f"the query was stopped after {seconds:g} seconds"
            raise KgError(what, remedy="ask for less, add a LIMIT, or allow more with --timeout")
        try:
            answer = receiver.recv()
        except EOFError:
            worker.join()
            raise KgError(_how_it_ended(worker.exitcode or 0), remedy="simplify the query") from None
    finally:
        worker.kill()
        worker.join()
        receiver.close()
    if isinstance(answer, BaseException):
        raise answer
    return answer


def _how_it_ended(code: int) -> str:
    if code < 0:
        return f"the query ended the engine ({signal.Signals(-code).name})"
    return "the query took more memory than is allowed"


def _work(ask: Callable[[], Any], sender: Connection) -> None:
    """Ask, and send the answer or the error; runs in the child."""
    limit_memory(_MOST_MEMORY)
    try:
        answer = ask()
    except KgError as error:
        answer = error
    except MemoryError:
        sys.exit(1)  # the parent sees that nothing came
    sender.send(answer)


def limit_memory(most: int) -> None:
    """Allow this process so many bytes of address space, for good; where it cannot be limited (Windows), do nothing."""
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
