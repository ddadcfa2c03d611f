"""The addresses of the server: the page of the graph, the endpoint, the editor, the description and the Turtle file."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import BinaryIO, Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.server.endpoint import endpoint, refusal, void
from kg.server.files import EDITOR_POLICY, asset, known
from kg.server.pool import Pool
from kg.server.settings import Settings, is_loopback

__all__ = ["application"]

_HOST: Final = re.compile(r"(?P<name>[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?")
_LOCAL: Final = r"https?://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?"
_PIECE: Final = 64 * 1024
_METHODS: Final = ("GET", "HEAD", "POST", "OPTIONS")
#: Whatever is sent: it is taken for what it says it is, and says nothing of where a reader came from.
_ALWAYS: Final = ((b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"no-referrer"))
#: What a browser may do with data that it shows by itself: nothing.
_DATA_POLICY: Final = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'; sandbox")


def application(settings: Settings, pool: Pool) -> Starlette:
    """Give the application; it starts and stops the pool with itself."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        try:
            yield
        finally:
            pool.stop()

    local = is_loopback(settings.host)
    routes = [
        Route("/", _page, methods=["GET"]),
        Route("/query", _editor, methods=["GET"]),
        Route("/query/known.json", _known, methods=["GET"]),
        Route("/query/{name}", _asset, methods=["GET"]),
        Route("/sparql", endpoint, methods=["GET", "POST"]),
        Route("/.well-known/void", void, methods=["GET"]),
        Route("/graph.ttl", _dump, methods=["GET"]),
    ]
    cors = Middleware(
        CORSMiddleware,
        allow_origins=() if local and not settings.any_origin else ("*",),
        allow_origin_regex=_LOCAL if local and not settings.any_origin else None,
        allow_methods=_METHODS,
        allow_headers=("*",),
        expose_headers=("X-SPARQL-MaxRows", "X-SPARQL-Truncated", "Retry-After"),
        max_age=86400,
    )
    app = Starlette(
        routes=routes,
        middleware=[Middleware(_Guard, local=local), cors],
        exception_handlers={HTTPException: _refused, ClientDisconnect: _left, Exception: _failed},
        lifespan=lifespan,
    )
    app.state.settings, app.state.pool = settings, pool
    return app


class _Guard:
    """Refuses names that are not ours, answers a bare OPTIONS, and adds the headers that every response has.

    A page elsewhere can have a name of its own lead to this machine; on loopback only names of loopback are ours.
    """

    def __init__(self, app: ASGIApp, *, local: bool) -> None:
        self._app = app
        self._local = local

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_more(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message.setdefault("headers", [])
                policy = () if any(name == _DATA_POLICY[0] for name, _ in headers) else (_DATA_POLICY,)
                headers.extend((*_ALWAYS, *policy))
            await send(message)

        app = self._early(Request(scope)) or self._app
        await app(scope, receive, send_more)

    def _early(self, request: Request) -> Response | None:
        host = request.headers.get("host", "")
        found = _HOST.fullmatch(host)
        if not found or (self._local and not is_loopback(found["name"].strip("[]").lower())):
            return refusal(400, "This server has another name; it answers to localhost, 127.0.0.1 and [::1].")
        if request.method == "OPTIONS" and "access-control-request-method" not in request.headers:
            return Response(None, 204, headers={"Allow": ", ".join(_METHODS)})
        return None


async def _page(request: Request) -> Response:
    """Give the page of the graph as it was built; where there is none, lead to the editor."""
    headers = {"Content-Security-Policy": "frame-ancestors 'self'"}
    return _file(request.app.state.settings.page, "text/html", headers) or RedirectResponse("/query", 303)


async def _dump(request: Request) -> Response:
    missing = "There is no Turtle file beside this store."
    return _file(request.app.state.settings.dump, "text/turtle") or refusal(404, missing)


def _file(path: Path | None, media_type: str, headers: Mapping[str, str] | None = None) -> Response | None:
    """Give a file piece by piece, whole even if another takes its place meanwhile; nothing if there is none."""
    try:
        stream = path.open("rb") if path else None
    except OSError:
        return None
    if stream is None:
        return None
    size = os.fstat(stream.fileno()).st_size
    sent = {"Cache-Control": "no-cache", "Content-Length": str(size), **(headers or {})}
    return StreamingResponse(_pieces(stream), headers=sent, media_type=media_type)


async def _pieces(stream: BinaryIO) -> AsyncIterator[bytes]:
    with stream:
        while piece := stream.read(_PIECE):
            yield piece


async def _editor(_: Request) -> Response:
    return _asset_response("query.html")


async def _asset(request: Request) -> Response:
    return _asset_response(request.path_params["name"])


def _asset_response(name: str) -> Response:
    found = asset(name)
    if found is None:
        return refusal(404, "There is nothing at this address.")
    headers = {"Cache-Control": "no-cache", "Content-Security-Policy": EDITOR_POLICY}
    return Response(found[0], media_type=found[1], headers=headers)


async def _known(_: Request) -> Response:
    return Response(known(), media_type="application/json", headers={"Cache-Control": "no-cache"})


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    sentences = {
        404: "There is nothing at this address; the endpoint is /sparql, the editor /query.",
        405: "This address is only read; use GET, or POST for a query.",
    }
    return refusal(error.status_code, sentences.get(error.status_code, error.detail), error.headers)


async def _left(_: Request, __: Exception) -> Response:
    return Response(None, 499)  # nobody is there to read it


async def _failed(_: Request, __: Exception) -> Response:
    return refusal(500, "This should not have happened; the server goes on, and its terminal says what it was.")
