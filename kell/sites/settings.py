"""Everything that an admin decides about a site: as it is stored, shown in the panel and saved."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from kell.core.calendar import public_holidays
from kell.core.calendar.wire import Day, HoursInterval, Week, Zone
from kell.core.wire import IdIn, Shape
from kell.core.words import Language
from kell.sites import rules

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
SiteName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Address = Annotated[str, StringConstraints(max_length=500, pattern=r"^https?://[^\s]+$")]

FieldKind = Literal["text", "long_text", "email", "phone", "choice", "topic", "consent", "reach"]
Moments = Literal["always", "online", "offline"]
Position = Literal["right", "left"]
Scheme = Literal["light", "dark", "auto"]

OURS = "#2a55b5"
PER_LANGUAGE = dict[Language, Words]


class LookSettings(Shape):
    """How the launcher and the chat look."""

    color: Annotated[
        str, StringConstraints(pattern=r"^#[0-9a-f]{6}$"), AfterValidator(rules.readable)
    ] = OURS
    position: Position = "right"
    scheme: Scheme = "auto"
    picture: Annotated[str | None, Field(pattern=r"^[0-9a-f]{32}$")] = None
    person: Annotated[IdIn | None, Field(description="whose photo it is, instead of a picture")] = (
        None
    )


class OptionSettings(Shape):
    """One answer of a choice."""

    id: Slug
    labels: Annotated[PER_LANGUAGE, Field(min_length=1)]


class PolicySettings(Shape):
    """What a visitor agrees to; a new version asks anew."""

    url: Annotated[dict[Language, Address], Field(min_length=1)]
    version: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=50)]


class FieldSettings(Shape):
    """A field of the questionnaire (CHAT-3).

    The ids ``name``, ``email``, ``phone``, ``topic`` and ``reach`` mean what they say; others are
    the admin's own.
    """

    id: Slug
    kind: FieldKind
    required: bool = False
    when: Moments = "always"
    topics: Annotated[list[Slug], Field(max_length=50)] = []
    labels: PER_LANGUAGE = {}
    options: Annotated[list[OptionSettings], Field(max_length=50)] = []
    policy: PolicySettings | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        wanted = rules.KIND_OF.get(self.id)
        if wanted not in (None, self.kind) or (wanted is None and self.kind in rules.ONLY_KNOWN):
            raise ValueError(f"{self.id} is no {self.kind}")
        if wanted is None and not self.labels:
            raise ValueError("an own field needs a label")
        if self.kind == "choice" and not self.options:
            raise ValueError("a choice needs options")
        if (self.kind == "consent") != (self.policy is not None):
            raise ValueError("a policy belongs to a consent")
        rules.distinct(each.id for each in self.options)
        return self


class TopicSettings(Shape):
    """What a chat is about; it may belong to another team than the site's (REACH-1)."""

    id: Slug
    labels: Annotated[PER_LANGUAGE, Field(min_length=1)]
    team: IdIn | None = None


class HoursException(Shape):
    """A day that isn't like its weekday; without intervals it is closed."""

    day: date
    intervals: Day = []


class HoursSettings(Shape):
    """When somebody answers (CHAT-2)."""

    always: Annotated[bool, Field(description="day and night: nothing else here counts")] = True
    zone: Zone = "UTC"
    week: Week = [
        *([HoursInterval(opens="09:00", closes="17:00")] for _ in range(5)),
        [],
        [],
    ]
    exceptions: Annotated[list[HoursException], Field(max_length=400)] = []
    holidays: Annotated[bool, Field(description="closed on the country's public holidays")] = False
    country: Country | None = None
    subdivision: Annotated[str | None, Field(max_length=10)] = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.holidays and self.country is None:
            raise ValueError("whose holidays?")
        if self.country is not None:
            public_holidays(self.country, self.subdivision)
        rules.distinct(each.day.isoformat() for each in self.exceptions)
        return self


def _known_texts(texts: dict[Language, dict[str, str]]) -> dict[Language, dict[str, str]]:
    for language, own in texts.items():
        for key, text in own.items():
            rules.fits_place(language, key, text)
    return texts


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Texts = Annotated[dict[Language, dict[str, Text]], AfterValidator(_known_texts)]
Origins = Annotated[
    list[Annotated[str, StringConstraints(max_length=300), AfterValidator(rules.origin_pattern)]],
    Field(max_length=50),
]
Topics = Annotated[list[TopicSettings], Field(max_length=50)]
Fields = Annotated[list[FieldSettings], Field(max_length=30)]

FIRST_FIELDS = [
    FieldSettings(id="name", kind="text"),
    FieldSettings(id="reach", kind="reach", when="offline"),
    FieldSettings(id="email", kind="email"),
    FieldSettings(id="phone", kind="phone", when="offline"),
]


class SiteParts(Shape):
    """What no other table asks for: kept together, as JSON."""

    look: LookSettings = LookSettings()
    texts: Texts = {}
    fields: Fields = FIRST_FIELDS
    topics: Topics = []
    hours: HoursSettings = HoursSettings()
    origins: Annotated[Origins, Field(description="who may embed it; none means any page")] = []
    show_people: bool = True
    show_reply_time: bool = True
    phone_country: Annotated[
        Country | None, AfterValidator(rules.phone_country), Field(description="of bare numbers")
    ] = None

    @model_validator(mode="after")
    def _agree(self) -> Self:
        rules.distinct(each.id for each in self.fields)
        rules.distinct(each.id for each in self.topics)
        known = {each.id for each in self.topics}
        for each in self.fields:
            if not set(each.topics) <= known:
                raise ValueError(f"{each.id} is asked for a topic that there is not")
        return self


class SiteSettings(SiteParts):
    """All of it."""

    name: SiteName
    language: Language
    team: IdIn


class SiteChanges(Shape):
    """The parts that an admin has changed; what isn't named stays."""

    name: SiteName | None = None
    language: Language | None = None
    team: IdIn | None = None
    look: LookSettings | None = None
    texts: Texts | None = None
    fields: Fields | None = None
    topics: Topics | None = None
    hours: HoursSettings | None = None
    origins: Origins | None = None
    show_people: bool | None = None
    show_reply_time: bool | None = None
    phone_country: Annotated[
        str | None,
        Field(pattern=r"^(?:[A-Z]{2})?$", description="empty: none any more"),
        AfterValidator(rules.phone_country),
    ] = None
