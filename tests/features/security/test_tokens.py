import pytest

from kell.core.security import tokens

pytestmark = pytest.mark.once


def test_what_is_stored_does_not_open():
    token = tokens.issue()
    assert tokens.digest(token.secret) == token.digest
    assert tokens.digest(token.digest) != token.digest
    assert token.secret not in token.digest
    assert len(token.digest) == 64


def test_no_two_tokens_are_alike_and_none_can_be_guessed():
    secrets = {tokens.issue().secret for _ in range(1000)}
    assert len(secrets) == 1000
    # 43 characters of 6 bits each: 256 bits (ASVS 7.2.3 asks for 128).
    assert all(tokens.well_formed(secret) for secret in secrets)


def test_what_cannot_be_a_token_is_refused_without_a_look():
    for wrong in ["", "x" * 42, "x" * 44, "x" * 42 + "\n", "ы" * 43, "x" * 42 + "="]:
        assert not tokens.well_formed(wrong)
