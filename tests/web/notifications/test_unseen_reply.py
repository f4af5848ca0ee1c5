"""A reply that the visitor hasn't seen goes by e-mail, once (CHAT-13)."""

import re

from kell.notifications.providers import smtp
from tests import factories
from tests.files import holding
from tests.people import Visitor, wait_until

MAIL = {"name": "Mari", "email": "mari@example.org"}


def test_who_is_away_gets_it_by_mail_with_the_text_and_the_writers_name(house, box, later):
    visitor = house.visitor()
    visitor.start("Hello", form=MAIL)
    house.operator("Liisa").say(visitor.conversation, "We deliver on Monday")
    later(seconds=31)
    [mail] = wait_until(lambda: box.mails)
    assert mail["To"] == "mari@example.org"
    assert "Liisa" in mail["Subject"]
    assert "We deliver on Monday" in mail.get_content()


def test_two_replies_make_one_mail(house, box, later):
    visitor, operator = house.visitor(), house.operator()
    visitor.start("Hello", form=MAIL)
    operator.say(visitor.conversation, "First")
    operator.say(visitor.conversation, "Second")
    later(seconds=31)
    wait_until(lambda: box.mails)
    later(minutes=10)
    wait_until(lambda: mailed(operator, visitor) == ["First", "Second"])
    assert wait_until(lambda: nothing_waits(house))
    assert len(box.mails) == 1


def test_who_has_read_it_gets_no_mail(house, box, later):
    visitor, operator = house.visitor(), house.operator()
    visitor.start("Hello", form=MAIL)
    operator.say(visitor.conversation, "Good day")
    visitor.post("mark.read", conversation=visitor.conversation, seq=2)
    later(minutes=10)
    assert wait_until(lambda: nothing_waits(house))
    assert box.mails == []


def test_who_received_but_did_not_look_gets_it_after_five_minutes(house, box, later):
    visitor, operator = house.visitor(), house.operator()
    visitor.start("Hello", form=MAIL)
    operator.say(visitor.conversation, "Good day")
    visitor.post("mark.delivered", conversation=visitor.conversation, seq=2)
    later(seconds=40)
    wait_until(lambda: waiting_jobs(house) == 1 and first_check_is_done(house))
    assert box.mails == []
    later(minutes=5)
    wait_until(lambda: len(box.mails) == 1)


def test_the_link_opens_the_same_chat_in_another_browser(house, box, later):
    visitor = house.visitor()
    visitor.start("Hello", form=MAIL)
    house.operator().say(visitor.conversation, "Good day")
    later(seconds=31)
    [mail] = wait_until(lambda: box.mails)
    link = re.search(r"#resume=(\S+)", mail.get_content())
    assert link is not None
    other = Visitor(house.base, "visitor", {})
    token = other.post("session", site="", resume=link[1])["token"]
    other.headers = {"Authorization": f"Bearer {token}"}
    other.conversation = visitor.conversation
    assert other.texts() == ["Hello", "Good day"]
    assert visitor.texts() == ["Hello", "Good day"]


def test_the_link_names_the_conversation_of_the_mail_not_the_newest(house, box, later):
    visitor, operator = house.visitor(), house.operator()
    visitor.start("Hello", form=MAIL)
    first = visitor.conversation
    operator.say(first, "Good day")
    visitor.start("And something else")
    later(seconds=31)
    [mail] = wait_until(lambda: box.mails)
    [words] = re.findall(r"#resume=(\S+)", mail.get_content())
    opened = Visitor(house.base, "visitor", {}).post("session", site="", resume=words)
    assert opened["conversation"] == first != visitor.conversation
    assert Visitor(house.base, "visitor", {}).post("session", site="")["conversation"] is None


def test_a_forged_link_opens_nothing(house):
    refused = Visitor(house.base, "visitor", {}).post("session", site="", resume="forged.link.x")
    assert (refused.status, refused.code) == (401, "unauthenticated")


def test_a_reply_deleted_before_it_left_is_in_no_mail(house, box, later):
    visitor, operator = house.visitor(), house.operator()
    visitor.start("Hello", form=MAIL)
    wrong = operator.say(visitor.conversation, "A mistake")
    operator.say(visitor.conversation, "The right answer")
    operator.post("message.delete", conversation=visitor.conversation, message=wrong["id"])
    later(seconds=31)
    [mail] = wait_until(lambda: box.mails)
    assert "The right answer" in mail.get_content()
    assert "A mistake" not in mail.get_content()


def test_operators_see_what_has_left_by_mail(house, box, later):
    visitor, operator = house.visitor(), house.operator()
    visitor.start("Hello", form=MAIL)
    operator.say(visitor.conversation, "Good day")
    socket = operator.connect()
    later(seconds=31)
    change = socket.wait_for("conversation.changed")
    assert [each["text"] for each in change["messages"]] == ["Good day"]
    assert change["messages"][0]["mailed_at"]


def test_a_server_that_is_away_is_tried_again(house, box, later):
    visitor = house.visitor()
    visitor.start("Hello", form=MAIL)
    box.refuse = 451
    house.operator().say(visitor.conversation, "Good day")
    later(seconds=31)
    wait_until(lambda: box.tries)
    box.refuse = None
    later(minutes=1)
    wait_until(lambda: len(box.mails) == 1)


def test_a_recipient_who_does_not_exist_is_tried_once(house, box, later):
    visitor = house.visitor()
    visitor.start("Hello", form=MAIL)
    box.refuse = 550
    house.operator().say(visitor.conversation, "Good day")
    later(seconds=31)
    wait_until(lambda: box.tries)
    later(hours=1)
    assert wait_until(lambda: nothing_waits(house))
    assert (box.tries, box.mails) == (1, [])


def mailed(operator, visitor):
    opened = operator.post("conversation.open", conversation=visitor.conversation)
    return [each["text"] for each in opened["messages"] if each["mailed_at"]]


def waiting_jobs(house) -> int:
    from sqlalchemy import func, select

    from kell.core.outbox.models import WAITING, Job

    return house.read(
        lambda session: session.scalar(select(func.count()).where(Job.state == WAITING))
    )


def nothing_waits(house) -> bool:
    return waiting_jobs(house) == 0


def first_check_is_done(house) -> bool:
    from sqlalchemy import select

    from kell.core.outbox.models import DONE, Job

    return bool(
        house.read(
            lambda session: session.scalar(
                select(Job.id).where(Job.state == DONE, Job.key.startswith("away:"))
            )
        )
    )


def test_without_a_server_it_is_kept_as_a_file_that_goes_with_the_deletion(
    database_url, tmp_path, later
):
    with factories.house(database_url, tmp_path / "data") as house:
        visitor, operator = house.visitor(), house.operator()
        visitor.start("Hello", form=MAIL)
        wrong = operator.say(visitor.conversation, "Kaspar-Tuvi-secret")
        later(seconds=31)
        wait_until(lambda: holding("Kaspar-Tuvi-secret", (tmp_path / "data").rglob("*")))
        operator.post("message.delete", conversation=visitor.conversation, message=wrong["id"])
        wait_until(lambda: not holding("Kaspar-Tuvi-secret", (tmp_path / "data").rglob("*")))
        opened = operator.post("conversation.open", conversation=visitor.conversation)
        assert opened["messages"][-1]["mailed_at"], "operators see that it had left"


def test_a_reply_that_is_deleted_while_its_mail_is_being_kept_is_in_no_file_either(
    database_url, tmp_path, later, monkeypatch
):
    with factories.house(database_url, tmp_path / "data") as house:
        visitor, operator = house.visitor(), house.operator()
        keep = smtp.send

        def delete_then_keep(*mail):
            given = {"conversation": visitor.conversation, "message": wrong["id"]}
            assert operator.post("message.delete", **given).status == 200
            wait_until(lambda: copies_are_looked_for(house) == 1)
            keep(*mail)
            assert holding("Kaspar-Tuvi-secret", (tmp_path / "data").rglob("*.eml"))

        monkeypatch.setattr(smtp, "send", delete_then_keep)
        visitor.start("Hello", form=MAIL)
        wrong = operator.say(visitor.conversation, "Kaspar-Tuvi-secret")
        later(seconds=31)
        wait_until(lambda: copies_are_looked_for(house) == 2)
        assert not holding("Kaspar-Tuvi-secret", (tmp_path / "data").rglob("*"))


def copies_are_looked_for(house) -> int:
    """Return how often copies of a deleted message have been looked for."""
    from sqlalchemy import func, select

    from kell.core.outbox.models import DONE, Job

    done = select(func.count()).where(Job.state == DONE, Job.kind == "mail.scrub")
    return house.read(lambda session: session.scalar(done))
