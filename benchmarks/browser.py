"""Somebody with a browser, as small as can be: a measurement must not measure whoever sends the requests."""

import re
import socket
from dataclasses import dataclass
from urllib.parse import urlencode

HOST = "127.0.0.1"
PATIENCE = 60  # seconds

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_LOCATION = re.compile(rb"\r\nlocation: *([^\r]+)", re.IGNORECASE)
_COOKIE = re.compile(rb"\r\nset-cookie: *([^;\r]+)", re.IGNORECASE)
_TOKEN = re.compile(rb'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    head: bytes
    body: bytes

    @property
    def location(self) -> str:
        """Where it leads on to; empty where it does not."""
        found = _LOCATION.search(self.head)
        return found[1].decode() if found else ""


@dataclass(slots=True)
class Connection:
    """A connection that is kept open; after it broke, the next request opens another."""

    port: int
    _socket: socket.socket | None = None

    def ask(self, request: bytes) -> Answer:
        """Send a request and wait for the answer; raises `OSError` where the connection breaks."""
        self.begin(request)
        return self.finish()

    def begin(self, request: bytes) -> None:
        """Send a request."""
        try:
            if self._socket is None:
                self._socket = socket.create_connection((HOST, self.port), PATIENCE)
                self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._socket.sendall(request)
        except OSError:
            self.close()
            raise

    def finish(self) -> Answer:
        """Wait for the answer to what was sent."""
        try:
            return self._read()
        except OSError:
            self.close()
            raise

    def close(self) -> None:
        """Close the connection."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _read(self) -> Answer:
        data = b""
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        head, body = data[: end + 2], [data[end + 4 :]]
        found = _LENGTH.search(head)
        missing = (int(found[1]) if found else 0) - len(body[0])
        while missing > 0:
            body.append(self._more())
            missing -= len(body[-1])
        return Answer(int(head[9:12]), head, b"".join(body))

    def _more(self) -> bytes:
        if self._socket is None:
            raise ConnectionError("nothing was sent")
        data = self._socket.recv(262_144)
        if not data:
            raise ConnectionError("the server closed the connection")
        return data


@dataclass(slots=True)
class Somebody:
    """Somebody with a browser: remembers the cookie, and the token of the form seen last."""

    connection: Connection
    cookie: bytes = b""
    token: str = ""

    def get(self, address: str) -> Answer:
        """Open a page."""
        return self.learn(self.connection.ask(self.getting(address)))

    def post(self, address: str, fields: dict[str, str] | None = None) -> Answer:
        """Send a form."""
        return self.learn(self.connection.ask(self.posting(address, fields)))

    def getting(self, address: str) -> bytes:
        """Give the request that opens a page."""
        return b"GET %b HTTP/1.1\r\nHost: %b\r\n%b\r\n" % (address.encode(), self._host(), self._cookies())

    def posting(self, address: str, fields: dict[str, str] | None = None) -> bytes:
        """Give the request that sends a form, with the token of the form seen last."""
        body = urlencode({"csrf_token": self.token, **(fields or {})}).encode()
        return (
            b"POST %b HTTP/1.1\r\nHost: %b\r\n%bContent-Type: application/x-www-form-urlencoded\r\n"
            b"Content-Length: %d\r\n\r\n%b" % (address.encode(), self._host(), self._cookies(), len(body), body)
        )

    def learn(self, answer: Answer) -> Answer:
        """Keep what a browser keeps of an answer."""
        if found := _COOKIE.search(answer.head):
            self.cookie = found[1]
        if found := _TOKEN.search(answer.body):
            self.token = found[1].decode()
        return answer

    def _host(self) -> bytes:
        return f"{HOST}:{self.connection.port}".encode()

    def _cookies(self) -> bytes:
        return b"Cookie: %b\r\n" % self.cookie if self.cookie else b""
