"""Pages are limited by address; commands, health checks and unnamed proxies are not."""

import pytest
import time_machine
from flask import Flask
from flask import request as flask_request

from kell.core.security.address import client_of
from kell.core.security.page_limits import limit_pages

pytestmark = pytest.mark.once


@pytest.fixture(params=[None, "redis://127.0.0.1:1/0"], ids=["memory", "redis-away"])
def browse(request):
    app = Flask("pages")
    for path in ("/demo", "/healthz", "/readyz", "/api/visitor/session"):
        app.add_url_rule(path, path, lambda: "here")
    limit_pages(app, _client, request.param)
    browser = app.test_client()

    def get(path: str, address: str = "192.0.2.1"):
        return browser.get(path, environ_base={"REMOTE_ADDR": address})

    return get


def _client():
    return client_of(flask_request.environ)


# Within one minute: at the turn of two, what was counted before loses weight while it is counted.
@time_machine.travel("2026-11-22T12:00:30Z", tick=False)
def test_a_flood_of_pages_is_refused_in_our_words(browse):
    answers = [browse("/demo") for _ in range(601)]
    assert {answer.status_code for answer in answers[:600]} == {200}
    refused = answers[600]
    assert refused.status_code == 429
    assert refused.json["error"]["code"] == "rate_limited"
    assert 1 <= refused.json["error"]["retry_after"] <= 61
    assert int(refused.headers["Retry-After"]) >= refused.json["error"]["retry_after"]
    assert browse("/demo", "192.0.2.2").status_code == 200
    for path in ("/healthz", "/readyz", "/api/visitor/session"):
        assert browse(path).status_code == 200


def test_an_unnamed_proxy_does_not_shut_everybody_out(browse):
    assert {browse("/demo", "127.0.0.1").status_code for _ in range(650)} == {200}
