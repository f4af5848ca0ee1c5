"""The questionnaire before a chat (CHAT-3): which answers are taken, and in which form.

One model for browser and server: what a browser shows by ``FormField`` is what is asked for here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from kell.core.errors import Invalid
from kell.core.ids import Id
from kell.core.words import Language
from kell.sites import public
from kell.sites.public import KnownSite
from kell.sites.settings import FieldSettings, TopicSettings

LINE, TEXT = 200, 2000
OWN_COLUMNS = frozenset({"name", "email", "phone"})
"""Answers that a visitor is known by; the others are shown as they were given."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a visitor said, in words for an operator."""

    id: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Consent:
    """What a visitor agreed to, as they read it."""

    field: str
    version: str
    url: str
    text: str
    language: Language


@dataclass(slots=True)
class Answers:
    """All of it, checked. ``topic`` is the topic's label, ``team`` whose the chat becomes."""

    known: dict[str, str] = field(default_factory=dict)
    more: list[Answer] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    topic: str | None = None
    team: Id | None = None


def check(
    site: KnownSite,
    given: Mapping[str, str],
    *,
    online: bool,
    language: Language,
    told_before: Mapping[str, str],
) -> Answers:
    """Return a form's answers, normalised.

    Fields that the site doesn't have are passed over: the form may have changed since it was
    shown. What a visitor has told before isn't asked for again.

    Raises:
        Invalid: ``field`` is ``form.<id>`` of the first that is missing or wrong.
    """
    answers = Answers()
    for each in site.parts.fields:
        said = given.get(each.id, "").strip()
        if said:
            _take(site, answers, each, said, language)
        elif _is_needed(each, given, online=online) and not _is_known(each, told_before):
            raise Invalid("this field is required", field=f"form.{each.id}")
    return answers


def _is_needed(asked: FieldSettings, given: Mapping[str, str], *, online: bool) -> bool:
    """Say whether a field must be answered: shown, and required or the way to reach somebody."""
    moment = asked.when == "always" or (asked.when == "online") == online
    about = not asked.topics or given.get("topic") in asked.topics
    chosen = not online and given.get("reach") == asked.id and asked.id in ("email", "phone")
    return moment and about and (asked.required or chosen)


def _is_known(asked: FieldSettings, told_before: Mapping[str, str]) -> bool:
    """Say whether a visitor has answered this before: each chat has its own topic, though."""
    if asked.policy is not None:
        return told_before.get(asked.id) == asked.policy.version
    return asked.id in told_before and asked.kind not in ("topic", "reach")


def _take(
    site: KnownSite, answers: Answers, asked: FieldSettings, said: str, language: Language
) -> None:
    label = public.field(site, asked, site.language).label
    if asked.kind == "consent":
        answers.consents.append(_consent(site, asked, said, language))
    elif asked.kind == "topic":
        topic = _topic(site, said)
        answers.topic = public.label(site, topic.labels, site.language)
        answers.team = topic.team
    elif asked.kind in ("choice", "reach"):
        listed = {each.id: each.label for each in public.options(site, asked, site.language)}
        if said not in listed:
            raise Invalid("there is no such answer", field=f"form.{asked.id}")
        answers.more.append(Answer(asked.id, label, listed[said]))
    else:
        try:
            value = _NORMAL[asked.kind](said, site.parts.phone_country)
        except ValueError as error:
            raise Invalid(str(error), field=f"form.{asked.id}") from None
        if asked.id in OWN_COLUMNS:
            answers.known[asked.id] = value
        else:
            answers.more.append(Answer(asked.id, label, value))


def _consent(site: KnownSite, asked: FieldSettings, said: str, language: Language) -> Consent:
    shown = public.field(site, asked, language)
    # Another version than today's was read: it is shown again.
    if shown.policy is None or said != shown.policy.version:
        raise Invalid("the terms have changed", field=f"form.{asked.id}")
    return Consent(asked.id, said, shown.policy.url, shown.label, language)


def _topic(site: KnownSite, said: str) -> TopicSettings:
    for each in site.parts.topics:
        if each.id == said:
            return each
    raise Invalid("there is no such topic", field="form.topic")


def email(said: str) -> str:
    """Return an e-mail address in its one form.

    Raises:
        ValueError: it is none.
    """
    try:
        return validate_email(said, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise ValueError(str(error)) from None


def phone(said: str, country: str | None) -> str:
    """Return a phone number as E.164 writes it; without + it is the country's.

    Raises:
        ValueError: nobody can have this number.
    """
    try:
        number = phonenumbers.parse(said, country)
    except phonenumbers.NumberParseException as error:
        raise ValueError(str(error)) from None
    if not phonenumbers.is_valid_number(number):
        raise ValueError("nobody can have this number")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _at_most(most: int) -> Callable[[str, str | None], str]:
    def check_length(said: str, _country: str | None) -> str:
        if len(said) > most:
            raise ValueError("that is too long")
        return said

    return check_length


_NORMAL: Mapping[str, Callable[[str, str | None], str]] = {
    "text": _at_most(LINE),
    "long_text": _at_most(TEXT),
    "email": lambda said, _country: email(_at_most(254)(said, None)),
    "phone": phone,
}
