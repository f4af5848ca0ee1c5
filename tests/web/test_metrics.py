"""What Prometheus reads, and who doesn't."""

import re

import pytest
import requests

from kell.web.metrics import registry
from tests import factories
from tests.house.test_metrics_docs import DOCUMENTED
from tests.people import fresh_id, wait_until

TOKEN = "a-token-of-forty-characters-for-prometheus"


@pytest.fixture
def measured(database_url, tmp_path):
    with factories.house(database_url, tmp_path / "data", KELL_METRICS_TOKEN=TOKEN) as running:
        yield running


def page(house, token=TOKEN):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return requests.get(f"{house.base}/metrics", headers=headers, timeout=10)


def value(house, sample):
    """Return the number beside a sample, 0 where there is none yet."""
    found = re.search(rf"^{re.escape(sample)} (\S+)$", page(house).text, re.MULTILINE)
    return float(found[1]) if found else 0.0


class Grown:
    """How much samples have grown: the counts are the process's, which other tests use too."""

    def __init__(self, house):
        self.house = house
        self.before = page(house).text

    def __getitem__(self, sample):
        found = re.search(rf"^{re.escape(sample)} (\S+)$", self.before, re.MULTILINE)
        return value(self.house, sample) - (float(found[1]) if found else 0.0)


def test_without_a_token_set_there_is_no_page(house):
    for token in (None, TOKEN):
        assert page(house, token).status_code == 404


@pytest.mark.parametrize("token", [None, "", "wrong", TOKEN[:-1], f"{TOKEN}x", "õ".encode()])
def test_only_the_right_token_reads_it(measured, token):
    if isinstance(token, bytes):
        token = token.decode("latin-1")
    refused = page(measured, token)
    assert (refused.status_code, "kell_" in refused.text) == (401, False)


def test_the_page_has_what_the_docs_say_and_no_more(measured):
    visitor, operator = measured.visitor(), measured.operator()
    visitor.start("Hello")
    assert operator.inbox()
    shown = page(measured)
    assert shown.headers["Content-Type"].startswith("text/plain")
    names = set(re.findall(r"^# TYPE (kell_\S+) ", shown.text, re.MULTILINE))
    assert names == set(DOCUMENTED)


def test_messages_repeats_and_refusals_are_counted(measured):
    visitor, operator = measured.visitor(), measured.operator()
    grown = Grown(measured)
    visitor.start("Hello")
    given = {"client_id": fresh_id(), "text": "Again"}
    visitor.say(**given)
    visitor.say(**given)
    operator.note(visitor.conversation, "Nice")
    operator.post("conversation.open", conversation="0" * 32)
    operator.post("made.up")
    assert grown['kell_messages_total{side="visitor"}'] == 2
    assert grown['kell_messages_total{side="operator"}'] == 1
    assert grown['kell_duplicates_suppressed_total{side="visitor"}'] == 1
    assert grown['kell_refusals_total{code="not_found",side="operator"}'] == 1
    assert grown['kell_command_seconds_count{command="unknown",side="operator"}'] == 1
    assert "made.up" not in page(measured).text
    count = 'kell_command_seconds_count{command="message.send",side="visitor"}'
    assert grown[count] == 2
    for counted in ("kell_write_wait_seconds_count", "kell_write_batch_works_count"):
        assert grown[counted] >= 3


def test_a_limit_that_refused_is_counted(measured):
    visitor = measured.visitor()
    grown = Grown(measured)
    codes = [visitor.start(f"{number}").code for number in range(12)]
    assert codes.count("rate_limited") == grown['kell_limited_total{limit="start"}'] == 2


def test_what_a_browser_lacked_is_counted_and_what_only_the_beacon_showed(measured):
    visitor, operator = measured.visitor(), measured.operator()
    visitor.start("Hello")
    tab = operator.connect()
    opened = tab.call("conversation.open", conversation=visitor.conversation)
    visitor.say("More")
    grown = Grown(measured)
    gaps = 'kell_gap_repairs_total{side="operator"}'
    mismatches = 'kell_beacon_mismatches_total{side="operator"}'
    sync = {"conversation": visitor.conversation, "after": opened["rev"]}
    tab.call("conversation.sync", **sync)
    assert (grown[gaps], grown[mismatches]) == (1, 0)
    kell = measured.app.extensions["kell"]
    with measured.app.app_context():
        kell.beacon.send(measured.app.extensions["kell.db"])
    tab.wait_for("beacon")
    tab.call("conversation.sync", **sync)
    assert (grown[gaps], grown[mismatches]) == (2, 1)
    tab.call("conversation.sync", **{**sync, "after": opened["rev"] + 1})
    assert (grown[gaps], grown[mismatches]) == (2, 1)


def test_who_is_there_is_looked_up(measured):
    visitor, operator = measured.visitor(), measured.operator()
    tabs = [visitor.connect(), visitor.connect(), operator.connect()]
    assert value(measured, 'kell_sockets{side="visitor"}') == 2
    assert value(measured, 'kell_present{side="visitor"}') == 1
    assert value(measured, 'kell_present{side="operator"}') == 1
    tabs[0].close()
    wait_until(lambda: value(measured, 'kell_sockets{side="visitor"}') == 1)


def test_jobs_that_are_late_or_given_up_are_seen(measured):
    from datetime import timedelta

    from kell.core.clock import now
    from kell.core.outbox import enqueue
    from kell.core.outbox.models import Job

    late = now() + timedelta(hours=-2)

    def bury(tx):
        enqueue(tx, "nobody does this", {}, due_at=late)

    measured.write(bury)
    wait_until(lambda: value(measured, "kell_outbox_dead_jobs") == 1)

    def hold(tx):
        job = tx.session.query(Job).one()
        job.state, job.leased_until = "waiting", now() + timedelta(hours=1)

    measured.write(hold)
    assert value(measured, "kell_outbox_due_jobs") == 1
    assert 7200 <= value(measured, "kell_outbox_lag_seconds") < 7260


def test_the_loop_says_how_late_it_is(measured):
    wait_until(lambda: value(measured, "kell_loop_lag_seconds_count") > 0)


def test_looking_registers_nothing_twice(measured):
    kell = measured.app.extensions["kell"]
    assert registry(kell) is not registry(kell)
    assert page(measured).status_code == page(measured).status_code == 200
