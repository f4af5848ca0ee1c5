"""A house that mails, its mailbox, and a clock that can be moved."""

from datetime import timedelta

import pytest
import time_machine

from kell.core.clock import now
from tests import factories
from tests.smtp import mailbox


@pytest.fixture
def box():
    with mailbox() as found:
        yield found


@pytest.fixture
def house(database_url, tmp_path, box):
    with factories.house(database_url, tmp_path / "data", KELL_SMTP_URL=box.url) as running:
        yield running


@pytest.fixture
def later():
    """Move the wall clock forward; everything that waits by it finds its time has come."""
    with time_machine.travel(now(), tick=True) as traveller:
        yield lambda **by: traveller.shift(timedelta(**by))
