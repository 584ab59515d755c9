"""OpenID Connect providers over HTTP: a real one to sign in at, and one that says whatever a test wants it to say."""

import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

LONGEST_START = 30.0
CLIENT = "assessment"


@contextmanager
def running() -> Iterator[str]:
    """Run a real provider that lets everybody in who says a name, and give its issuer."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "oidc_provider_mock", "--host", "127.0.0.1", "--port", str(port), "-n", "true"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ}) as server:
        try:
            _wait_for(port, server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(LONGEST_START)


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + LONGEST_START
    while time.monotonic() < end and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the provider does not answer")


class _Staying(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: where the provider sends somebody is for their own browser."""

    def redirect_request(self, *_given: Any) -> None:  # noqa: ANN401 - as above
        """Go nowhere."""


def let_in(address: str, **said: str) -> str:
    """Say at the provider who one is (`sub`), or `action="deny"`, and give the address it sends the browser to."""
    request = urllib.request.Request(address, urllib.parse.urlencode(said).encode())  # noqa: S310 - our own server
    try:
        urllib.request.build_opener(_Staying).open(request, timeout=10)
    except urllib.error.HTTPError as answer:
        answer.close()
        return str(answer.headers["Location"])
    raise AssertionError("the provider sent nobody anywhere")


@dataclass
class Odd:
    """A provider that signs properly, but says what a test sets; it keeps what it was asked."""

    url: str
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, parameters={"kid": "one"}))
    metadata: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    token: str | None = None  # in place of one made of the claims
    signing_key: RSAKey | None = None
    delay: float = 0
    status: int = 200
    asked: dict[str, str] = field(default_factory=dict)

    def callback(self, address: str, **given: str) -> str:
        """Give where it sends a browser that came to its address: it lets everybody in."""
        self.asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(address).query))
        query = urllib.parse.urlencode({"code": "c", "state": self.asked["state"]} | given)
        return f"{self.asked['redirect_uri']}?{query}"

    def answer(self, path: str, given: dict[str, str]) -> dict[str, Any]:
        """Give what it says at one of its addresses."""
        if path.endswith("/openid-configuration"):
            names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
            return {"issuer": self.url, **{name: f"{self.url}/{name}" for name in names}} | self.metadata
        if path == "/jwks_uri":
            return dict(KeySet([self.key]).as_dict(private=False))
        assert path == "/token_endpoint"
        verifier = sha256(given["code_verifier"].encode()).digest()
        assert urlsafe_b64encode(verifier).rstrip(b"=").decode() == self.asked["code_challenge"]
        return {"access_token": "a", "token_type": "Bearer", "id_token": self.token or self._id_token()}

    def _id_token(self) -> str:
        now = int(time.time())
        says = {
            "iss": self.url,
            "sub": "anna",
            "aud": CLIENT,
            "nonce": self.asked["nonce"],
            "iat": now,
            "exp": now + 60,
        }
        said = {name: value for name, value in (says | self.claims).items() if value is not None}
        return jwt.encode({"alg": "RS256", "kid": "one"}, said, self.signing_key or self.key)


@contextmanager
def odd() -> Iterator[Odd]:
    """Run such a provider."""
    provider = Odd("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Answer."""
            length = int(self.headers.get("Content-Length") or 0)
            given = dict(urllib.parse.parse_qsl(self.rfile.read(length).decode()))
            time.sleep(provider.delay)
            content = json.dumps(provider.answer(self.path, given)).encode()
            self.send_response(provider.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET  # noqa: N815 - the server's own names

        def log_message(self, *_said: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
