"""A live picture by HTTP: dialled on a thread of its own, then carried by the relay."""

import contextlib
import logging
import socket
import threading
import time
from collections.abc import Callable
from urllib.parse import SplitResult, urljoin, urlsplit

from desktop.video.feed import Feed
from desktop.video.http_body import BadAnswer, Chunks, Head, Plain, request, split_head
from desktop.video.relay import Flow, Relay
from desktop.video.ts_pictures import PictureWatch
from desktop.video.ts_tables import video_codec

log = logging.getLogger(__name__)

_CONNECT_S = 3.0
_ANSWER_S = 10.0  # the tile gives up before
_REDIRECTS = 3
_ERRORS_FROM = 400
_PORTS = {"http": 80, "https": 443}
_BUFFER_BYTES = 256 << 10
_TABLES_WITHIN = 32 << 10


class HttpFeed(Feed):
    """Exceptions here may carry the address, so only their names are told."""

    def __init__(self, url: str, relay: Relay, news: Callable[[], None]) -> None:
        super().__init__(news)
        self._relay = relay
        self._lock = threading.Lock()
        self._stopped = False
        self._socket: socket.socket | None = None  # while it is dialled
        self._connected = False  # also its TLS
        self._flow: Flow | None = None
        self._start = b""
        self._pictures = PictureWatch()
        threading.Thread(target=self._dial, args=(url,), name="dial", daemon=True).start()

    def stop(self) -> None:
        with self._lock:
            self._stopped = True
            if self._flow is not None:
                self._relay.drop(self._flow)
            elif self._socket is not None:
                with contextlib.suppress(OSError):
                    self._socket.shutdown(socket.SHUT_RDWR)

    def _dial(self, url: str) -> None:
        status = 0
        try:
            source, head, rest = self._ask(url)
            if head.status == 200:
                self._hand_over(source, Chunks() if head.is_chunked else Plain(), rest)
                return
            source.close()
            status = head.status
        except Exception as error:  # whatever it is, libVLC must not wait for bytes for ever
            self.untrusted = type(error).__name__ == "SSLCertVerificationError"
            self.unreachable = isinstance(error, OSError) and not self._connected
            log.info("stream not opened: %s", type(error).__name__)
        self._end(status if status >= _ERRORS_FROM else 0)

    def _hand_over(self, source: socket.socket, body: Chunks | Plain, rest: bytes) -> None:
        flow = Flow(source, body, rest, self._write_fd, self._take, self._end)
        with self._lock:
            self._socket, self._flow = None, flow
            self._relay.carry(flow)
            if self._stopped:
                self._relay.drop(flow)

    def _take(self, part: bytes) -> None:
        """Raises BadAnswer where the stream is not what it says."""
        if not self.codec and self.received_bytes < _TABLES_WITHIN:
            self._start += part
            self.codec = video_codec(self._start)
        self._received(len(part))
        if not self._pictures.agrees(self.codec, part):
            raise BadAnswer  # what libVLC makes of it would stand there as live
        if self._pictures.other and video_codec(part) == self._pictures.other:
            self.codec = self._pictures.other

    def _ask(self, url: str) -> tuple[socket.socket, Head, bytes]:
        """Raises OSError, ValueError, BadAnswer."""
        home = urlsplit(url).netloc
        for _ in range(_REDIRECTS + 1):
            parts = urlsplit(url)
            source = self._connect(parts)
            try:
                self._connected = True
                source.sendall(request(parts, with_account=parts.netloc == home))
                head, rest = _answer(source)
            except BaseException:
                source.close()
                raise
            if not (300 <= head.status < 400 and head.location):
                return source, head, rest
            source.close()
            self._connected = False
            url = urljoin(url, head.location)
        raise BadAnswer

    def _connect(self, parts: SplitResult) -> socket.socket:
        host = parts.hostname or ""
        port = parts.port or _PORTS.get(parts.scheme, 0) if parts.scheme in _PORTS else 0
        if not host or not port:
            raise BadAnswer
        source = socket.create_connection((host, port), _CONNECT_S)
        try:
            source.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER_BYTES)
            if parts.scheme == "https":
                source = _in_tls(source, host)
            with self._lock:
                if self._stopped:
                    raise BadAnswer
                self._socket = source  # from here on `stop` ends it, also while TLS is agreed on
            if parts.scheme == "https":
                source.do_handshake()  # pyright: ignore
        except BaseException:
            source.close()
            raise
        return source


def _in_tls(source: socket.socket, host: str) -> socket.socket:
    """Not agreed on yet."""
    import ssl  # seldom needed, and not small

    context = ssl.create_default_context()
    return context.wrap_socket(source, server_hostname=host, do_handshake_on_connect=False)


def _answer(source: socket.socket) -> tuple[Head, bytes]:
    data, end_s = b"", time.monotonic() + _ANSWER_S
    while (found := split_head(data)) is None:
        left_s = end_s - time.monotonic()
        if left_s <= 0:  # one that drips is as silent as one that says nothing
            raise TimeoutError
        source.settimeout(left_s)
        part = source.recv(16384)
        if not part:
            raise BadAnswer
        data += part
    return found
