"""The workers as the front sees them: a question goes to one that is free, and a worker that ends is replaced.

No question can harm another: what runs too long, takes too much memory or ends the engine ends one worker, and a
question whose worker was ended from outside is asked again. Some workers are always ready, and what does not end at
once gives way to all else; so a short question hardly notices long ones. Where no further worker is allowed and
somebody waits, the question that has run longest is ended.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from kg.errors import InputError, KgError
from kg.server.messages import HEAD, Question, Reply, packed
from kg.server.nursery import HIRE, KILL, LOWER, ORDER
from kg.server.settings import Settings

__all__ = ["BusyError", "Pool", "StoppedError"]

#: How many workers wait for questions, where so many are allowed.
_READY = 4
#: Seconds after which a question gives way to others.
_SHORT = 0.1
#: Seconds that a question waits for a worker before one that has run for so many seconds is ended for it.
_PATIENCE, _LONG = 0.1, 1.0
#: How often a question is asked whose worker ended: once more, since the worker may have been ended from outside.
_ATTEMPTS = 2
#: Seconds between two attempts to hire, where the store is being replaced or cannot be opened.
_PAUSE = 0.05


class BusyError(KgError):
    """So many questions wait that no further one may."""


class StoppedError(KgError):
    """The question was stopped: it took too long, too much memory, or ended the engine."""


@dataclass(slots=True, eq=False)
class _Worker:
    pid: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    edition: object
    since: float = 0.0
    reason: str = ""
    """Why we ended it, where it was us."""


@dataclass(slots=True)
class Pool:
    """The workers of a server. ``start`` it, ``ask`` it, ``stop`` it; all in one event loop."""

    settings: Settings
    _nursery: subprocess.Popen[bytes] | None = None
    _orders: socket.socket | None = None
    _idle: asyncio.Queue[_Worker] = field(default_factory=asyncio.Queue)
    _busy: set[_Worker] = field(default_factory=set)
    _hiring: set[asyncio.Task[None]] = field(default_factory=set)
    _waiting: int = 0
    _stopping: bool = False

    async def start(self) -> None:
        """Hire the workers; gives when the first is there.

        Raises
        ------
        InputError
            If the store cannot be opened.

        """
        self._open_nursery()
        self._idle.put_nowait(await self._hired())
        self._hire()

    def stop(self) -> None:
        """End all workers at once; questions that are being answered end as stopped."""
        self._stopping = True
        for task in self._hiring:
            task.cancel()
        if self._orders:
            self._orders.close()
        if self._nursery:
            self._nursery.wait(timeout=5)
        while not self._idle.empty():
            self._idle.get_nowait().writer.close()

    async def ask(self, question: Question) -> tuple[Reply, bytes]:
        """Have a question answered within its time.

        Raises
        ------
        BusyError
            If too many wait already.
        StoppedError
            If it takes longer, takes more memory, or ends the engine; one sentence says which.

        """
        loop = asyncio.get_running_loop()
        left = question["seconds"]
        for _ in range(_ATTEMPTS):
            worker = await self._free_worker(left)
            worker.since, worker.reason = loop.time(), ""
            self._busy.add(worker)
            self._hire()
            lowering = loop.call_later(_SHORT, self._order, LOWER, worker.pid)
            try:
                answer = await _exchange(worker, {**question, "seconds": left})
            except (asyncio.IncompleteReadError, OSError):
                self._part_with(worker)
                if worker.reason:
                    raise StoppedError(worker.reason) from None
                left -= loop.time() - worker.since
                if left < 0.01:
                    what = f"the query was stopped after {question['seconds']:g} seconds"
                    raise StoppedError(what, remedy="ask for less") from None
                if self._stopping:
                    raise StoppedError("the server is being stopped") from None
            except asyncio.CancelledError:  # the client went away
                self._dismiss(worker)
                raise
            else:
                if loop.time() - worker.since < _SHORT and self._idle.qsize() < _READY:
                    self._busy.discard(worker)
                    self._idle.put_nowait(worker)
                else:
                    self._dismiss(worker)
                return answer
            finally:
                lowering.cancel()
        raise StoppedError("the query ended the engine or took more memory than is allowed", remedy="simplify it")

    async def _free_worker(self, seconds: float) -> _Worker:
        """Wait for a worker that lives and has the present edition of the store open."""
        if self._idle.empty() and self._waiting >= self.settings.waiting:
            raise BusyError("the server is busy", remedy="try again in a moment")
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        self._waiting += 1
        try:
            while not self._stopping and loop.time() < until:
                try:
                    async with asyncio.timeout(_PATIENCE):
                        worker = await self._idle.get()
                except TimeoutError:
                    self._end_the_longest()
                    continue
                if not worker.reader.at_eof() and worker.edition == _edition(self.settings.store):
                    return worker
                self._dismiss(worker)
        finally:
            self._waiting -= 1
        raise BusyError("the server is being stopped" if self._stopping else "the server is busy", remedy="try again")

    def _end_the_longest(self) -> None:
        """End the question that has run longest, if it has run long, since another waits."""
        now = asyncio.get_running_loop().time()
        running = [worker for worker in self._busy if not worker.reason]
        if running and now - (longest := min(running, key=lambda one: one.since)).since > _LONG:
            longest.reason = (
                f"the query was stopped after {now - longest.since:.1f} seconds, since others were waiting; "
                "ask for less, or try again in a moment"
            )
            self._order(KILL, longest.pid)

    def _dismiss(self, worker: _Worker) -> None:
        self._order(KILL, worker.pid)
        self._part_with(worker)

    def _part_with(self, worker: _Worker) -> None:
        self._busy.discard(worker)
        worker.writer.close()
        self._hire()

    def _hire(self) -> None:
        """Hire until enough workers are ready, or as many as are allowed."""
        while not self._stopping:
            ready = self._idle.qsize() + len(self._hiring)
            if ready >= _READY or ready + len(self._busy) >= self.settings.workers:
                return
            task = asyncio.get_running_loop().create_task(self._hire_until_there())
            self._hiring.add(task)
            task.add_done_callback(self._hiring.discard)

    async def _hire_until_there(self) -> None:
        """Hire a worker; where the store is just being replaced, try until it is there."""
        while True:
            with contextlib.suppress(KgError):
                self._idle.put_nowait(await self._hired())
                return
            await asyncio.sleep(_PAUSE)

    async def _hired(self) -> _Worker:
        edition = _edition(self.settings.store)
        ours, theirs = socket.socketpair()
        with theirs:
            self._order(HIRE, 0, theirs.fileno())
        reader, writer = await asyncio.open_connection(sock=ours)
        try:
            said, _ = await _message(reader)
        except (asyncio.IncompleteReadError, OSError) as error:
            writer.close()
            raise InputError("the store cannot be opened", where=str(self.settings.store)) from error
        if "pid" not in said:
            writer.close()
            raise InputError(said["error"])
        return _Worker(pid=said["pid"], reader=reader, writer=writer, edition=edition)

    def _order(self, what: bytes, pid: int, *lines: int) -> None:
        """Send an order to the nursery; if it is gone, have another one first."""
        assert self._orders is not None
        try:
            socket.send_fds(self._orders, [ORDER.pack(what, pid)], lines)
        except OSError:
            if self._stopping:
                return
            self._open_nursery()
            socket.send_fds(self._orders, [ORDER.pack(what, pid)], lines)

    def _open_nursery(self) -> None:
        if self._orders and self._nursery:
            self._orders.close()
            self._nursery.wait()
        self._orders, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-m", "kg.server.nursery"]
            command += [str(theirs.fileno()), str(self.settings.store.resolve()), str(self.settings.memory)]
            self._nursery = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()], start_new_session=True
            )


def _edition(store: Path) -> object:
    """Tell one build of the store from the next; a build puts a new directory in its place."""
    try:
        found = (store / "CURRENT").stat()
    except OSError:  # it is just being replaced
        return None
    return found.st_ino, found.st_mtime_ns


async def _exchange(worker: _Worker, question: Question) -> tuple[Reply, bytes]:
    worker.writer.write(packed(question))
    await worker.writer.drain()
    reply, body = await _message(worker.reader)
    return cast("Reply", reply), body


async def _message(reader: asyncio.StreamReader) -> tuple[dict[str, Any], bytes]:
    size, more = HEAD.unpack(await reader.readexactly(HEAD.size))
    return json.loads(await reader.readexactly(size)), await reader.readexactly(more)
