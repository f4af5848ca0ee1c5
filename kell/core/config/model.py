"""All settings, each with its default, its meaning and an example.

``docs/operating.md`` is checked against this file, so a setting is described here and nowhere else.
"""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from sqlalchemy import make_url

from kell.core.config import values
from kell.core.config.source import ConfigError, collect

NOT_PREFIXED = frozenset({"host", "port"})


class Config(BaseModel):
    """What one installation is told from outside."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_default=True, hide_input_in_errors=True
    )

    config: Annotated[Path | None, BeforeValidator(values.path)] = Field(
        default=None,
        description="A file of KEY=value lines with settings; the environment goes before it.",
        examples=["/etc/kell.env"],
    )
    # The default is text, because the documentation shows it as it would be written.
    data: Annotated[Path, BeforeValidator(values.path)] = Field(  # type: ignore[assignment]
        default="data/",
        description="The folder for the secret key, the first login, uploaded pictures and mails.",
        examples=["/var/lib/kell"],
    )
    database_url: Annotated[str, BeforeValidator(values.database_url)] = Field(
        default="sqlite:///data/kell.db",
        repr=False,
        description="A SQLite file, by default in KELL_DATA, or PostgreSQL for several processes.",
        examples=["postgresql://kell:password@localhost/kell"],
    )
    redis_url: Annotated[str | None, BeforeValidator(values.redis_url)] = Field(
        default=None,
        repr=False,
        description="The Redis that carries hints and limits between several processes.",
        examples=["redis://localhost:6379/0"],
    )
    public_url: Annotated[str | None, BeforeValidator(values.public_url)] = Field(
        default=None,
        description="The address under which browsers reach Kell, when a proxy stands before it.",
        examples=["https://chat.example.org"],
    )
    trusted_proxies: Annotated[tuple[values.Network, ...], BeforeValidator(values.networks)] = (
        Field(
            default=(),
            description="Addresses or networks, parted by commas, whose X-Forwarded-* is believed.",
            examples=["127.0.0.1,10.0.0.0/8"],
        )
    )
    secret_key: Annotated[SecretStr | None, BeforeValidator(values.secret)] = Field(
        default=None,
        repr=False,
        description="What tokens are signed with; made and kept in the data folder when absent.",
        examples=["43-or-so-random-characters-that-nobody-else-knows"],
    )
    smtp_url: Annotated[str | None, BeforeValidator(values.smtp_url)] = Field(
        default=None,
        repr=False,
        description="The server that takes mails; without it they are kept in the data folder.",
        examples=["smtp://kell:password@mail.example.org:587"],
    )
    gate: Annotated[Literal["on", "off"], BeforeValidator(values.switch)] = Field(
        default="on",
        description="The check against programs; off is refused unless Kell listens on loopback.",
        examples=["on"],
    )
    metrics_token: Annotated[SecretStr | None, BeforeValidator(values.secret)] = Field(
        default=None,
        repr=False,
        description="What Prometheus shows to read /metrics; without it there is no such page.",
        examples=["43-or-so-random-characters-that-only-prometheus-knows"],
    )
    late_after: Annotated[int, BeforeValidator(values.count)] = Field(
        default=120,
        description="After how many seconds a chat has waited too long: who is away gets a mail.",
        examples=["120"],
    )
    sockets_per_address: Annotated[int, BeforeValidator(values.count)] = Field(
        default=500,
        description="How many visitors' sockets one IPv4 address or IPv6 /64 may have at once.",
        examples=["500"],
    )
    host: Annotated[str, BeforeValidator(values.host)] = Field(
        default="127.0.0.1",
        description="The address to listen on.",
        examples=["0.0.0.0"],  # noqa: S104  an example; the default is loopback
    )
    port: Annotated[int, BeforeValidator(values.port)] = Field(
        default=8080, description="The port to listen on.", examples=["8080"]
    )

    @classmethod
    def load(cls, environ: Mapping[str, str]) -> Self:
        """Read the settings from ``environ`` and from the file that it names.

        Raises:
            ConfigError: lists everything that is wrong, each with what would be right.
        """
        names = {setting.name: field for field, setting in _described().items()}
        found, problems = collect(environ, names)
        given = {names[name]: value for name, value in found.items()}
        if "data" in given and "database_url" not in given:
            given["database_url"] = values.database_in(given["data"])
            problems += _left_behind(given["database_url"])
        try:
            config = cls.model_validate(given)
        except ValidationError as error:
            raise ConfigError(problems + _explained(error)) from None
        if problems:
            raise ConfigError(problems)
        return config

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if self.gate == "off" and not self.listens_on_loopback:
            raise ValueError(
                "KELL_GATE: off is for loopback alone. Set KELL_GATE=on or HOST=127.0.0.1"
            )
        return self

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def listens_on_loopback(self) -> bool:
        """Whether nobody outside this machine reaches the server without a proxy."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def base_url(self) -> str:
        """Where a browser finds Kell: scheme, host and port, without a slash at the end."""
        if self.public_url is not None:
            return self.public_url
        # A browser can't open "all addresses"; it reaches this machine through loopback.
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the table in ``docs/operating.md``."""

    name: str
    default: str
    description: str
    example: str


def settings() -> list[Setting]:
    """Return all settings in the order in which they are declared."""
    return list(_described().values())


def _left_behind(url: str) -> list[str]:
    """Tell of a database that was made before a data folder was named: the desk would be empty."""
    usual = values.database_in("data")
    old, new = (Path(make_url(each).database or "") for each in (usual, url))
    if new.exists() or not old.exists():
        return []
    ways = f"KELL_DATABASE_URL={usual} or KELL_DATABASE_URL={url}"
    return [f"KELL_DATABASE_URL: {old} is a database, {new} is none yet. Say which to use: {ways}"]


def _described() -> dict[str, Setting]:
    return {
        field: Setting(
            name=field.upper() if field in NOT_PREFIXED else f"KELL_{field.upper()}",
            default=str(info.default) if info.default else "",
            description=info.description or "",
            example=str((info.examples or [""])[0]),
        )
        for field, info in Config.model_fields.items()
    }


def _explained(error: ValidationError) -> list[str]:
    described = _described()
    problems = []
    for fault in error.errors(include_url=False, include_context=False, include_input=False):
        # pydantic puts this before the words of a ValueError.
        reason = fault["msg"].removeprefix("Value error, ")
        if not fault["loc"]:  # two settings that contradict each other
            problems.append(reason)
            continue
        setting = described[str(fault["loc"][0])]
        problems.append(f"{setting.name}: {reason}. For example {setting.name}={setting.example}")
    return problems
