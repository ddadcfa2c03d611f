"""A pause of Python's garbage collector, while much is made of which nothing is garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["without_collection"]


@contextmanager
def without_collection() -> Iterator[None]:
    """Let the collector rest: it would go through all that was made again and again, and find nothing to free.

    What is not in a cycle is freed as ever. It rests no longer than the block, and not at all if it rested before.

    >>> with without_collection():
    ...     gc.isenabled()
    False
    >>> gc.isenabled()
    True
    """
    active = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if active:
            gc.enable()
