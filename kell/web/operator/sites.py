"""What an admin does with sites."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import phonenumbers
from sqlalchemy.orm import Session

from kell.accounts.access import require
from kell.accounts.models import Role
from kell.accounts.online import knows_operator
from kell.accounts.queries import teams_of
from kell.core import db
from kell.core.audit import record
from kell.core.calendar import (
    PublicHolidays,
    countries,
    next_open,
    open_until,
    public_holidays,
)
from kell.core.calendar.wire import time_zones
from kell.core.clock import now
from kell.core.db import Tx
from kell.core.errors import Invalid
from kell.core.wire import Nothing
from kell.core.words import LANGUAGES, catalogue, language_of
from kell.sites import actions, public, rules
from kell.sites.hours import calendar_of
from kell.sites.public import KnownSite
from kell.sites.queries import all_sites, installed, site_by_id
from kell.sites.settings import SiteChanges
from kell.sites.wire import (
    AdminSite,
    AskSecret,
    CountryChoice,
    CreateSite,
    Holiday,
    HolidayList,
    HolidaysOf,
    OneSite,
    OpenNow,
    PreviewSite,
    SaveSite,
    SiteChoices,
    SiteList,
    SitePage,
    SiteRow,
    SiteSecret,
    WhenOpen,
)
from kell.web.commands import command
from kell.web.identity import OperatorCaller
from kell.web.running import running
from kell.web.visitor.answering import answering, face_of

NEXT_HOLIDAYS = 5


@command("site.list", Nothing, who=OperatorCaller, limit="read")
def list_sites(caller: OperatorCaller, _given: Nothing) -> SiteList:
    """Return all sites, and whether the widget is on them."""
    _admins_only(caller)
    with db.read() as session:
        return SiteList(
            sites=[
                SiteRow(
                    id=each.id,
                    key=each.key,
                    name=each.name,
                    color=each.parts.look.color,
                    installed=installed(session, each),
                )
                for each in all_sites(session)
            ]
        )


@command("site.get", OneSite, who=OperatorCaller, limit="read")
def get_site(caller: OperatorCaller, given: OneSite) -> AdminSite:
    """Return a site with all of its settings."""
    _admins_only(caller)
    with db.read() as session:
        return _shown(session, site_by_id(session, given.site))


@command("site.create", CreateSite, who=OperatorCaller, limit="write")
def create_site(caller: OperatorCaller, given: CreateSite) -> AdminSite:
    """Make a site, set up as they come."""
    _admins_only(caller)

    def work(tx: Tx) -> AdminSite:
        teams = {each.id: each.created_at for each in teams_of(tx.session, None)}
        team = given.team or min(teams, key=lambda each: teams[each])
        if team not in teams:
            raise Invalid("there is no such team", field="team")
        made = actions.make_site(tx, team_id=team, name=given.name, language=given.language)
        record(tx, caller.actor, "site.created", subject=made.name)
        return _shown(tx.session, made)

    return db.write(work)


@command("site.save", SaveSite, who=OperatorCaller, limit="write")
def save_site(caller: OperatorCaller, given: SaveSite) -> AdminSite:
    """Write what was changed; refused as `conflict` when somebody else has saved meanwhile."""
    _admins_only(caller)

    def work(tx: Tx) -> AdminSite:
        _check_names(tx.session, given.changes)
        before = _told(site_by_id(tx.session, given.site))
        saved = actions.save_site(tx, given.site, given.revision, given.changes)
        record(
            tx, caller.actor, "site.saved", subject=saved.name, before=before, after=_told(saved)
        )
        return _shown(tx.session, saved)

    return db.write(work)


@command("site.remove", OneSite, who=OperatorCaller, limit="write")
def remove_site(caller: OperatorCaller, given: OneSite) -> Nothing:
    """Remove a site that has no chats."""
    _admins_only(caller)

    def work(tx: Tx) -> None:
        name = site_by_id(tx.session, given.site).name
        actions.remove_site(tx, given.site)
        record(tx, caller.actor, "site.removed", subject=name)

    db.write(work)
    return Nothing()


@command("site.secret", AskSecret, who=OperatorCaller, limit="write")
def show_secret(caller: OperatorCaller, given: AskSecret) -> SiteSecret:
    """Return what the site's own server signs its visitors' identities with, or make it."""
    _admins_only(caller)

    def work(tx: Tx) -> str:
        secret, new = actions.secret_of(tx, given.site, renew=given.renew)
        subject = site_by_id(tx.session, given.site).name
        record(
            tx, caller.actor, "site.secret_made" if new else "site.secret_shown", subject=subject
        )
        return secret

    return SiteSecret(secret=db.write(work))


@command("site.preview", PreviewSite, who=OperatorCaller, limit="read")
def preview_site(caller: OperatorCaller, given: PreviewSite) -> SitePage:
    """Return what a visitor would get if these changes were saved."""
    _admins_only(caller)
    with db.read() as session:
        site = site_by_id(session, given.site)
        planned = public.with_settings(site, actions.changed(site, given.changes))
        return public.page(
            planned,
            language_of(given.lang, planned.language),
            online=answering(session, planned),
            photo=face_of(session, planned),
        )


@command("site.when", WhenOpen, who=OperatorCaller, limit="read")
def when_open(caller: OperatorCaller, given: WhenOpen) -> OpenNow:
    """Return what these hours mean: whether it is open now, and until or from when."""
    _admins_only(caller)
    calendar, at = calendar_of(given.hours, language_of(given.lang)), now()
    opening, today = next_open(calendar, at), at.astimezone(calendar.zone).date()
    is_open = opening == at
    listed: Mapping[date, str] = {}
    if calendar.holidays is not None:
        listed = _years(calendar.holidays, today.year, today.year + 1)
    coming = {day: name for day, name in listed.items() if day >= today}
    return OpenNow(
        open=is_open,
        closes=open_until(calendar, at, at_most=timedelta(days=30)) if is_open else None,
        next_open=None if is_open else opening,
        holiday=calendar.holiday_on(today),
        holidays=_listed(coming)[:NEXT_HOLIDAYS],
    )


@command("site.holidays", HolidaysOf, who=OperatorCaller, limit="read")
def list_holidays(caller: OperatorCaller, given: HolidaysOf) -> HolidayList:
    """Return a year's public holidays of a country."""
    _admins_only(caller)
    try:
        days_off = public_holidays(given.country, given.subdivision, language_of(given.lang))
    except ValueError as error:
        raise Invalid(str(error), field="country") from None
    return HolidayList(days=_listed(days_off.of_year(given.year)))


@command("site.choices", Nothing, who=OperatorCaller, limit="read")
def list_choices(caller: OperatorCaller, _given: Nothing) -> SiteChoices:
    """Return what may be chosen: zones, countries, texts that a site may reword."""
    _admins_only(caller)
    return SiteChoices(
        zones=sorted(time_zones()),
        countries=[
            CountryChoice(code=code, subdivisions=list(parts))
            for code, parts in countries().items()
        ],
        phone_countries=sorted(phonenumbers.SUPPORTED_REGIONS),
        texts={
            language: {
                key: text for key, text in catalogue(language).items() if rules.is_editable(key)
            }
            for language in LANGUAGES
        },
    )


def _admins_only(caller: OperatorCaller) -> None:
    require(caller.role, Role.ADMIN)


def _told(site: KnownSite) -> dict[str, Any]:
    """Return what the audit log compares."""
    return actions.settings_of(site).model_dump(mode="json")


def _shown(session: Session, site: KnownSite) -> AdminSite:
    base = running().config.base_url
    return AdminSite(
        id=site.id,
        key=site.key,
        revision=site.revision,
        settings=actions.settings_of(site),
        installed=installed(session, site),
        secret=site.secret is not None,
        script=f'<script async src="{base}/widget.js?site={site.key}"></script>',
    )


def _check_names(session: Session, changes: SiteChanges) -> None:
    """Check that the teams and the person that are named exist.

    Raises:
        Invalid: ``field`` says which doesn't.
    """
    known = {each.id for each in teams_of(session, None)}
    if changes.team is not None and changes.team not in known:
        raise Invalid("there is no such team", field="changes.team")
    for number, topic in enumerate(changes.topics or []):
        if topic.team is not None and topic.team not in known:
            raise Invalid("there is no such team", field=f"changes.topics.{number}.team")
    person = changes.look.person if changes.look else None
    if person is not None and not knows_operator(session, person):
        raise Invalid("there is nobody with this id", field="changes.look.person")


def _years(days_off: PublicHolidays, *years: int) -> dict[date, str]:
    return {day: name for year in years for day, name in days_off.of_year(year).items()}


def _listed(days: Mapping[date, str]) -> list[Holiday]:
    return [Holiday(day=day.isoformat(), name=name) for day, name in days.items()]
