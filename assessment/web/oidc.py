"""Signing in at the organisation's OpenID Connect provider: who somebody is, and nothing else about them.

The authorization code flow with PKCE, state and nonce; Authlib speaks it. Only the scope `openid` is asked for, so the
provider tells neither a name nor an address. Tokens are read and forgotten; nothing in here is stored or logged.

A page begins a sign-in for an errand and names the address to come back to, a view of its own, where it finishes it:
`begin`, `begun_for` and `finish`. That address is made from the base URL, never from what a request says.
"""

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, cast

from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped]
from authlib.integrations.flask_client import OAuth  # type: ignore[import-untyped]
from flask import Flask, current_app, request, session
from joserfc.errors import JoseError
from requests import RequestException

from assessment.config import Settings
from assessment.errors import Forbidden, NotFound, Refused, place_of
from assessment.web.workplace import workplace
from assessment.wording import gettext as _

PATIENCE = 5  # seconds that the provider may take for each answer
SIGNED_BY = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
"""How a provider may sign. It may offer not to sign at all: that is not taken."""

_NAME = "oidc"
_ERRAND = "errand"
_MALFORMED = (
    KeyError,
    TypeError,
    ValueError,
    AttributeError,
    RuntimeError,
)  # what came is not what OpenID Connect says


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is: the provider, and what it calls them."""

    issuer: str
    subject: str = field(repr=False)


class Unavailable(Refused):
    """The provider does not answer, or not as it should."""

    status = HTTPStatus.SERVICE_UNAVAILABLE


class NotBegun(Refused):
    """Somebody comes back from a sign-in that this browser did not begin, or has finished."""


def install(app: Flask, settings: Settings) -> None:
    """Make the client of the provider, where there is one; it asks the provider nothing before somebody signs in."""
    if not settings.oidc:
        return
    OAuth(app).register(
        _NAME,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        server_metadata_url=f"{settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid", "code_challenge_method": "S256", "default_timeout": PATIENCE},
    )


def begin(callback: str, errand: str) -> str:
    """Begin a sign-in, and give the provider's address to go to. `errand` is kept in the session until it is finished.

    Raises `NotFound` where no provider is set, `Unavailable` where it does not answer.
    """
    client = _client()
    try:
        _know(client)
        made = client.create_authorization_url(callback)
    except (RequestException, *_MALFORMED) as error:
        raise _unavailable(client, error) from error
    address = str(made.pop("url"))
    _forget_begun()
    client.save_authorize_data(redirect_uri=callback, **{_ERRAND: errand}, **made)
    return address


def begun_for() -> str:
    """Give the errand of the sign-in that this request comes back from; raises `NotBegun` where there is none here."""
    begun = _client().framework.get_state_data(session, request.args.get("state"))
    if begun is None:
        raise NotBegun(_("This sign-in was not begun in this browser, or is over."))
    return str(begun[_ERRAND])


def finish() -> Identity:
    """Give who signed in; what `begun_for` tells of is over then, however it ends.

    Raises `Forbidden` where the provider signed nobody in or what it says does not hold, `Unavailable` where it does
    not answer.
    """
    client, settings = _client(), workplace().settings
    try:
        if "error" in request.args:
            raise Forbidden(_("The sign-in was not completed: the sign-in service let nobody in."))
        _know(client)
        token = client.authorize_access_token(claims_options=_claims(settings))
        told = token["userinfo"]
        return Identity(str(told["iss"]), str(told["sub"]))
    except RequestException as error:
        raise _unavailable(client, error) from error
    except (AuthlibBaseError, JoseError, *_MALFORMED) as error:
        client.server_metadata.clear()
        current_app.logger.warning("a sign-in by OpenID Connect failed: %s", place_of(error))
        raise Forbidden(_("What the sign-in service says of you could not be verified.")) from error
    finally:
        _forget_begun()


def _client() -> Any:  # noqa: ANN401 - Authlib has no types
    if not workplace().settings.oidc:
        raise NotFound(_("This site has no sign-in service."))
    oauth = cast("OAuth", current_app.extensions["authlib.integrations.flask_client"])
    return oauth.create_client(_NAME)


def _know(client: Any) -> None:  # noqa: ANN401 - Authlib has no types
    """Ask the provider where its parts are, once until something fails; it must be the one that was set."""
    told = client.load_server_metadata()
    if told.get("issuer") != workplace().settings.oidc_issuer:
        raise ValueError
    signed = told.get("id_token_signing_alg_values_supported") or ["RS256"]
    told["id_token_signing_alg_values_supported"] = sorted(SIGNED_BY.intersection(signed))


def _claims(settings: Settings) -> dict[str, dict[str, Any]]:
    """Give what a token must say, beside being signed, not over, and made for this very sign-in (its nonce)."""
    return {
        "iss": {"essential": True, "value": settings.oidc_issuer},
        "aud": {"essential": True, "value": settings.oidc_client_id},
        "sub": {"essential": True},
    }


def _unavailable(client: Any, error: Exception) -> Unavailable:  # noqa: ANN401 - Authlib has no types
    client.server_metadata.clear()
    current_app.logger.error("the provider of ASSESSMENT_OIDC_ISSUER cannot be used: %s", place_of(error))
    return Unavailable(_("The sign-in service cannot be reached just now; please try again in a minute."))


def _forget_begun() -> None:
    """Forget what was begun: one sign-in at a time, and none twice."""
    for name in [name for name in session if name.startswith(f"_state_{_NAME}_")]:
        session.pop(name)
