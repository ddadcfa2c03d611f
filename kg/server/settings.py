"""What a server is told: which graph, where it listens, and the limits that hold for each query."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Settings", "is_loopback"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The store to serve, and the limits.

    ``seconds`` and ``memory`` (bytes of address space) hold for each query, ``limit`` for the rows or triples of an
    answer. So many ``workers`` answer at a time and so many questions may wait; what comes beyond is told to try later.
    ``page`` and ``dump`` are the page of the graph and its Turtle file, where there are some.
    """

    store: Path
    host: str = "127.0.0.1"
    port: int = 7878
    seconds: float = 10.0
    limit: int = 10_000
    workers: int = 12
    waiting: int = 64
    memory: int = 2**30
    page: Path | None = None
    dump: Path | None = None
    any_origin: bool = False


def is_loopback(host: str) -> bool:
    """Say whether only this machine reaches what listens there.

    >>> [is_loopback(host) for host in ("localhost", "127.0.0.1", "::1", "0.0.0.0", "example.org")]
    [True, True, True, False, False]
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
