"""The questionnaire before a chat: what is asked, taken, refused, and shown to operators."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from kell.chat.models import Conversation
from kell.customers.models import Consent
from tests.people import fresh_id

TOPICS = [
    {"id": "order", "labels": {"en": "Order", "et": "Tellimus"}},
    {"id": "pay", "labels": {"en": "Payment"}},
]
POLICY = {"url": {"en": "https://shop.example/en", "et": "https://shop.example/et"}, "version": "2"}
FIELDS = [
    {"id": "name", "kind": "text", "required": True},
    {"id": "phone", "kind": "phone"},
    {"id": "email", "kind": "email"},
    {"id": "topic", "kind": "topic", "required": True},
    {
        "id": "number",
        "kind": "text",
        "required": True,
        "topics": ["order"],
        "labels": {"en": "Order number", "et": "Tellimuse number"},
    },
    {
        "id": "size",
        "kind": "choice",
        "labels": {"en": "Size"},
        "options": [{"id": "m", "labels": {"en": "Middle", "et": "Keskmine"}}],
    },
    {
        "id": "terms",
        "kind": "consent",
        "required": True,
        "labels": {"en": "I agree", "et": "Nõustun"},
        "policy": POLICY,
    },
]
ALL = {
    "name": " Kadri-Liis ",
    "phone": "5555 0123",
    "email": "Kadri@Example.ORG",
    "topic": "order",
    "number": "10415",
    "size": "m",
    "terms": "2",
}


@pytest.fixture
def shop(house):
    house.set_up_site(fields=FIELDS, topics=TOPICS, phone_country="EE")
    return house


def card(house, visitor):
    return house.admin().post("conversation.open", conversation=visitor.conversation)


def test_answers_are_kept_in_one_form_and_shown_to_operators(shop):
    visitor = shop.visitor()
    assert visitor.start(form=ALL, lang="et").status == 200
    opened = card(shop, visitor)
    shown = opened["visitor"]
    assert (shown["name"], shown["email"], shown["phone"]) == (
        "Kadri-Liis",
        "Kadri@example.org",
        "+37255550123",
    )
    assert shown["answers"] == [
        {"id": "number", "label": "Order number", "value": "10415"},
        {"id": "size", "label": "Size", "value": "Middle"},
    ]
    assert opened["conversation"]["topic"] == "Order"


def test_a_consent_is_kept_as_it_was_read(shop):
    visitor = shop.visitor()
    before = datetime.now(UTC).replace(microsecond=0)
    visitor.start(form=ALL, lang="et-EE")
    kept = shop.read(lambda session: session.scalars(select(Consent)).one())
    assert (kept.field, kept.version, kept.language) == ("terms", "2", "et")
    assert (kept.text, kept.url) == ("Nõustun", "https://shop.example/et")
    assert before <= kept.at <= datetime.now(UTC)


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("name", {"name": "  "}),
        ("name", {"name": "x" * 201}),
        ("phone", {"phone": "+372 5555 01"}),
        ("phone", {"phone": "call me"}),
        ("phone", {"phone": "+1 555 0100 000 000"}),
        ("email", {"email": "kadri"}),
        ("email", {"email": "kadri@localhost"}),
        ("topic", {"topic": ""}),
        ("topic", {"topic": "gone"}),
        ("number", {"number": ""}),
        ("size", {"size": "xl"}),
        ("terms", {"terms": ""}),
        ("terms", {"terms": "1"}),
        ("terms", {"terms": "yes"}),
    ],
)
def test_what_is_missing_or_wrong_is_named_and_nothing_begins(shop, field, said):
    visitor = shop.visitor()
    refused = visitor.start(form={**ALL, **said})
    error = {"code": "invalid", "field": f"form.{field}"}
    assert (refused.status, refused.body) == (400, {"error": error})
    assert shop.read(lambda session: session.scalars(select(Conversation.id)).all()) == []
    assert visitor.start(form=ALL).status == 200


def test_a_field_of_another_topic_is_not_missed(shop):
    said = {key: value for key, value in ALL.items() if key != "number"}
    assert shop.visitor().start(form={**said, "topic": "pay"}).status == 200


def test_what_was_told_before_is_not_asked_again_but_each_chat_has_its_topic(shop):
    visitor = shop.visitor()
    visitor.start(form=ALL)
    assert visitor.start().body == {"error": {"code": "invalid", "field": "form.topic"}}
    assert visitor.start(form={"topic": "pay"}).status == 200
    assert card(shop, visitor)["conversation"]["topic"] == "Payment"
    shop.set_up_site(fields=[*FIELDS[:-1], {**FIELDS[-1], "policy": {**POLICY, "version": "3"}}])
    refused = visitor.start(form={"topic": "pay"})
    assert refused.body == {"error": {"code": "invalid", "field": "form.terms"}}
    assert visitor.start(form={"topic": "pay", "terms": "3"}).status == 200


def test_the_retry_of_what_was_accepted_is_never_refused(shop):
    visitor = shop.visitor()
    same = {"start_id": fresh_id(), "client_id": fresh_id(), "form": ALL}
    started = visitor.start(**same)
    shop.set_up_site(fields=[*FIELDS, {"id": "more", "kind": "text", "labels": {"en": "More"}}])
    shop.set_up_site(topics=[TOPICS[1]], fields=[{"id": "topic", "kind": "topic"}])
    again = visitor.start(**same)
    assert again["conversation"] == started["conversation"]
    assert visitor.start(form=ALL).body == {"error": {"code": "invalid", "field": "form.topic"}}


def test_a_field_that_the_site_no_longer_has_is_passed_over(shop):
    assert shop.visitor().start(form={**ALL, "gone": "x"}).status == 200


def test_a_topic_gives_the_chat_to_its_team(shop):
    team = shop.new_team("Billing")
    shop.set_up_site(topics=[TOPICS[0], {**TOPICS[1], "team": team}])
    biller, other = shop.operator("Jaan", teams=[team]), shop.operator("Liisa")
    visitor = shop.visitor()
    visitor.start(form={**ALL, "topic": "pay"})
    assert biller.inbox() == [visitor.conversation]
    assert other.inbox() == []
    plain = shop.visitor()
    plain.start(form=ALL)
    assert other.inbox() == [plain.conversation]


def test_a_topic_whose_team_is_gone_gives_it_to_the_sites(shop):
    shop.set_up_site(topics=[{**TOPICS[1], "team": "0" * 32}], fields=[FIELDS[3]])
    visitor = shop.visitor()
    assert visitor.start(form={"topic": "pay"}).status == 200
    assert shop.operator().inbox() == [visitor.conversation]


class TestOffline:
    """Nobody is there: the form asks how to reach the visitor (CHAT-2)."""

    def test_a_fresh_site_takes_a_chat_that_leaves_nothing(self, house):
        assert house.visitor().start().status == 200

    @pytest.mark.parametrize("way", ["email", "phone"])
    def test_the_way_that_was_chosen_must_be_there(self, house, way):
        refused = house.visitor().start(form={"reach": way})
        assert refused.body == {"error": {"code": "invalid", "field": f"form.{way}"}}

    def test_the_way_that_was_chosen_is_shown_to_operators(self, house):
        visitor = house.visitor()
        visitor.start(form={"reach": "phone", "phone": "+372 5555 0123"})
        shown = card(house, visitor)["visitor"]
        assert shown["phone"] == "+37255550123"
        assert shown["answers"] == [
            {"id": "reach", "label": "Where shall we answer?", "value": "Phone"}
        ]

    def test_here_needs_nothing_more(self, house):
        assert house.visitor().start(form={"reach": "here"}).status == 200

    def test_what_is_required_only_then_is(self, house):
        fields = [
            {"id": "email", "kind": "email", "required": True, "when": "offline"},
            {"id": "name", "kind": "text", "required": True, "when": "online"},
        ]
        house.set_up_site(fields=fields)
        refused = house.visitor().start(form={"name": "Mari"})
        assert refused.body == {"error": {"code": "invalid", "field": "form.email"}}
        socket = house.operator().connect()
        running, database = house.app.extensions["kell"], house.app.extensions["kell.db"]
        socket.wait_for("welcome")
        database.write(running.presence.renew)
        refused = house.visitor().start(form={"email": "mari@example.org"})
        assert refused.body == {"error": {"code": "invalid", "field": "form.name"}}
        assert house.visitor().start(form={"name": "Mari"}).status == 200
