"""A site as its visitors meet it: settings, told in one language."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import orjson

from kell.core.ids import Id
from kell.core.words import Language, catalogue, language_of
from kell.sites import rules
from kell.sites.models import Site
from kell.sites.settings import FieldSettings, SiteParts, SiteSettings
from kell.sites.wire import (
    FormField,
    FormOption,
    FormPolicy,
    LauncherSite,
    SiteLook,
    SiteOnline,
    SitePage,
)


@dataclass(frozen=True, slots=True)
class KnownSite:
    """A site's row with its settings read; it outlives the session."""

    id: Id
    key: str
    name: str
    team_id: Id
    language: Language
    revision: int
    parts: SiteParts
    secret: str | None

    @property
    def teams(self) -> frozenset[Id]:
        """The teams that its chats may belong to."""
        return frozenset({self.team_id, *(each.team for each in self.parts.topics if each.team)})


def known(site: Site) -> KnownSite:
    """Return what a row says."""
    return KnownSite(
        id=site.id,
        key=site.key,
        name=site.name,
        team_id=site.team_id,
        language=language_of(site.language),
        revision=site.revision,
        parts=_parts(orjson.dumps(site.parts or {})),
        secret=site.secret,
    )


def with_settings(site: KnownSite, settings: SiteSettings) -> KnownSite:
    """Return the site as it would be with these settings."""
    return replace(
        site,
        name=settings.name,
        team_id=settings.team,
        language=settings.language,
        parts=SiteParts.model_validate(settings.model_dump(include=set(SiteParts.model_fields))),
    )


@lru_cache(maxsize=64)
def _parts(stored: bytes) -> SiteParts:
    return SiteParts.model_validate_json(stored)


def launcher(
    site: KnownSite, language: Language, *, base: str, online: bool, photo: str | None
) -> LauncherSite:
    """Return what the loader draws its button from."""
    look, own = site.parts.look, site.parts.texts.get(language, {})
    return LauncherSite(
        site=site.key,
        base=base,
        name=site.name,
        lang=language,
        title=own.get("widget.launcher") or catalogue(language)["widget.launcher"],
        close=own.get("common.close") or catalogue(language)["common.close"],
        color=look.color,
        position=look.position,
        scheme=look.scheme,
        online=online,
        photo=photo,
        greeting=own.get("widget.greeting"),
        origins=site.parts.origins or None,
    )


def page(site: KnownSite, language: Language, *, online: SiteOnline, photo: str | None) -> SitePage:
    """Return what the chat begins with."""
    look = site.parts.look
    return SitePage(
        revision=site.revision,
        key=site.key,
        name=site.name,
        lang=language,
        look=SiteLook(color=look.color, position=look.position, scheme=look.scheme, photo=photo),
        texts=site.parts.texts.get(language, {}),
        fields=[field(site, each, language) for each in site.parts.fields],
        country=site.parts.phone_country,
        online=online,
    )


def field(site: KnownSite, given: FieldSettings, language: Language) -> FormField:
    """Return a field in one language."""
    policy = given.policy
    return FormField(
        id=given.id,
        kind=given.kind,
        label=label(site, given.labels, language) or words(site, language, f"form.{given.id}"),
        required=given.required,
        when=given.when,
        topics=given.topics,
        options=options(site, given, language),
        policy=FormPolicy(url=label(site, policy.url, language), version=policy.version)
        if policy
        else None,
    )


def options(site: KnownSite, given: FieldSettings, language: Language) -> list[FormOption]:
    """Return the answers of a field that has a list of them."""
    if given.kind == "reach":
        ways = rules.REACH_BY
        return [
            FormOption(id=way, label=words(site, language, f"form.reach.{way}")) for way in ways
        ]
    listed = site.parts.topics if given.kind == "topic" else given.options
    return [FormOption(id=each.id, label=label(site, each.labels, language)) for each in listed]


def words(site: KnownSite, language: Language, key: str) -> str:
    """Return a text of the catalogue, or what the site says instead."""
    return site.parts.texts.get(language, {}).get(key) or catalogue(language)[key]


def label(site: KnownSite, given: Mapping[Language, str], language: Language) -> str:
    """Return a label in the language, else in the site's, else in whichever it has."""
    wanted = given.get(language) or given.get(site.language)
    return wanted or next(iter(given.values()), "")
