"""What operators do about themselves."""

from tests.factories import PASSWORD
from tests.people import Operator, wait_until


def test_another_name_is_shown_everywhere(house):
    liisa, visitor = house.operator("Liisa"), house.visitor()
    visitor.start("Hello")
    liisa.say(visitor.conversation, "Hi")
    socket = liisa.connect()
    assert (
        liisa.post("profile.save", name=" Liisa Maasikas ")["operator"]["name"] == "Liisa Maasikas"
    )
    socket.wait_for("reach.changed")
    assert visitor.sync()["messages"][1]["author"]["name"] == "Liisa Maasikas"


def test_a_photo_is_an_uploaded_picture(house):
    liisa = house.operator("Liisa")
    refused = liisa.post("profile.photo", picture="https://elsewhere.example/me.png")
    assert refused.body == {"error": {"code": "invalid", "field": "picture"}}
    assert liisa.post("profile.photo", picture=None)["operator"]["photo"] is None


def test_sessions_are_listed_and_ended(house):
    liisa = house.operator("Liisa")
    email = liisa.get("/api/operator/me")["operator"]["email"]
    second = Operator.sign_in(house.base, email, PASSWORD)
    third = Operator.sign_in(house.base, email, PASSWORD)
    rows = liisa.post("sessions.list")["sessions"]
    assert [each["current"] for each in rows] == [False, False, True]
    assert rows[0]["address"] == "127.0.0.1"
    assert rows[0]["browser"].startswith("Python Requests")
    socket = third.connect()
    for _ in range(2):
        liisa.post("sessions.end", session=rows[0]["id"])
    socket.wait_for("session.ended")
    wait_until(lambda: not socket.connected, "the socket ended")
    assert third.post("hello").code == "unauthenticated"
    assert second.post("hello").code is None
    liisa.post("sessions.end_others")
    assert second.post("hello").code == "unauthenticated"
    assert len(liisa.post("sessions.list")["sessions"]) == 1


def test_nobody_ends_the_sessions_of_others(house):
    liisa, jaan = house.operator("Liisa"), house.operator("Jaan")
    (row,) = liisa.post("sessions.list")["sessions"]
    jaan.post("sessions.end", session=row["id"])
    jaan.post("sessions.end_others")
    assert liisa.post("hello").code is None
