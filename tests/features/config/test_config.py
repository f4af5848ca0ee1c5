"""What an installation is told is right, or it is refused by name before anything starts."""

import re
from pathlib import Path

import pytest
from sqlalchemy import make_url

from kell.core.config import Config, ConfigError, secret_key, settings

pytestmark = pytest.mark.once

SECRET = "hunter2-hunter2"


def problems(**environ: str) -> list[str]:
    with pytest.raises(ConfigError) as refused:
        Config.load(environ)
    return refused.value.problems


def test_a_fresh_installation_needs_no_setting(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    config = Config.load({})
    assert config.database_url == f"sqlite:///{tmp_path}/data/kell.db"
    assert config.data == tmp_path / "data"
    assert (config.host, config.port, config.gate) == ("127.0.0.1", 8080, "on")
    assert config.is_sqlite
    assert config.listens_on_loopback
    assert config.base_url == "http://127.0.0.1:8080"


def test_the_database_lies_in_the_data_folder_unless_it_is_named(tmp_path):
    file = tmp_path / "kell 100%.d" / "kell.db"
    config = Config.load({"KELL_DATA": str(file.parent)})
    assert make_url(config.database_url).database == str(file)
    given = {"KELL_DATA": str(tmp_path), "KELL_DATABASE_URL": "postgresql://localhost/kell"}
    assert not Config.load(given).is_sqlite


def test_a_database_from_before_the_folder_was_named_is_never_left_behind(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    old, new = tmp_path / "data/kell.db", tmp_path / "new/kell.db"
    old.parent.mkdir()
    old.touch()
    told = problems(KELL_DATA="new")
    assert [str(path) in told[0] for path in (old, new)] == [True, True]
    for way in re.findall(r"KELL_DATABASE_URL=(\S+)", told[0]):
        assert Config.load({"KELL_DATA": "new", "KELL_DATABASE_URL": way}).database_url == way
    new.parent.mkdir()
    new.touch()
    assert Config.load({"KELL_DATA": "new"}).database_url == f"sqlite:///{new}"


def test_nothing_changes_a_setting_later():
    with pytest.raises(ValueError, match="frozen"):
        Config.load({}).port = 1  # type: ignore[misc]


def test_the_environment_goes_before_the_file(tmp_path):
    file = tmp_path / "kell.env"
    file.write_text("# settings\nPORT=1111\nexport HOST='::1'\nKELL_SECRET_KEY=" + "$x" * 20 + "\n")
    config = Config.load({"KELL_CONFIG": str(file), "PORT": "2222"})
    assert (config.host, config.port) == ("::1", 2222)
    assert secret_key(config) == "$x" * 20


def test_an_empty_value_is_no_value():
    assert Config.load({"PORT": "", "KELL_REDIS_URL": " "}).port == 8080


def test_other_programs_settings_are_none_of_ours():
    assert Config.load({"PATH": "/bin", "GATE": "x"}).gate == "on"


def test_everything_wrong_is_told_at_once():
    found = problems(KELL_GATE="of", PORT="http", KELL_SECRT_KEY="x")
    assert [line.split(":")[0] for line in found] == ["KELL_SECRT_KEY", "KELL_GATE", "PORT"]


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("PORT", "0", "0 is not from 1 to 65535"),
        ("PORT", "65536", "65536 is not from 1 to 65535"),
        ("PORT", "8080x", "'8080x' isn't a number"),
        ("PORT", "٣", "isn't a number"),
        ("HOST", "http://x", "neither an address of this machine nor a host's name"),
        ("HOST", "a b", "neither an address of this machine nor a host's name"),
        ("KELL_GATE", "OFF", "'OFF' is neither on nor off"),
        ("KELL_PUBLIC_URL", "chat.example.org", "must begin with https:// or http://"),
        ("KELL_PUBLIC_URL", "https://example.org/chat", "a host of its own"),
        ("KELL_PUBLIC_URL", "https://example.org?x", "a host of its own"),
        ("KELL_TRUSTED_PROXIES", "nginx", "'nginx' is neither an address nor a network"),
        ("KELL_TRUSTED_PROXIES", "10.0.0.1/8", "write 10.0.0.0/8"),
        ("KELL_TRUSTED_PROXIES", "::1, 0.0.0.0/0", "anyone could pretend any address"),
        ("KELL_SECRET_KEY", SECRET, "it has 15 characters and needs 32 or more"),
        ("KELL_SMTP_URL", f"http://u:{SECRET}@x", "must begin with smtp:// or smtps://"),
        ("KELL_SMTP_URL", f"smtp://u:{SECRET}@x:port", "host or port can't be read"),
        ("KELL_REDIS_URL", f"redis://:{SECRET}@", "names no server"),
        ("KELL_DATABASE_URL", f"{SECRET}", "isn't the address of a database"),
        ("KELL_DATABASE_URL", f"mysql://u:{SECRET}@x/y", "SQLite (sqlite:///FILE) or PostgreSQL"),
        ("KELL_DATABASE_URL", f"postgresql+psycopg2://u:{SECRET}@x/y", "or PostgreSQL"),
        ("KELL_DATABASE_URL", f"postgresql://u:{SECRET}@x", "the name of the database is missing"),
        ("KELL_DATABASE_URL", "sqlite://", "SQLite needs a file"),
        ("KELL_DATABASE_URL", "sqlite:///:memory:", "SQLite needs a file"),
        ("KELL_DATABASE_URL", "sqlite:///file:x?mode=memory&uri=true", "SQLite needs a file"),
        ("KELL_DATABASE_URL", "sqlite:///x.db?nolock=1&uri=true", "SQLite takes no options"),
        ("KELL_DATABASE_URL", "sqlite://data/kell.db", "three slashes"),
    ],
)
def test_a_wrong_value_is_refused_by_name_with_what_would_be_right(name, value, reason):
    [line] = problems(**{name: value})
    assert line.startswith(f"{name}: ")
    assert reason in line
    assert f"For example {name}=" in line
    assert SECRET not in line


def test_a_secret_is_never_repeated(tmp_path):
    file = tmp_path / "kell.env"
    file.write_text(f"KELL_SECRET_KEY {SECRET}\n")
    told = problems(
        KELL_CONFIG=str(file),
        KELL_DATABASE_URL=f"postgresql://kell:{SECRET}@[",
        KELL_PUBLIC_URL=f"https://kell:{SECRET}@example.org",
        KELL_REDIS_URL=f"http://:{SECRET}@localhost",
    )
    assert len(told) == 4
    assert SECRET not in "\n".join(told)


def test_a_setting_is_not_shown_with_its_secret():
    secret = SECRET * 4
    config = Config.load(
        {
            "KELL_DATABASE_URL": f"postgresql://u:{secret}@localhost/kell",
            "KELL_REDIS_URL": f"redis://:{secret}@localhost",
            "KELL_SMTP_URL": f"smtp://u:{secret}@localhost",
            "KELL_SECRET_KEY": secret,
        }
    )
    assert secret not in repr(config) + str(config)


@pytest.mark.parametrize(
    ("name", "near"), [("KELL_DATABASE", "KELL_DATABASE_URL"), ("KELL_PROXIES", "KELL_")]
)
def test_an_unknown_setting_is_refused_with_the_nearest_known_one(name, near):
    [line] = problems(**{name: "x"})
    assert line.startswith(f"{name}: there is no such setting")
    assert near in line.split("setting.")[1]


def test_a_file_with_anything_else_in_it_is_refused(tmp_path):
    file = tmp_path / "kell.env"
    file.write_text("PORT=1\nnot a setting\nKELL_HOST=x\nKELL_CONFIG=/y\nHOST\n")
    told = "\n".join(problems(KELL_CONFIG=str(file)))
    assert f"line 2 of {file}" in told
    assert "KELL_HOST: there is no such setting" in told
    assert "KELL_CONFIG: there is no such setting" in told
    assert f"line 5 of {file}" in told


@pytest.mark.parametrize("content", [None, b"PORT=\xff"])
def test_a_file_that_cannot_be_read_is_refused(tmp_path, content):
    file = tmp_path / "kell.env"
    if content is not None:
        file.write_bytes(content)
    [line] = problems(KELL_CONFIG=str(file))
    assert line.startswith(f"KELL_CONFIG: {file} can't be read")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org"])
def test_the_gate_opens_to_loopback_alone(host):
    [line] = problems(KELL_GATE="off", HOST=host)
    assert line == "KELL_GATE: off is for loopback alone. Set KELL_GATE=on or HOST=127.0.0.1"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "[::1]", "localhost"])
def test_the_gate_may_be_off_on_loopback(host):
    assert Config.load({"KELL_GATE": "off", "HOST": host}).gate == "off"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_spoken_to_through_one_driver(scheme):
    config = Config.load({"KELL_DATABASE_URL": f"{scheme}://u:p%40ss@h:1/d?sslmode=require"})
    assert config.database_url == "postgresql+psycopg://u:p%40ss@h:1/d?sslmode=require"
    assert not config.is_sqlite


@pytest.mark.parametrize(
    "weaker",
    [
        "options=-c%20synchronous_commit%3Doff",
        "options=-csynchronous_commit%3Dlocal",
        "options=--synchronous-commit%3Dremote_write",
        "options=-c%20SYNCHRONOUS_COMMIT%20%3D%20OFF",
        "options=-c%20synchronous%5C_commit%3Doff",
        "options=-c%20synchronous_commit%3Don%20-c%20synchronous_commit%3Doff",
        "autocommit=true",
    ],
)
def test_nobody_weakens_what_a_commit_is(weaker):
    [line] = problems(KELL_DATABASE_URL=f"postgresql://u:p@h/d?{weaker}")
    assert line.startswith("KELL_DATABASE_URL: ")


def test_a_stronger_or_unrelated_option_is_fine():
    url = "postgresql://h/d?options=-c%20synchronous_commit%3Dremote_apply%20-c%20work_mem%3D8MB"
    assert not Config.load({"KELL_DATABASE_URL": url}).is_sqlite


@pytest.mark.parametrize(
    ("given", "origin"),
    [
        ("https://chat.example.org/", "https://chat.example.org"),
        ("HTTPS://Chat.Example.ORG:443", "https://chat.example.org"),
        ("http://chat.example.org:80", "http://chat.example.org"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("https://чат.укр", "https://xn--80a0bn.xn--j1amh"),
    ],
)
def test_the_public_address_is_kept_as_browsers_write_an_origin(given, origin):
    config = Config.load({"KELL_PUBLIC_URL": given})
    assert config.public_url == config.base_url == origin


@pytest.mark.parametrize(
    ("host", "url"), [("0.0.0.0", "http://127.0.0.1:8080"), ("::", "http://[::1]:8080")]
)
def test_all_addresses_are_opened_through_loopback(host, url):
    assert Config.load({"HOST": host}).base_url == url


def test_proxies_are_addresses_and_networks():
    config = Config.load({"KELL_TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8,2001:DB8::/32"})
    assert list(map(str, config.trusted_proxies)) == ["127.0.0.1/32", "10.0.0.0/8", "2001:db8::/32"]


def test_each_setting_is_described_and_its_example_is_right(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    for setting in settings():
        assert setting.description.endswith(".")
        assert setting.example
        if setting.name != "KELL_CONFIG":
            Config.load({setting.name: setting.example})
    defaults = {s.name: s.default for s in settings() if s.default}
    assert defaults == {
        "KELL_DATABASE_URL": "sqlite:///data/kell.db",
        "KELL_DATA": "data/",
        "KELL_GATE": "on",
        "KELL_LATE_AFTER": "120",
        "KELL_SOCKETS_PER_ADDRESS": "500",
        "HOST": "127.0.0.1",
        "PORT": "8080",
    }


def test_a_secret_key_is_made_once_and_kept_for_its_owner_alone(tmp_path):
    data = tmp_path / "new" / "data"
    key = secret_key(Config(data=data))
    file = data / "secret-key"
    assert len(key) >= 32
    assert file.read_text().strip() == key
    assert (file.stat().st_mode & 0o777, data.stat().st_mode & 0o777) == (0o600, 0o700)
    assert secret_key(Config(data=data)) == key
    assert [kept.name for kept in data.iterdir()] == ["secret-key"]


def test_a_key_that_others_could_read_is_closed_to_them(tmp_path):
    secret_key(Config(data=tmp_path))
    file = tmp_path / "secret-key"
    file.chmod(0o644)
    secret_key(Config(data=tmp_path))
    assert file.stat().st_mode & 0o777 == 0o600


def test_two_servers_that_start_together_get_one_key(monkeypatch, tmp_path):
    faster = secret_key(Config(data=tmp_path))
    monkeypatch.setattr(Path, "exists", lambda self: False)
    assert secret_key(Config(data=tmp_path)) == faster
    assert [kept.name for kept in tmp_path.iterdir()] == ["secret-key"]


def test_a_key_file_without_a_key_is_refused(tmp_path):
    (tmp_path / "secret-key").touch()
    with pytest.raises(ConfigError, match="holds no key"):
        secret_key(Config(data=tmp_path))


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "data").touch()
    with pytest.raises(ConfigError, match=r"KELL_DATA: .*can't be kept"):
        secret_key(Config(data=tmp_path / "data"))
