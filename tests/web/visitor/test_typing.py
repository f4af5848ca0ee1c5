"""A visitor is typing."""

from datetime import datetime, timedelta

from kell.core.clock import now


def typing(visitor):
    return visitor.post("typing", conversation=visitor.conversation)


def test_the_operators_hear_of_it_for_six_seconds(street):
    visitor = street.visitor()
    visitor.start("Hello")
    socket = street.operator().connect()
    assert typing(visitor).body == {}
    hint = socket.wait_for("typing")
    assert hint["conversation"] == visitor.conversation
    assert hint["author"]["kind"] == "visitor"
    left = datetime.fromisoformat(hint["until"]) - now()
    assert left <= timedelta(seconds=6)


def test_it_carries_the_name_that_the_visitor_has_just_given(street):
    visitor = street.visitor()
    operator, tab = street.operator().connect(), visitor.connect()
    visitor.start(form={"name": "Mari"})
    tab.call("typing", conversation=visitor.conversation)
    assert operator.wait_for("typing")["author"]["name"] == "Mari"


def test_it_changes_nothing(street):
    visitor = street.visitor()
    visitor.start("Hello")
    before = visitor.sync().body
    typing(visitor)
    assert visitor.sync().body == before


def test_the_visitor_hears_the_operator_but_not_themselves(street):
    visitor = street.visitor()
    visitor.start("Hello")
    operator, tab = street.operator("Liisa"), visitor.connect()
    typing(visitor)
    operator.post("typing", conversation=visitor.conversation)
    hint = tab.wait_for("typing")
    assert (hint["author"]["kind"], hint["author"]["name"]) == ("operator", "Liisa")
    assert len(tab.events("typing")) == 1


def test_colleagues_hear_each_other_but_the_typing_tab_does_not(street):
    visitor = street.visitor()
    visitor.start("Hello")
    liisa, jaan = street.operator("Liisa").connect(), street.operator("Jaan").connect()
    liisa.call("typing", conversation=visitor.conversation)
    assert jaan.wait_for("typing")["author"]["name"] == "Liisa"
    jaan.call("typing", conversation=visitor.conversation)
    assert [each["author"]["name"] for each in [liisa.wait_for("typing")]] == ["Jaan"]
    assert len(liisa.events("typing")) == 1
