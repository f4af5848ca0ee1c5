"""A mail about unseen replies, in the visitor's language."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import quote, urlsplit

from kell.core.clock import now
from kell.core.config import Config
from kell.core.words import language_of, words
from kell.notifications.queries import Letter


def compose(letter: Letter, config: Config, resume: str) -> EmailMessage:
    """Return the mail; ``resume`` opens the same chat for whoever has it."""
    language = language_of(*letter.languages)
    name = letter.replies[-1].name
    message = EmailMessage()
    message["From"] = Address(letter.site_name, addr_spec=_sender(config))
    message["To"] = Address(addr_spec=letter.recipient)
    message["Subject"] = words(language, "mail.reply.subject", name=name, site=letter.site_name)
    message["Date"] = format_datetime(now())
    message["Message-ID"] = f"<{letter.id}@{_host(config)}>"
    message["Auto-Submitted"] = "auto-generated"
    said = "\n\n".join(f"{reply.name}:\n{reply.text}" for reply in letter.replies)
    # The fragment never leaves the browser: no log and no Referer holds it.
    link = f"{config.base_url}/widget/?site={quote(letter.site_key)}#resume={quote(resume)}"
    closing = words(language, "mail.reply.link")
    message.set_content(f"{said}\n\n{closing}\n{link}\n")
    return message


def _sender(config: Config) -> str:
    """Return who writes: the SMTP account if it is an address, else no-reply at our host."""
    user = urlsplit(config.smtp_url or "").username or ""
    account = user.replace("%40", "@")
    return account if "@" in account else f"no-reply@{_host(config)}"


def _host(config: Config) -> str:
    return urlsplit(config.base_url).hostname or "localhost"
