"""Errors a person can act on: what is wrong, where, and what to do about it."""

from __future__ import annotations

__all__ = ["InputError", "KgError", "NotFoundError", "OutputError", "UsageError"]


class KgError(Exception):
    """One clear sentence about what went wrong, with the place and the remedy as fields.

    The command line prints ``str(error)`` after ``Error:`` and leaves with ``error.exit_code``.

    >>> print(InputError("the file is empty", where="papers.txt", remedy="paste at least one entry"))
    papers.txt: the file is empty; paste at least one entry.
    """

    #: process exit status: 1 does not conform or not found, 2 wrong usage, 3 input could not be read
    exit_code = 1

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        sentence = f"{self.where}: {self.what}" if self.where else self.what
        if self.remedy:
            sentence = f"{sentence.rstrip('.')}; {self.remedy}"
        return sentence if sentence.endswith((".", "?", "!")) else sentence + "."


class UsageError(KgError):
    """The request itself makes no sense: an unknown option value, two things that exclude one another."""

    exit_code = 2


class InputError(KgError):
    """An input could not be read: missing, empty, binary, a directory, not a listing."""

    exit_code = 3


class OutputError(KgError):
    """An output could not be written: no permission, no space, a foreign directory in its place."""

    exit_code = 3


class NotFoundError(KgError):
    """Nothing in the graph goes by that name; ``candidates`` are the nearest names, best first."""

    def __init__(self, what: str, *, where: str = "", remedy: str = "", candidates: tuple[str, ...] = ()) -> None:
        super().__init__(what, where=where, remedy=remedy)
        self.candidates = candidates
