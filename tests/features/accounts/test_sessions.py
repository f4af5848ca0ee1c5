"""A browser stays signed in while it is used, and not a moment after it should end."""

import pytest
import time_machine
from sqlalchemy import func, select

from kell.accounts import actions, people
from kell.accounts.errors import LoginFailed
from kell.accounts.events import OperatorDisabled, PasswordChanged, SessionEnded
from kell.accounts.models import OperatorSession
from kell.accounts.queries import live_sessions, operator_by_email
from kell.core.clock import now
from kell.core.errors import Forbidden, NotFound
from kell.core.security import tokens

HOUR, DAY = 3600, 86400


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-22T10:37:03Z", tick=False) as travel:
        yield travel


def add_operator(staff, email: str, role: str = "operator") -> str:
    return staff.do(actions.add_operator, email=email, name="A", role=role, password_hash="x")


def count_sessions(staff) -> int:
    return staff.ask(lambda session: session.scalar(select(func.count(OperatorSession.id))))


def test_whoever_holds_the_secret_is_signed_in(staff):
    secret = staff.sign_in()
    found = staff.whose(secret)
    assert (found.id, found.role, found.session_id) == (
        staff.admin,
        "admin",
        tokens.digest(secret),
    )
    assert staff.whose(tokens.issue().secret) is None


def test_what_lies_in_the_table_opens_nothing(staff):
    secret = staff.sign_in()
    assert staff.whose(tokens.digest(secret)) is None


def test_an_email_is_found_however_it_is_typed(staff):
    assert staff.ask(operator_by_email, " ADMIN@Example.Org ").id == staff.admin


def test_signing_out_ends_one_browser_and_tells_so(staff):
    here, there = staff.sign_in(), staff.sign_in()
    for _ in range(2):
        staff.do(actions.sign_out, tokens.digest(here))
    assert staff.whose(here) is None
    assert staff.whose(there) is not None
    assert staff.told == [SessionEnded(tokens.digest(here), staff.admin)]


def test_an_idle_session_ends_after_a_week(staff, clock):
    secret = staff.sign_in()
    clock.shift(7 * DAY - 1)
    assert staff.whose(secret) is not None
    clock.shift(1)
    assert staff.whose(secret) is None
    assert staff.ask(live_sessions, [tokens.digest(secret)]) == set()


def test_a_session_in_use_lasts_a_month_and_no_longer(staff, clock):
    secret = staff.sign_in()
    for _ in range(5):
        clock.shift(6 * DAY - 1)
        assert not staff.whose(secret).seen_lately
        staff.do(actions.touch_session, tokens.digest(secret))
        assert staff.whose(secret).seen_lately
    clock.shift(5)
    assert staff.whose(secret) is None
    assert staff.ask(live_sessions, [tokens.digest(secret)]) == set()


def test_being_seen_is_written_once_an_hour(staff, clock):
    secret = staff.sign_in()

    def seen() -> object:
        return staff.ask(lambda session: session.scalar(select(OperatorSession.seen_at)))

    began = seen()
    clock.shift(HOUR - 1)
    staff.do(actions.touch_session, tokens.digest(secret))
    assert seen() == began
    clock.shift(1)
    staff.do(actions.touch_session, tokens.digest(secret))
    assert seen() == now()


def test_old_sessions_are_swept_and_told_of(staff, clock):
    old = staff.sign_in()
    clock.shift(7 * DAY)
    young = staff.sign_in()
    assert staff.do(actions.end_old_sessions) == 1
    assert staff.do(actions.end_old_sessions) == 0
    assert staff.told == [SessionEnded(tokens.digest(old), staff.admin)]
    assert staff.whose(young) is not None


def test_only_live_sessions_are_live(staff):
    live, ended = staff.sign_in(), staff.sign_in()
    staff.do(actions.sign_out, tokens.digest(ended))
    asked = [tokens.digest(live), tokens.digest(ended), "unknown"]
    assert staff.ask(live_sessions, asked) == {tokens.digest(live)}
    assert staff.ask(live_sessions, []) == set()


def test_a_new_password_ends_every_session(staff):
    secrets = [staff.sign_in(), staff.sign_in()]
    staff.do(actions.change_password, staff.admin, "new hash")
    assert [staff.whose(secret) for secret in secrets] == [None, None]
    ended = {SessionEnded(tokens.digest(secret), staff.admin) for secret in secrets}
    assert set(staff.told) == ended | {PasswordChanged(staff.admin)}
    assert staff.ask(operator_by_email, "admin@example.org").password_hash == "new hash"


def test_a_new_password_leaves_others_signed_in(staff):
    other = staff.sign_in(add_operator(staff, "b@example.org"))
    staff.do(actions.change_password, staff.admin, "new hash")
    assert staff.whose(other) is not None


def test_a_password_that_was_changed_while_it_was_checked_opens_nothing(staff):
    staff.do(actions.change_password, staff.admin, "new hash")
    with pytest.raises(LoginFailed):
        staff.do(actions.sign_in, staff.admin, tokens.issue().digest, checked_hash="hash")
    staff.do(actions.sign_in, staff.admin, tokens.issue().digest, checked_hash="new hash")


def test_a_disabled_operator_is_out_at_once_and_stays_out(staff):
    operator = add_operator(staff, "b@example.org")
    secret = staff.sign_in(operator)
    for _ in range(2):
        staff.do(people.disable_operator, operator)
    assert staff.whose(secret) is None
    assert staff.told == [SessionEnded(tokens.digest(secret), operator), OperatorDisabled(operator)]
    assert staff.ask(operator_by_email, "b@example.org") is None
    with pytest.raises(LoginFailed):
        staff.sign_in(operator)


def test_the_last_admin_cannot_be_shut_out(staff):
    with pytest.raises(Forbidden):
        staff.do(people.disable_operator, staff.admin)
    other = add_operator(staff, "b@example.org", role="admin")
    staff.do(people.disable_operator, staff.admin)
    with pytest.raises(Forbidden):
        staff.do(people.disable_operator, other)
    assert count_sessions(staff) == 0


def test_nobody_can_be_signed_in_disabled_or_renewed_who_is_not_there(staff):
    with pytest.raises(LoginFailed):
        staff.sign_in("nobody")
    with pytest.raises(NotFound):
        staff.do(people.disable_operator, "nobody")
    with pytest.raises(NotFound):
        staff.do(actions.change_password, "nobody", "x")
