"""A line of an input as readers get it."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Line"]


class Line(NamedTuple):
    """The 1-based number of a line, its text without control characters, and whether its bytes were valid UTF-8."""

    number: int
    text: str
    sound: bool = True
