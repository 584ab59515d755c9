"""Settings for signing in by OpenID Connect: all three or none, and an issuer that can be one."""

import pytest

from assessment.config import from_environment
from assessment.errors import Refused

ALL = {
    "ASSESSMENT_OIDC_ISSUER": "https://login.example.org/realms/ours",
    "ASSESSMENT_OIDC_CLIENT_ID": "assessment",
    "ASSESSMENT_OIDC_CLIENT_SECRET": "very hidden",
}


def test_all_three_together_are_taken_and_the_secret_is_shown_nowhere() -> None:
    settings = from_environment(ALL)
    assert settings.oidc
    assert (settings.oidc_issuer, settings.oidc_client_id) == (ALL["ASSESSMENT_OIDC_ISSUER"], "assessment")
    assert settings.oidc_client_secret == "very hidden"
    assert "very hidden" not in repr(settings)


def test_none_of_them_is_no_provider() -> None:
    assert not from_environment({}).oidc
    assert not from_environment(dict.fromkeys(ALL, "")).oidc


@pytest.mark.parametrize("missing", ALL)
def test_one_that_is_missing_is_named(missing: str) -> None:
    with pytest.raises(Refused, match=f": {missing} is missing"):
        from_environment({name: value for name, value in ALL.items() if name != missing})


@pytest.mark.parametrize("issuer", ["https://login.example.org", "https://login.example.org/", "http://127.0.0.1:9400"])
def test_an_issuer_is_kept_as_it_is_written(issuer: str) -> None:
    assert from_environment(ALL | {"ASSESSMENT_OIDC_ISSUER": issuer}).oidc_issuer == issuer


@pytest.mark.parametrize(
    "issuer",
    [
        "login.example.org",
        "http://login.example.org",
        "https://",
        "https://[",
        "ftp://login.example.org",
        "https://user@login.example.org",
        "https://login.example.org/?realm=ours",
        "https://login.example.org/#ours",
    ],
)
def test_what_can_be_no_issuer_stops_the_start(issuer: str) -> None:
    with pytest.raises(Refused, match="ASSESSMENT_OIDC_ISSUER"):
        from_environment(ALL | {"ASSESSMENT_OIDC_ISSUER": issuer})
