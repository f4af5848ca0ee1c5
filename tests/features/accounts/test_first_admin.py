"""A fresh installation has one team and one admin, whatever interrupts its first start."""

import pytest

from kell.accounts import actions, first_login, passwords
from kell.accounts.queries import has_operators, operator_by_email, teams_of
from kell.core.config import ConfigError

EMAIL = "admin@example.org"


def test_a_fresh_installation_gets_an_admin_in_a_team(staff):
    admin = staff.ask(operator_by_email, EMAIL)
    assert (admin.id, admin.role, admin.name) == (staff.admin, "admin", "Admin")
    assert [team.id for team in staff.ask(teams_of, staff.admin)] == [staff.team]


def test_a_second_start_makes_nobody(staff):
    again = staff.do(actions.make_first_admin, email="other@example.org", password_hash="x")
    assert again is None
    assert staff.ask(operator_by_email, "other@example.org") is None
    assert len(staff.ask(teams_of, None)) == 1


def test_nobody_is_there_before_the_first_start(nobody):
    assert not nobody.ask(has_operators)


def test_the_first_login_is_kept_for_its_owner_alone(tmp_path):
    data = tmp_path / "data"
    login = first_login.offer(data, EMAIL)
    file = data / "first-login"
    assert file.read_text() == f"{EMAIL} {login.password}\n"
    assert file.stat().st_mode & 0o777 == 0o600
    assert first_login.kept(data) == login


def test_a_start_that_was_cut_off_offers_the_same_login(tmp_path):
    assert first_login.offer(tmp_path, EMAIL) == first_login.offer(tmp_path, EMAIL)


def test_the_file_goes_when_that_password_is_changed(tmp_path):
    first_login.offer(tmp_path, EMAIL)
    first_login.forget(tmp_path, "other@example.org")
    assert first_login.kept(tmp_path) is not None
    first_login.forget(tmp_path, "Admin@Example.org")
    assert first_login.kept(tmp_path) is None
    assert list(tmp_path.iterdir()) == []
    first_login.forget(tmp_path, EMAIL)


def test_a_file_with_something_else_in_it_is_refused(tmp_path):
    (tmp_path / "first-login").write_text("hello\n")
    with pytest.raises(ConfigError, match="holds no e-mail and password"):
        first_login.offer(tmp_path, EMAIL)


def test_the_first_password_is_long_and_another_each_time():
    made = {passwords.new_password() for _ in range(100)}
    assert len(made) == 100
    assert all(len(password) == 23 and " " not in password for password in made)
