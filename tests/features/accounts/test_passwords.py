"""Passwords are slow to guess, and checking them disturbs nobody."""

import itertools
import statistics
import time
import unicodedata

import gevent
import pytest
from argon2 import PasswordHasher, extract_parameters
from pydantic import ValidationError

from kell.accounts import passwords
from kell.accounts.wire import ChangePassword, Login
from kell.core.errors import RetryLater

pytestmark = pytest.mark.once

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def stored() -> str:
    return passwords.hash_password(PASSWORD)


def test_the_right_password_opens_and_no_other(stored):
    assert passwords.verify(PASSWORD, stored)
    assert not passwords.verify(PASSWORD + "!", stored)
    assert not passwords.verify("", stored)


def test_what_is_stored_is_argon2id_with_its_own_salt(stored):
    assert stored.startswith("$argon2id$")
    assert PASSWORD not in stored
    assert passwords.hash_password(PASSWORD) != stored


def test_nobody_opens_nothing(stored):
    assert not passwords.verify(PASSWORD, None)
    assert not passwords.verify(PASSWORD, "garbage")


def test_one_password_is_the_same_from_every_keyboard():
    composed = unicodedata.normalize("NFC", "Pärnu-Jõgi 2026")
    taken_apart = unicodedata.normalize("NFD", composed)
    assert composed != taken_apart
    assert passwords.verify(taken_apart, passwords.hash_password(composed))


def test_an_unknown_email_costs_as_much_as_a_known_one(stored):
    assert extract_parameters(passwords.NOBODYS) == extract_parameters(PasswordHasher().hash("x"))


@pytest.mark.slow
def test_an_unknown_email_takes_as_long_as_a_known_one(stored):
    def took(hashed: str | None) -> float:
        began = time.perf_counter()
        passwords.verify("wrong", hashed)
        return time.perf_counter() - began

    pairs = [(took(stored), took(None)) for _ in range(12)]
    known, unknown = (statistics.median(times) for times in zip(*pairs, strict=True))
    assert abs(known - unknown) < 0.4 * known


def test_the_loop_goes_on_while_passwords_are_checked(stored):
    beats: list[float] = []

    def beat() -> None:
        while True:
            beats.append(time.perf_counter())
            gevent.sleep(0.002)

    heart = gevent.spawn(beat)
    logins = [gevent.spawn(passwords.verify, "wrong", stored) for _ in range(4)]
    gevent.joinall(logins)
    heart.kill()
    together = beats[-1] - beats[0]
    longest = max(later - sooner for sooner, later in itertools.pairwise(beats))
    assert [login.value for login in logins] == [False] * 4
    assert longest < together / 2


def test_too_many_at_once_are_asked_to_come_again(stored, monkeypatch):
    monkeypatch.setattr(passwords, "WAITING_AT_MOST", 0)
    with pytest.raises(RetryLater) as refused:
        passwords.verify(PASSWORD, stored)
    assert refused.value.retry_after == 5


@pytest.mark.parametrize("new", ["short", "x" * 11, "x" * 257])
def test_a_new_password_has_from_12_to_256_characters(new):
    with pytest.raises(ValidationError):
        ChangePassword.model_validate({"present": "x", "new": new})


def test_a_login_is_taken_as_it_is_typed_and_shown_without_its_password():
    login = Login.model_validate({"email": " Admin@Example.ORG ", "password": PASSWORD})
    assert login.email == "admin@example.org"
    assert login.password.get_secret_value() == PASSWORD
    assert PASSWORD not in repr(login) + login.model_dump_json()
