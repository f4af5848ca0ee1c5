"""Nobody waits unseen: a chat that has waited too long is mailed to who is away, once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from kell.chat.timers import Timer
from kell.core.clock import now
from kell.web.background import fire_due
from tests import factories
from tests.people import wait_until
from tests.web.notifications.test_unseen_reply import nothing_waits


def timers(house):
    """Return (seconds until it is due, whether it has fired) of each timer."""
    found = house.read(lambda session: session.scalars(select(Timer)).all())
    return [(round((each.due_at - now()).total_seconds()), bool(each.fired_at)) for each in found]


def has_fired(house):
    return [fired for _, fired in timers(house)] == [True]


def test_the_team_that_is_away_gets_a_mail_with_no_word_of_the_chat(house, box, later):
    visitor, liisa = house.visitor(), house.operator("Liisa")
    visitor.start("My secret question", form={"name": "Mari"})
    later(seconds=121)
    mails = wait_until(lambda: len(box.mails) == 2 and box.mails)
    assert any(each["To"].startswith("liisa-") for each in mails)
    for mail in mails:
        assert "Mari" in mail["Subject"]
        assert f"/operator/c/{visitor.conversation}" in mail.get_content()
        assert "secret" not in mail.as_string()
    assert liisa.inbox() == [visitor.conversation]


def test_who_is_responsible_hears_of_it_alone(house, box, later):
    visitor, liisa = house.visitor(), house.operator("Liisa")
    house.operator("Mart")
    visitor.start("Hello")
    liisa.post("conversation.take", conversation=visitor.conversation)
    later(seconds=121)
    [mail] = wait_until(lambda: box.mails)
    assert mail["To"].startswith("liisa-")
    wait_until(lambda: nothing_waits(house))
    assert len(box.mails) == 1


def test_who_is_there_sees_it_and_gets_no_mail(house, box, later):
    visitor, liisa = house.visitor(), house.operator("Liisa")
    visitor.start("Hello")
    liisa.post("conversation.take", conversation=visitor.conversation)
    liisa.connect().wait_for("welcome")
    # By steps: a jump would leave her away for a moment, as for a timer that looks just then.
    for _ in range(5):
        later(seconds=25)
        house.write(house.app.extensions["kell"].presence.renew)
    wait_until(lambda: has_fired(house))
    assert nothing_waits(house)
    assert box.mails == []


def test_it_is_armed_once_however_much_is_written(house):
    visitor = house.visitor()
    visitor.start("Hello")
    armed = house.read(lambda session: session.scalars(select(Timer.due_at)).all())
    visitor.say("Are you there?")
    assert house.read(lambda session: session.scalars(select(Timer.due_at)).all()) == armed
    assert [(left in (119, 120), fired) for left, fired in timers(house)] == [(True, False)]


@pytest.mark.parametrize("how", ["answer", "close"])
def test_an_answer_and_the_end_cancel_it(house, box, later, how):
    visitor, liisa = house.visitor(), house.operator("Liisa")
    visitor.start("Hello")
    if how == "answer":
        liisa.say(visitor.conversation, "Good day")
    else:
        liisa.post("conversation.close", conversation=visitor.conversation)
    assert timers(house) == []
    later(minutes=3)
    assert nothing_waits(house) or how == "answer"
    assert box.mails == []


def test_a_note_answers_nobody(house):
    visitor, liisa = house.visitor(), house.operator("Liisa")
    visitor.start("Hello")
    liisa.note(visitor.conversation, "Who knows?")
    assert len(timers(house)) == 1


def test_who_waits_again_is_told_of_again(house, box, later):
    visitor, liisa = house.visitor(), house.operator("Liisa")
    visitor.start("Hello")
    liisa.post("conversation.take", conversation=visitor.conversation)
    later(seconds=121)
    wait_until(lambda: len(box.mails) == 1)
    liisa.say(visitor.conversation, "Good day")
    visitor.say("One more thing")
    later(seconds=121)
    wait_until(lambda: len(box.mails) == 2)


def test_of_many_that_look_at_once_one_fires(house, box, later):
    visitor = house.visitor()
    visitor.start("Hello")
    later(seconds=121)
    database = house.app.extensions["kell.db"]

    def look(_):
        with house.app.app_context():
            fire_due(database)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(look, range(16)))
    assert has_fired(house)
    wait_until(lambda: nothing_waits(house))
    assert len(box.mails) == 1


def test_one_that_came_due_while_nobody_served_fires_at_the_next_start(
    database_url, tmp_path, box, later
):
    settings = {"KELL_SMTP_URL": box.url, "KELL_LATE_AFTER": "30"}
    with factories.house(database_url, tmp_path / "data", **settings) as house:
        house.visitor().start("Hello")
    later(hours=1)
    with factories.house(database_url, tmp_path / "data", **settings) as house:
        wait_until(lambda: has_fired(house))
        wait_until(lambda: nothing_waits(house))
    assert len(box.mails) == 1
