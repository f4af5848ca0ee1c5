"""E-mail by SMTP, or into the data folder where no server is named."""

import smtplib
import ssl
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from kell.core.config import Config
from kell.core.ids import Id
from kell.notifications.providers import Refused

TIMEOUT = 20.0


def send(message: EmailMessage, mail_id: Id, config: Config) -> None:
    """Hand a mail over.

    Raises:
        Refused: the server is away or says no.
    """
    if config.smtp_url is None:
        _keep(message, file_of(config.data, mail_id))
        return
    try:
        with _connected(urlsplit(config.smtp_url)) as server:
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        raise Refused("the recipient was refused", permanent=min(codes) >= 500) from error
    except smtplib.SMTPResponseException as error:
        permanent = error.smtp_code >= 500
        raise Refused(f"the server said {error.smtp_code}", permanent=permanent) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Refused(f"the server is away: {type(error).__name__}", permanent=False) from error


def file_of(data: Path, mail_id: Id) -> Path:
    """Return where a mail is kept when there is no server."""
    return data / "mail" / f"{mail_id}.eml"


def _connected(url: SplitResult) -> smtplib.SMTP:
    host, tls = url.hostname or "localhost", ssl.create_default_context()
    if url.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, url.port or 465, timeout=TIMEOUT, context=tls)
    else:
        server = smtplib.SMTP(host, url.port or 587, timeout=TIMEOUT)
    try:
        _introduce(server, url, tls)
    except BaseException:
        server.close()
        raise
    return server


def _introduce(server: smtplib.SMTP, url: SplitResult, tls: ssl.SSLContext) -> None:
    """Encrypt and log in; a password never goes out in clear, whatever the server offers."""
    server.ehlo()
    if url.scheme != "smtps" and (server.has_extn("starttls") or url.username):
        server.starttls(context=tls)
        server.ehlo()
    if url.username:
        server.login(unquote(url.username), unquote(url.password or ""))


def _keep(message: EmailMessage, file: Path) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.write_bytes(message.as_bytes())
