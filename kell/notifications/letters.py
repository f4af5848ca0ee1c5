"""Mails: to visitors about unseen replies, to operators about chats that wait."""

from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import quote, urlsplit

from kell.accounts.models import INVITATION
from kell.core.clock import now
from kell.core.config import Config
from kell.core.ids import Id
from kell.core.words import LANGUAGES, language_of, words
from kell.notifications.queries import Letter, LinkLetter


@dataclass(frozen=True, slots=True)
class Wait:
    """A chat that waits too long, and whom to tell."""

    conversation_id: Id
    number: int
    visitor_name: str | None
    site_name: str
    language: str
    recipient: str


def compose_late(wait: Wait, mail_id: Id, config: Config) -> EmailMessage:
    """Return the mail to an operator who is away. No word of the chat is in it."""
    message = _begun(wait.site_name, wait.recipient, mail_id, config)
    name = wait.visitor_name or f"#{wait.number}"
    message["Subject"] = words(wait.language, "mail.late.subject", name=name, site=wait.site_name)
    link = f"{config.base_url}/operator/c/{wait.conversation_id}"
    message.set_content(f"{words(wait.language, 'mail.late.link')}\n{link}\n")
    return message


def compose(letter: Letter, config: Config, resume: str) -> EmailMessage:
    """Return the mail; ``resume`` opens the same chat for whoever has it."""
    language = language_of(*letter.languages)
    name = letter.replies[-1].name
    message = _begun(letter.site_name, letter.recipient, letter.id, config)
    message["Subject"] = words(language, "mail.reply.subject", name=name, site=letter.site_name)
    said = "\n\n".join(f"{reply.name}:\n{reply.text}" for reply in letter.replies)
    # The fragment never leaves the browser: no log and no Referer holds it.
    link = f"{config.base_url}/widget/?site={quote(letter.site_key)}#resume={quote(resume)}"
    closing = words(language, "mail.reply.link")
    message.set_content(f"{said}\n\n{closing}\n{link}\n")
    return message


def compose_link(letter: LinkLetter, config: Config, words_of_link: str) -> EmailMessage:
    """Return the mail that lets an operator in, in every language: nobody knows theirs yet."""
    place = "welcome" if letter.kind == INVITATION else "reset"
    link = f"{config.base_url}/operator/{place}#link={quote(words_of_link)}"
    message = _begun("Kell", letter.recipient, letter.id, config, name=letter.name)
    message["Subject"] = words(LANGUAGES[0], f"mail.{letter.kind}.subject")
    said = "\n\n".join(words(each, f"mail.{letter.kind}.text") for each in LANGUAGES)
    message.set_content(f"{said}\n\n{link}\n")
    return message


def _begun(
    sender: str, recipient: str, mail_id: Id, config: Config, *, name: str = ""
) -> EmailMessage:
    message = EmailMessage()
    message["From"] = Address(sender, addr_spec=_sender(config))
    message["To"] = Address(name, addr_spec=recipient)
    message["Date"] = format_datetime(now())
    message["Message-ID"] = f"<{mail_id}@{_host(config)}>"
    message["Auto-Submitted"] = "auto-generated"
    return message


def _sender(config: Config) -> str:
    """Return who writes: the SMTP account if it is an address, else no-reply at our host."""
    user = urlsplit(config.smtp_url or "").username or ""
    account = user.replace("%40", "@")
    return account if "@" in account else f"no-reply@{_host(config)}"


def _host(config: Config) -> str:
    return urlsplit(config.base_url).hostname or "localhost"
