"""A server loads what it serves with, and nothing besides."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

SPARED = {"alembic", "mako", "pygments", "redis", "requests", "rich", "websocket"}

# Serves for a moment, as `kell serve` does, and says what came along.
SERVES = """
import kell.__main__
import os, sys
from kell.app import close, prepare, start, stop
from kell.core.config import Config

app = prepare(Config.load(os.environ))
start(app)
stop(app)
close(app)
print(*{each.partition(".")[0] for each in sys.modules})
"""


def loaded(data: Path) -> set[str]:
    settings = {"KELL_DATA": str(data), "KELL_DATABASE_URL": f"sqlite:///{data}/kell.db"}
    environ = {**os.environ, **settings}
    done = subprocess.run(
        [sys.executable, "-c", SERVES], env=environ, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_a_server_on_a_database_that_is_up_to_date_loads_no_more_than_it_needs(tmp_path):
    first, again = loaded(tmp_path), loaded(tmp_path)
    assert "alembic" in first
    assert not again & SPARED
    assert {"socketio", "sqlalchemy"} <= again
