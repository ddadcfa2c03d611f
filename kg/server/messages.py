"""What the front and a worker say to one another: a length, a line of JSON, and for an answer its bytes."""

from __future__ import annotations

import json
import struct
from typing import Any, TypedDict

__all__ = ["HEAD", "Question", "Reply", "packed"]

#: The length of the JSON in bytes, and that of the bytes after it.
HEAD = struct.Struct("!II")


class Question(TypedDict):
    """A query; the media types its answer may have, best first; its limits; what relative IRIs are relative to."""

    query: str
    types: list[str]
    limit: int
    seconds: float
    base: str


class Reply(TypedDict):
    """The HTTP status; a sentence if it is none of success; the media type of the bytes, and whether they were cut."""

    status: int
    sentence: str
    type: str
    truncated: bool


def packed(message: Question | Reply | dict[str, Any], body: bytes = b"") -> bytes:
    """Give a message as it is sent."""
    text = json.dumps(message).encode()
    return HEAD.pack(len(text), len(body)) + text + body
