"""What the tests of the doors may ask for beside a house of their own."""

from collections.abc import Callable, Iterator

import pytest

from kell.web import farewell
from tests import factories, people
from tests.factories import House
from tests.unlimited import Unlimited


@pytest.fixture(autouse=True)
def _short_goodbyes(monkeypatch: pytest.MonkeyPatch) -> None:
    """When a test is over, nobody is left to hear the goodbye."""
    monkeypatch.setattr(farewell, "HEARD_WITHIN", 0)


@pytest.fixture(scope="module")
def shared_house(
    new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """One house for all tests of a file that look at nobody but the people they bring."""
    with factories.house(new_database(), tmp_path_factory.mktemp("data")) as running:
        running.app.extensions["kell.limits"] = Unlimited()
        yield running


@pytest.fixture
def street(shared_house: House) -> Iterator[House]:
    """The shared house, left as it was found."""
    yield shared_house
    people.leave()
