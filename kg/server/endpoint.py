"""The SPARQL 1.1 Protocol: a request becomes a question, and the answer of a worker becomes a response."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse

from kg.server.files import describing_query
from kg.server.messages import Question, Reply
from kg.server.negotiation import GRAPHS, HTML, ROWS, preferred
from kg.server.pool import BusyError, StoppedError

__all__ = ["description", "endpoint", "refusal", "void"]

#: Bytes of a request's body, and seconds in which it must be there.
_LARGEST, _PATIENCE = 400_000, 10
_PIECE = 64 * 1024
#: The most triples of a description, whatever the limit of queries.
_DESCRIBED = 100_000
_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_NOT_ACCEPTABLE = (
    "None of the formats that are asked for can hold this answer; "
    f"SELECT and ASK give {', '.join(ROWS)}, CONSTRUCT and DESCRIBE give {', '.join(GRAPHS)}."
)
_DATASET = ("default-graph-uri", "named-graph-uri")


class _RefusalError(Exception):
    """A request that is not answered: its status, and a sentence that says why."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


def refusal(status: int, sentence: str, headers: Mapping[str, str] | None = None) -> Response:
    """Give a response that says in a sentence why there is no other."""
    return PlainTextResponse(f"{sentence}\n", status, headers=dict(headers or {}))


async def endpoint(request: Request) -> Response:
    """Answer a query; without one describe the service, or send a browser to the editor."""
    try:
        parameters = await _parameters(request)
        if "query" not in parameters and request.method in ("GET", "HEAD"):
            return await description(request)
        _check(parameters)
        return await _answer(request, parameters["query"])
    except _RefusalError as error:
        return refusal(error.status, error.sentence)


async def description(request: Request) -> Response:
    """Describe the service in RDF; a browser is sent to the editor."""
    if preferred(request.headers.get("accept"), [*GRAPHS, HTML]) == HTML:
        return RedirectResponse("/query", 303)
    return await _answer(request, describing_query("service"), _DESCRIBED)


async def void(request: Request) -> Response:
    """Describe the graph in RDF: what is in it, how much, and where it can be asked."""
    return await _answer(request, describing_query("void"), _DESCRIBED)


async def _parameters(request: Request) -> dict[str, str]:
    """Read the parameters of the request, wherever the protocol allows them to be; each stands once, graphs apart."""
    pairs = _pairs(request.url.query)
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == _UPDATE:
            raise _RefusalError(415, "This endpoint only answers queries; it takes no updates.")
        if kind not in (_FORM, _QUERY):
            raise _RefusalError(415, f"Send the query as {_QUERY} or as {_FORM}.")
        text = await _body(request)
        pairs += _pairs(text) if kind == _FORM else [("query", text)]
    for name in ("query", "update"):
        if sum(pair[0] == name for pair in pairs) > 1:
            raise _RefusalError(400, f"There is more than one {name} in the request; send one.")
    return dict(pair for pair in pairs if pair[1] or pair[0] not in _DATASET)


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=100)
    except UnicodeDecodeError:
        raise _RefusalError(400, "The request is not UTF-8.") from None
    except ValueError:
        raise _RefusalError(400, "The request has more than 100 parameters.") from None


async def _body(request: Request) -> str:
    """Read the body, while it is neither too large nor too slow."""
    too_large = _RefusalError(413, f"The request is larger than {_LARGEST} bytes; send a shorter query.")
    if int(request.headers.get("content-length", "0")) > _LARGEST:
        raise too_large
    taken = bytearray()
    try:
        async with asyncio.timeout(_PATIENCE):
            async for some in request.stream():
                taken += some
                if len(taken) > _LARGEST:
                    raise too_large
        return taken.decode("utf-8")
    except TimeoutError:
        raise _RefusalError(408, f"The request was not there after {_PATIENCE} seconds.") from None
    except UnicodeDecodeError:
        raise _RefusalError(400, "The request is not UTF-8.") from None


def _check(parameters: Mapping[str, str]) -> None:
    if "update" in parameters:
        raise _RefusalError(400, "This endpoint only answers queries; it takes no updates.")
    if "query" not in parameters:
        raise _RefusalError(400, "There is no query in the request; send one as the parameter 'query'.")
    if name := next((name for name in _DATASET if name in parameters), None):
        raise _RefusalError(400, f"This endpoint has one graph, the default one; leave out {name}.")


async def _answer(request: Request, query: str, limit: int | None = None) -> Response:
    """Ask a worker, and write its answer; if the client goes away the question is dropped."""
    settings = request.app.state.settings
    accept = request.headers.get("accept")
    rows, graph = preferred(accept, ROWS), preferred(accept, GRAPHS)
    types = [*([ROWS[rows]] if rows else []), *([GRAPHS[graph]] if graph else [])]
    if not types:
        raise _RefusalError(406, _NOT_ACCEPTABLE)
    question: Question = {
        "query": query,
        "types": types,
        "limit": limit or settings.limit,
        "seconds": settings.seconds,
        "base": str(request.base_url),
    }
    try:
        reply, body = await _unless_gone(request, request.app.state.pool.ask(question))
    except BusyError as error:
        return refusal(503, _sentence(str(error)), {"Retry-After": "1"})
    except StoppedError as error:
        return refusal(503, _sentence(str(error)))
    if reply["status"] != 200:
        return refusal(reply["status"], _sentence(reply["sentence"]) or _NOT_ACCEPTABLE)
    headers = {"Content-Length": str(len(body)), "Vary": "Accept"}
    if reply["truncated"]:
        headers |= {"X-SPARQL-MaxRows": str(settings.limit), "X-SPARQL-Truncated": "true"}
    asked = rows if rows and ROWS[rows] == reply["type"] else graph
    return StreamingResponse(_pieces(body), headers=headers, media_type=asked)


async def _unless_gone(request: Request, answer: Coroutine[Any, Any, tuple[Reply, bytes]]) -> tuple[Reply, bytes]:
    """Wait for the answer, and drop the question when the client goes away."""
    asking = asyncio.ensure_future(answer)
    leaving = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait((asking, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not asking.done():
            raise ClientDisconnect
        return asking.result()
    finally:
        leaving.cancel()
        asking.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        continue


async def _pieces(body: bytes) -> AsyncIterator[bytes]:
    """Give the body piece by piece, so that a client takes it at its own pace."""
    for start in range(0, len(body), _PIECE):
        yield body[start : start + _PIECE]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
