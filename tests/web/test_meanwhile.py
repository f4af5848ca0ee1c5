"""A commit in the middle of a request that waits: between its read and its waiting."""

import pytest

from kell.chat import queries, shapes
from kell.web import waiting
from tests.web.operator.test_changes import changes as changes_of_operator
from tests.web.visitor.test_changes import changes as changes_of_visitor


@pytest.fixture(autouse=True)
def _wakes_by_itself_alone(monkeypatch):
    """Without the look from time to time, only the push itself ends a wait."""
    monkeypatch.setattr(waiting, "LOOKS_EVERY", 3600)


def once_after(monkeypatch, module, name, deed):
    """Do something right after a function has read for the first time."""
    read = getattr(module, name)
    done = []

    def reads(*given):
        found = read(*given)
        if not done:
            done.append(deed())
        return found

    monkeypatch.setattr(module, name, reads)
    return done


def test_a_visitor_hears_of_it_at_once_and_once(house, monkeypatch):
    visitor, operator = house.visitor(), house.operator()
    visitor.start("Hello")
    done = once_after(
        monkeypatch,
        shapes,
        "visitor_sync",
        lambda: operator.say(visitor.conversation, "In between"),
    )
    answer = changes_of_visitor(visitor, after=1)
    assert (answer["rev"], [row["text"] for row in answer["messages"]]) == (2, ["In between"])
    assert [each.code for each in done] == [None]
    monkeypatch.setattr(waiting, "WAITS", 0.2)
    assert changes_of_visitor(visitor, after=answer["rev"])["messages"] == []


def test_a_panel_hears_of_it_at_once_and_once(house, monkeypatch):
    visitor, operator = house.visitor(), house.operator()
    at = operator.post("hello")["at"]
    done = once_after(
        monkeypatch, queries, "changed_within_reach", lambda: visitor.start("In between")
    )
    answer = changes_of_operator(operator, at)
    assert [each["id"] for each in answer["changes"]] == [visitor.conversation]
    assert [each.code for each in done] == [None]
    monkeypatch.setattr(waiting, "WAITS", 0.2)
    assert changes_of_operator(operator, answer["next"])["at"] > answer["at"]
