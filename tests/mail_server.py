"""A real SMTP server with a mailbox behind it, which refuses, stumbles and hesitates when it is told to."""

import asyncio
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from ssl import SSLContext
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from assessment.services import mailing
from assessment.services.mailing import MailServer

LONGEST_WAIT = 60.0


class Mailbox:
    """What a server took; how it takes what comes next is told by how the address begins.

    `refused`: never; `later`: not the first time; `drops`: the first time the line is cut when the mail has been taken;
    `holds`: the first time the mail is taken and nothing said, until the line is cut from the other side.
    """

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.holding = threading.Event()
        self.lines = 0
        self._met: set[str] = set()

    async def handle_EHLO(  # noqa: N802 - the server's own names
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Count who calls."""
        session.host_name = hostname
        self.lines += 1
        return responses

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take or refuse an address."""
        if address.startswith("refused"):
            return f"550 no such mailbox as {address}"
        if address.startswith("later") and self._is_new(address):
            return f"451 {address} may come later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a mail."""
        content = envelope.content
        assert isinstance(content, bytes)
        mail = message_from_bytes(content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        address = envelope.rcpt_tos[0]
        if address.startswith("drops") and self._is_new(address):
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        if address.startswith("holds") and self._is_new(address):
            self.holding.set()
            await asyncio.sleep(LONGEST_WAIT)
        return "250 OK"

    def codes(self) -> dict[str, list[str]]:
        """Give the codes that each address got, in the order in which they came."""
        found: dict[str, list[str]] = {}
        for mail in self.mails:
            code = re.search(r"#([0-9A-Z-]{19})", mail.get_content())
            assert code
            found.setdefault(str(mail["To"]), []).append(code[1])
        return found

    def _is_new(self, address: str) -> bool:
        known = address in self._met
        self._met.add(address)
        return not known


def free_port() -> int:
    """Give a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def mail_server(
    box: Mailbox, port: int | None = None, *, locked: bool = False, proof: SSLContext | None = None
) -> Iterator[str]:
    """Serve a mailbox and give the server's URL; one that is `locked` lets nobody sign in, `proof` offers STARTTLS."""
    port = port or free_port()  # the controller wants to know it beforehand
    more: dict[str, Any] = {"tls_context": proof}
    if locked:
        more |= {"authenticator": _nobody, "auth_require_tls": False}
    controller = Controller(box, hostname="127.0.0.1", port=port, **more)
    controller.start()
    try:
        yield f"smtp://{'me:s3cret@' if locked else ''}127.0.0.1:{port}"
    finally:
        controller.stop()


def settings_of(url: str) -> MailServer:
    """Give a server as settings name it."""
    return mailing.server_of(url, "lace@example.org")


def _nobody(*_credentials: object) -> AuthResult:
    return AuthResult(success=False, handled=False)
