"""Somebody who draws a code."""

import re
from dataclasses import dataclass, field
from html import unescape

from flask import Flask
from werkzeug.test import TestResponse

from tests import provider
from tests.web.respond.given import Respondent

CODE = re.compile(r'<p class="reference">([0-9A-Z-]{19})</p>')


@dataclass
class Drawer:
    """Somebody with a browser of their own, and the application it shows."""

    app: Flask
    browser: Respondent = field(init=False)

    def __post_init__(self) -> None:
        """Open a browser."""
        self.browser = Respondent(self.app.test_client())

    def other(self) -> "Drawer":
        """Give somebody else."""
        return Drawer(self.app)

    def leave(self) -> str:
        """Begin to sign in, and give the provider's address that the browser is sent to."""
        assert self.browser.get("/draw/PI-1").status_code == 200
        answer = self.browser.post("/draw/PI-1/sign-in")
        assert answer.status_code == 200, self.browser.words
        found = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', answer.text)
        assert found
        return unescape(found[1])

    def come_back(self, address: str) -> TestResponse:
        """Open an address that the provider sends the browser to."""
        base, _, rest = address.partition("/oidc/draw")
        assert base == "http://localhost"
        return self.browser.get(f"/oidc/draw{rest}")

    def sign_in(self, name: str) -> TestResponse:
        """Sign in at the real provider, and come to the list of teams."""
        assert self.come_back(provider.let_in(self.leave(), sub=name)).status_code == 303
        return self.browser.follow()

    def draw(self, team: str = "falcon") -> TestResponse:
        """Draw a code for a team."""
        return self.browser.post("/draw/PI-1", {"team": team})

    @property
    def code(self) -> str:
        """The code that the page shows."""
        assert self.browser.seen is not None
        found = CODE.search(self.browser.seen.text)
        assert found
        return found[1]
