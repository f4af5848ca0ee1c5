"""Shapes of sites on the wire: what visitors' browsers are told, and what admins see."""

from typing import Annotated, Literal

from pydantic import Field

from kell.core.ids import Id
from kell.core.wire import IdIn, Moment, Shape
from kell.core.words import Language
from kell.sites.settings import (
    FieldKind,
    HoursSettings,
    Moments,
    Position,
    Scheme,
    SiteChanges,
    SiteName,
    SiteSettings,
)

State = Literal["online", "away", "closed"]


class LauncherSite(Shape):
    """What the loader knows, so that a page makes one request. Nulls are left out."""

    site: str
    base: str
    name: str
    lang: Language
    title: str
    close: str
    color: str
    position: Position
    scheme: Scheme
    online: bool
    photo: str | None
    greeting: str | None
    origins: Annotated[list[str] | None, Field(description="who may embed it; null: any page")]


class SiteLook(Shape):
    color: str
    position: Position
    scheme: Scheme
    photo: str | None


class FormOption(Shape):
    id: str
    label: str


class FormPolicy(Shape):
    """What a consent agrees to: answer it with the version."""

    url: str
    version: str


class FormField(Shape):
    """A field of the questionnaire, in one language.

    ``topics``: shown only when the topic is one of these; none means any.
    """

    id: str
    kind: FieldKind
    label: str
    required: bool
    when: Moments
    topics: list[str]
    options: list[FormOption]
    policy: FormPolicy | None


class PersonOnline(Shape):
    name: str
    photo: str | None


class SiteOnline(Shape):
    """Who answers, and when (CHAT-2).

    ``online``: within working hours, somebody is there. ``away``: nobody is. ``closed``: outside
    of them, until ``next_open`` if that is known.
    """

    state: State
    people: Annotated[list[PersonOnline], Field(description="empty if the site doesn't show them")]
    more: Annotated[int, Field(description="how many there are beside these people")]
    next_open: Moment | None
    holiday: Annotated[str | None, Field(description="why it is closed today")]
    reply_minutes: Annotated[int | None, Field(description="the usual wait for a first answer")]


class SitePage(Shape):
    """All that the chat has to know, inside its page. ``texts`` are the site's own words."""

    revision: int
    key: str
    name: str
    lang: Language
    look: SiteLook
    texts: dict[str, str]
    fields: list[FormField]
    country: str | None
    online: SiteOnline


# --- For admins ----------------------------------------------------------------------------------

Lang = Annotated[str, Field(max_length=35)]
Revision = Annotated[int, Field(ge=1, lt=2**31, strict=True)]


class Installed(Shape):
    """Where the widget was last seen; ``wrong_origin``: only on pages that may not embed it."""

    state: Literal["never", "ok", "wrong_origin"]
    at: Moment | None
    origin: str | None


class AdminSite(Shape):
    """A site as admins see it. ``script`` is the line to paste."""

    id: Id
    key: str
    revision: int
    settings: SiteSettings
    installed: Installed
    script: str
    secret: Annotated[bool, Field(description="whether identities can be signed")]


class SiteRow(Shape):
    """A site in the list."""

    id: Id
    key: str
    name: str
    color: str
    installed: Installed


class SiteList(Shape):
    sites: list[SiteRow]


class OneSite(Shape):
    site: IdIn


class CreateSite(Shape):
    """Make a site, of the first team unless one is named."""

    name: SiteName
    team: IdIn | None = None
    language: Language = "en"


class AskSecret(Shape):
    """Ask for the secret; ``renew`` makes another, and what was signed before ends at once."""

    site: IdIn
    renew: bool = False


class SiteSecret(Shape):
    """What the site's own server signs identities with. Never for browsers."""

    secret: str


class SaveSite(Shape):
    """Write what was changed since ``revision``."""

    site: IdIn
    revision: Revision
    changes: SiteChanges


class PreviewSite(Shape):
    """Ask what a visitor would get if this were saved."""

    site: IdIn
    changes: SiteChanges
    lang: Lang = ""


class WhenOpen(Shape):
    """Ask what these hours mean."""

    hours: HoursSettings
    lang: Lang = ""


class Holiday(Shape):
    day: str
    name: str


class OpenNow(Shape):
    """Whether it is open now, until or from when, and the next five public holidays."""

    open: bool
    closes: Moment | None
    next_open: Moment | None
    holiday: str | None
    holidays: list[Holiday]


class HolidaysOf(Shape):
    """Ask for a year's public holidays."""

    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    subdivision: Annotated[str | None, Field(max_length=10)] = None
    lang: Lang = ""
    year: Annotated[int, Field(ge=2000, le=2100, strict=True)]


class HolidayList(Shape):
    days: list[Holiday]


class CountryChoice(Shape):
    """A country whose holidays are known, and its parts."""

    code: str
    subdivisions: list[str]


class SiteChoices(Shape):
    """What may be chosen. ``texts``: by language and key, our words for what a site may reword."""

    zones: list[str]
    countries: list[CountryChoice]
    phone_countries: list[str]
    texts: dict[Language, dict[str, str]]
