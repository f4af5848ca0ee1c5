"""Is it alive, and can it work?"""

from contextlib import contextmanager

import pytest
import requests
from sqlalchemy import create_engine, make_url

from kell.core.db import engines, migrate
from kell.serve import Server, listen
from tests import factories
from tests.people import wait_until


def get(base, path):
    response = requests.get(base + path, timeout=40)
    return response.status_code, response.json()


@contextmanager
def serving(database_url, data):
    """Serve without having looked at the database, as after a restart beside a broken one."""
    app = factories.create_app(
        factories.Config.load({"KELL_DATABASE_URL": database_url, "KELL_DATA": str(data)})
    )
    server = Server(listen("127.0.0.1", 0), app)
    server.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        app.extensions["kell.db"].close()
        server.shut_down()


@pytest.fixture
def no_database(database_url, tmp_path):
    """The address of a database that isn't there."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        garbage = tmp_path / "garbage.db"
        garbage.write_bytes(b"This is no database, but it is as long as one would be. " * 100)
        return f"sqlite:///{garbage}"
    return url.set(database="nowhere").render_as_string(hide_password=False)


def test_a_house_that_serves_is_ready(house):
    ready = wait_until(lambda: get(house.base, "/readyz")[0] == 200, "ready")
    assert ready
    assert get(house.base, "/readyz") == (200, {"status": "ready"})
    assert get(house.base, "/healthz") == (200, {"status": "ok"})


def test_without_a_database_it_is_alive_but_not_ready(no_database, tmp_path):
    with serving(no_database, tmp_path) as base:
        assert get(base, "/healthz") == (200, {"status": "ok"})
        status, body = get(base, "/readyz")
        assert (status, body["error"]) == (503, {"code": "not_ready"})
        assert "database" in body["parts"]


def test_a_database_that_is_not_migrated_is_named(database_url, tmp_path):
    engine = engines.make_writer(database_url, connections=1)
    migrate.downgrade(engine, "-1")
    engine.dispose()
    with serving(database_url, tmp_path) as base:
        status, body = get(base, "/readyz")
        assert (status, body["parts"]) == (503, ["migrations", "worker"])


def test_a_worker_that_does_not_look_is_named(database_url, tmp_path):
    with serving(database_url, tmp_path) as base:
        assert get(base, "/readyz") == (
            503,
            {"error": {"code": "not_ready"}, "parts": ["worker"]},
        )


def test_what_is_not_ready_is_not_spoken_about_in_detail(no_database, tmp_path):
    with serving(no_database, tmp_path) as base:
        body = requests.get(base + "/readyz", timeout=40).text
    assert "garbage" not in body
    assert "nowhere" not in body
    assert create_engine(no_database).url.database not in body
