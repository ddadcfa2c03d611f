"""The front: it listens, gives connections that dawdle up, and stops everything it started when it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import Callable, Iterator

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.errors import UsageError
from kg.server.app import application
from kg.server.pool import Pool
from kg.server.settings import Settings

__all__ = ["serve"]

#: Seconds that the head of a request, an idle connection, and a client that takes nothing of its answer have.
_HEAD, _IDLE, _STALLED = 10.0, 5, 30.0
#: Bytes of a request's head; connections at a time.
_LARGEST_HEAD, _CONNECTIONS = 64 * 1024, 600


def serve(settings: Settings, started: Callable[[str], None]) -> None:
    """Serve until a signal says stop; ``started`` is called with the address once questions are answered.

    Raises
    ------
    UsageError
        If the address cannot be listened on.
    InputError
        If the store cannot be opened.

    """
    listener = _listen(settings.host, settings.port)
    with contextlib.closing(listener):
        asyncio.run(_serve(settings, listener, started))


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=256)
    except (OSError, OverflowError) as error:
        what = f"port {port} of {host} cannot be listened on ({getattr(error, 'strerror', None) or error})"
        raise UsageError(what, remedy="choose another with --port; --port 0 takes a free one") from error


async def _serve(settings: Settings, listener: socket.socket, started: Callable[[str], None]) -> None:
    pool = Pool(settings)
    try:
        await pool.start()
        config = uvicorn.Config(
            application(settings, pool),
            http=_Connection,
            ws="none",
            lifespan="on",
            log_level="error",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=_CONNECTIONS,
            timeout_keep_alive=_IDLE,
            timeout_graceful_shutdown=1,
            h11_max_incomplete_event_size=_LARGEST_HEAD,
        )
        server = _Server(config)
        host, port = listener.getsockname()[:2]
        loop = asyncio.get_running_loop()
        for one in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(one, server.stop, pool)
        started(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
        await server.serve(sockets=[listener])
    finally:
        pool.stop()


class _Server(uvicorn.Server):
    """Leaves signals to us: told to stop, it ends the questions too, and the process leaves with 0."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    def stop(self, pool: Pool) -> None:
        pool.stop()
        self.should_exit = True


class _Connection(H11Protocol):
    """A connection that is given up when the head of a request, or the reading of an answer, takes too long."""

    _patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        # The head and the body of an answer are two writes; the second must not wait for an acknowledgement.
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._expect(_HEAD)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._expect(None)
        elif self._patience is None:
            self._expect(_HEAD)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._expect(_STALLED)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._expect(None)

    def timeout_keep_alive_handler(self) -> None:
        if self.transport.get_write_buffer_size():
            self.transport.abort()
        super().timeout_keep_alive_handler()

    def connection_lost(self, exc: Exception | None) -> None:
        self._expect(None)
        super().connection_lost(exc)

    def _expect(self, seconds: float | None) -> None:
        """Give the connection up after so many seconds, or no longer."""
        if self._patience is not None:
            self._patience.cancel()
        self._patience = self.loop.call_later(seconds, self.transport.abort) if seconds else None
