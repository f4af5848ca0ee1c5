"""The pages and files of the fronts."""

import gzip
import re

import pytest
import requests
from sqlalchemy import select

from kell.core.paths import DIST, STATIC
from kell.sites.models import Site


def get(house, path, **headers):
    return requests.get(
        house.base + path, headers={"Accept-Encoding": "identity", **headers}, timeout=40
    )


def key_of(house):
    return house.read(lambda session: session.scalar(select(Site.key)))


def test_the_loader_knows_its_site(street):
    for path in (f"/widget.js?site={key_of(street)}", "/widget.js"):
        script = get(street, path)
        assert script.status_code == 200
        assert script.headers["Content-Type"].startswith("text/javascript")
        assert key_of(street) in script.text
        assert "__KELL_SITE__" not in script.text
        assert script.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert script.headers["Cache-Control"] == "public, max-age=60"


def test_the_loader_comes_compressed_too(street):
    plain = get(street, "/widget.js").content
    packed = requests.get(
        f"{street.base}/widget.js", headers={"Accept-Encoding": "gzip"}, stream=True, timeout=40
    )
    with packed:
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.raw.read()) == plain


@pytest.mark.parametrize("path", ["/widget.js", "/widget/"])
def test_a_site_that_there_is_not_has_no_widget(street, path):
    refused = get(street, f"{path}?site=unknown")
    assert (refused.status_code, refused.json()) == (404, {"error": {"code": "not_found"}})
    for key in ("%00", "x" * 65):
        refused = get(street, f"{path}?site={key}")
        assert refused.status_code == 400
        assert refused.json() == {"error": {"code": "invalid", "field": "site"}}


def test_any_page_may_frame_the_widget_but_none_the_panel(street):
    assert "frame-ancestors *" in get(street, "/widget/").headers["Content-Security-Policy"]
    for path in ("/operator/", "/operator/chats/0123", "/demo"):
        page = get(street, path)
        assert page.status_code == 200
        assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/widget/", "/operator/", "/demo"])
def test_a_page_brings_nothing_inline_and_nothing_from_elsewhere(street, path):
    page = get(street, path)
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    # What a page has to know lies in it as data, which no browser runs.
    html = re.sub(r'<script type="application/json" id="kell-site">[^<]*</script>', "", page.text)
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|https?://", html)


def test_whoever_knows_only_the_host_is_an_operator(street):
    answer = requests.get(street.base, allow_redirects=False, timeout=40)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/operator/")


def test_hashed_files_are_kept_for_ever_and_others_shortly(street):
    hashed = next(each for each in (DIST / "operator" / "assets").iterdir() if each.suffix == ".js")
    kept = get(street, f"/static/{hashed.relative_to(STATIC)}")
    assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert kept.content == hashed.read_bytes()
    assert get(street, "/static/bell.svg").headers["Cache-Control"] == "public, max-age=60"


def test_a_compressed_file_goes_by_the_name_of_the_whole_one(street):
    packed = get(street, "/static/dist/api.js", **{"Accept-Encoding": "br"})
    assert packed.headers["Content-Encoding"] == "br"
    assert packed.headers["Content-Type"].startswith("text/javascript")
    assert "api.js.br" not in str(packed.headers)


def test_a_file_that_was_not_changed_is_not_sent_again(street):
    first = get(street, "/static/bell.svg")
    again = get(street, "/static/bell.svg", **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "name",
    [
        "nothing.js",
        "",
        "demo",
        "../kell/app.py",
        "..%2fkell%2fapp.py",
        "%2e%2e/pyproject.toml",
        "/etc/passwd",
        "dist/loader.js.gz",
        "%00",
        "bell.svg%00.js",
        "x" * 5000,
        "%ff",
    ],
)
def test_nothing_else_is_a_file(street, name):
    with requests.Session() as session:
        request = requests.Request("GET", street.base).prepare()
        request.url = f"{street.base}/static/{name}"  # as it is: prepare() would tidy it up
        refused = session.send(request, timeout=40)
    assert (refused.status_code, refused.json()) == (404, {"error": {"code": "not_found"}})
