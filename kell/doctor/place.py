"""Are the settings, the disk and the files fit for what Kell is used for?"""

import shutil
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import make_url

from kell.core.config import Config
from kell.doctor.findings import Finding, Tally

FREE_AT_LEAST = 1 << 30
FREE_SHARE = 0.05
LOG_AT_MOST = 256 << 20


def check(config: Config) -> Iterator[Finding]:
    """Look at everything that needs no database."""
    yield from _settings(config)
    yield from _disk(config)
    yield from _modes(config.data)


def _settings(config: Config) -> Iterator[Finding]:
    if config.public_url is None and not config.listens_on_loopback:
        yield Finding(
            "public_url",
            "Kell listens beyond this machine, and KELL_PUBLIC_URL isn't set",
            "Set it to the https address that browsers use: links and origins depend on it.",
            level="advice",
        )
    if config.public_url is not None and config.public_url.startswith("http://"):
        yield Finding(
            "cookie",
            "KELL_PUBLIC_URL is http: operators' cookies travel without Secure",
            "Put Caddy or nginx with TLS before Kell; see docs/operating.md.",
            level="advice",
        )
    if config.smtp_url is None:
        yield Finding(
            "smtp",
            "KELL_SMTP_URL isn't set: mails are kept in the data folder and reach nobody",
            "Set it to your mail server.",
            level="advice",
        )


def _disk(config: Config) -> Iterator[Finding]:
    usage = shutil.disk_usage(config.data)
    if usage.free < max(FREE_AT_LEAST, usage.total * FREE_SHARE):
        about = f"{usage.free >> 20:,} MiB are free where the data lies"
        yield Finding("disk", about, "Make room: a full disk takes no messages.")
    if config.is_sqlite:
        file = Path(make_url(config.database_url).database or "")
        log = file.with_name(f"{file.name}-wal")
        if log.exists() and log.stat().st_size > LOG_AT_MOST:
            yield Finding(
                "wal",
                f"the write-ahead log has {log.stat().st_size >> 20:,} MiB",
                "Something reads one state of the database for long: end it, or restart Kell.",
            )


def _modes(data: Path) -> Iterator[Finding]:
    tally = Tally("modes", "others on this machine may read the data", f"chmod -R go= {data}")
    for file in (data, *data.rglob("*")):
        if not file.is_symlink() and file.stat().st_mode & 0o077:
            tally.add(str(file))
    yield from tally.findings()
