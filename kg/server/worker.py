"""One worker: it opens the store, takes one question after the other, and has the system end it when one is too long.

The engine cannot be interrupted. A timer of the system ends the whole process when a question takes more than its
time, whatever the engine is doing, and a limit of the system when it takes more than its memory.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import socket
from pathlib import Path
from typing import cast

from kg.errors import KgError, UsageError
from kg.server.messages import HEAD, Question, Reply, packed
from kg.store import Document, Store, open_store, query_document
from kg.worker import limit_memory

__all__ = ["answer_questions"]

#: An answer of more bytes than this is not sent.
_LARGEST = 64 * 2**20


def answer_questions(line: socket.socket, path: Path, memory: int) -> None:
    """Open the store, say so, and answer until the other side goes away; runs in a process of its own."""
    try:
        store = open_store(path)
    except KgError as error:
        line.sendall(packed({"error": str(error)}))
        return
    _limit(memory)
    line.sendall(packed({"pid": os.getpid()}))
    while (question := _next(line)) is not None:
        signal.setitimer(signal.ITIMER_REAL, question["seconds"])
        reply, body = _reply(store, question)
        line.sendall(packed(reply, body))
        signal.setitimer(signal.ITIMER_REAL, 0)


def _limit(memory: int) -> None:
    """Allow so much memory, no dump of it, and no further file or socket: SERVICE could not call anyway.

    What the engine writes when it dies goes nowhere; the front says it. Where the machine runs out of memory, the
    system ends workers first.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    with contextlib.suppress(OSError):  # only Linux has it
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    limit_memory(memory)
    for what in (resource.RLIMIT_CORE, resource.RLIMIT_NOFILE):
        resource.setrlimit(what, (0, 0))


def _next(line: socket.socket) -> Question | None:
    head = _exactly(line, HEAD.size)
    if len(head) < HEAD.size:
        return None
    text = _exactly(line, HEAD.unpack(head)[0])
    return cast("Question", json.loads(text)) if text else None


def _exactly(line: socket.socket, size: int) -> bytes:
    """Read so many bytes, or less if the other side goes away."""
    taken = bytearray()
    while len(taken) < size and (some := line.recv(size - len(taken))):
        taken += some
    return bytes(taken)


def _reply(store: Store, question: Question) -> tuple[Reply, bytes]:
    try:
        found = query_document(
            store, question["query"], types=question["types"], limit=question["limit"], base=question["base"]
        )
    except UsageError as error:
        return _refusal(400, str(error)), b""
    except (KgError, MemoryError) as error:
        return _refusal(503, str(error) or "The query takes more memory than is allowed; ask for less."), b""
    if found is None:
        return _refusal(406, ""), b""
    if len(found.body) > _LARGEST:
        return _refusal(503, f"The answer has more than {_LARGEST} bytes; ask for less, or add a LIMIT."), b""
    return _success(found), found.body


def _refusal(status: int, sentence: str) -> Reply:
    return {"status": status, "sentence": sentence, "type": "", "truncated": False}


def _success(found: Document) -> Reply:
    return {"status": 200, "sentence": "", "type": found.media_type, "truncated": found.truncated}
