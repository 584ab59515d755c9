"""What travels compressed, and what does not."""

import gzip

import brotli
import pytest

from tests.web.respond.given import Respondent

UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.mark.parametrize("way", UNPACK)
def test_a_page_is_compressed_as_the_browser_takes_it(somebody_new: Respondent, way: str) -> None:
    plain = somebody_new.client.get("/sign-in")
    packed = somebody_new.client.get("/sign-in", headers={"Accept-Encoding": way})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == way
    assert len(packed.data) == int(packed.headers["Content-Length"]) < len(plain.data)
    assert b"<!doctype html>" in UNPACK[way](packed.data).lower()
    assert packed.headers["Cache-Control"] == "no-store"
    assert "Accept-Encoding" in plain.headers["Vary"]


@pytest.mark.parametrize("name", ["site.css", "form.js"])
def test_packaged_files_are_too_and_stay_what_they_are(somebody_new: Respondent, name: str) -> None:
    with somebody_new.client.get(f"/static/{name}") as plain:
        whole = plain.data
    with somebody_new.client.get(f"/static/{name}", headers={"Accept-Encoding": "br"}) as packed:
        assert brotli.decompress(packed.data) == whole
        assert packed.headers["Content-Type"] == plain.headers["Content-Type"]


def test_fonts_which_are_compressed_already_are_not(somebody_new: Respondent) -> None:
    with somebody_new.client.get("/static/fonts/inter-web-400.woff2", headers={"Accept-Encoding": "br"}) as font:
        assert font.status_code == 200
        assert "Content-Encoding" not in font.headers
