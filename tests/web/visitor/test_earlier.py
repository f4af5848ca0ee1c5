"""A visitor scrolls up, to what is older than the newest page."""

import pytest

PAGE = 200


@pytest.fixture
def talk(street):
    """A visitor with a long chat, and an operator's notes in between."""
    visitor, operator = street.visitor(), street.operator()
    visitor.start("Message 1")
    for number in range(2, 2 * PAGE + 11):
        visitor.say(f"Message {number}")
        if number % 100 == 0:
            operator.note(visitor.conversation, "Private")
    return visitor


def test_pages_lead_to_the_first_message_without_a_hole(talk):
    newest = talk.sync(0)
    assert (newest["reset"], newest["earlier"]) == (True, True)
    messages, earlier = newest["messages"], True
    pages = [len(messages)]
    while earlier:
        page = talk.post(
            "conversation.earlier", conversation=talk.conversation, before=messages[0]["seq"]
        )
        messages, earlier = page["messages"] + messages, page["earlier"]
        pages.append(len(page["messages"]))
    assert pages == [PAGE, PAGE, 10]
    assert [each["seq"] for each in messages] == list(range(1, 2 * PAGE + 11))
    assert [each["text"] for each in messages] == [f"Message {n}" for n in range(1, 2 * PAGE + 11)]


def test_before_the_first_there_is_nothing(talk):
    page = talk.post("conversation.earlier", conversation=talk.conversation, before=1)
    assert (page["messages"], page["earlier"]) == ([], False)


def test_a_stranger_gets_404(street, talk):
    refused = street.visitor().post(
        "conversation.earlier", conversation=talk.conversation, before=100
    )
    assert (refused.status, refused.code) == (404, "not_found")
