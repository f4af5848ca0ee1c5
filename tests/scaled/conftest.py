"""Two processes over one PostgreSQL, as behind a proxy that spreads visitors among them."""

import pytest

from tests import factories


@pytest.fixture
def houses(database_url, tmp_path):
    """Two servers on one database, without Redis."""
    with (
        factories.house(database_url, tmp_path / "one") as one,
        factories.house(database_url, tmp_path / "two") as two,
    ):
        yield one, two
