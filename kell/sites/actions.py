"""Everything that changes sites."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from kell.core.clock import now
from kell.core.db import Tx
from kell.core.errors import Invalid, NotFound
from kell.core.ids import Id, new_id, new_secret
from kell.sites.errors import Conflict, SiteInUse
from kell.sites.models import Site, SiteOrigin
from kell.sites.public import KnownSite, known
from kell.sites.settings import SiteChanges, SiteParts, SiteSettings

ORIGINS_KEPT = 20
_COLUMNS = {"name": "name", "language": "language", "team": "team_id"}


def make_first_site(tx: Tx, *, team_id: Id, name: str) -> Id | None:
    """Make the site that a fresh installation begins with, or return nothing if there is one.

    Call it in the work that makes the first admin, which lets only one through.
    """
    if tx.session.scalar(select(Site.id).limit(1)) is not None:
        return None
    return make_site(tx, team_id=team_id, name=name).id


def make_site(tx: Tx, *, team_id: Id, name: str, language: str = "en") -> KnownSite:
    """Make a site, set up as they come."""
    site = Site(
        id=new_id(),
        key=secrets.token_hex(8),
        name=name,
        team_id=team_id,
        language=language,
        revision=1,
        created_at=now(),
    )
    tx.session.add(site)
    tx.session.flush()
    return known(site)


def save_site(tx: Tx, site_id: Id, revision: int, changes: SiteChanges) -> KnownSite:
    """Write what an admin has changed.

    Raises:
        NotFound: there is no such site.
        Conflict: it is no longer at the revision that the admin has seen.
        Invalid: the parts don't fit together; ``field`` says where.
    """
    site = tx.session.get(Site, site_id)
    if site is None:
        raise NotFound(field="site")
    after = changed(known(site), changes)
    values: dict[str, Any] = {
        "parts": after.model_dump(mode="json", include=set(SiteParts.model_fields)),
        "revision": Site.revision + 1,
        **{column: getattr(after, name) for name, column in _COLUMNS.items()},
    }
    wanted = update(Site).where(Site.id == site_id, Site.revision == revision)
    written = tx.session.execute(wanted.values(values).returning(Site.revision)).first()
    if written is None:
        raise Conflict
    tx.session.refresh(site)
    return known(site)


def secret_of(tx: Tx, site_id: Id, *, renew: bool) -> tuple[str, bool]:
    """Return what a site's identities are signed with, and whether it is new.

    The first time it is made; ``renew`` makes another, and what was signed before ends at once.

    Raises:
        NotFound: there is no such site.
    """
    site = tx.session.get(Site, site_id)
    if site is None:
        raise NotFound(field="site")
    if site.secret is not None and not renew:
        return site.secret, False
    site.secret = new_secret()
    return site.secret, True


def changed(site: KnownSite, changes: SiteChanges) -> SiteSettings:
    """Return a site's settings with these changes.

    Raises:
        Invalid: the parts don't fit together; ``field`` says where.
    """
    given = changes.model_dump(mode="json", exclude_none=True)
    if given.get("phone_country") == "":
        given["phone_country"] = None
    try:
        return SiteSettings.model_validate({**settings_of(site).model_dump(mode="json"), **given})
    except ValidationError as error:
        place = error.errors(include_url=False, include_context=False, include_input=False)[0]
        part = place["loc"][0] if place["loc"] else next(iter(given), "")
        raise Invalid(place["msg"], field=f"changes.{part}") from None


def settings_of(site: KnownSite) -> SiteSettings:
    """Return all that an admin can change."""
    named = {"name": site.name, "language": site.language, "team": site.team_id}
    return SiteSettings.model_validate({**site.parts.model_dump(), **named})


def remove_site(tx: Tx, site_id: Id) -> None:
    """Remove a site that has no chats.

    Raises:
        NotFound: there is no such site.
        SiteInUse: somebody has written there.
    """
    try:
        with tx.session.begin_nested():
            gone = tx.session.execute(delete(Site).where(Site.id == site_id).returning(Site.id))
            if gone.first() is None:
                raise NotFound(field="site")
    except IntegrityError:
        raise SiteInUse from None


def note_origins(tx: Tx, seen: Iterable[tuple[tuple[Id, str], datetime]]) -> None:
    """Note on which pages the widget was seen; a site remembers the latest few."""
    known_sites = set(tx.session.scalars(select(Site.id)))
    touched = set()
    for (site_id, origin), at in seen:
        if site_id in known_sites:  # it may have been removed meanwhile
            tx.session.merge(SiteOrigin(site_id=site_id, origin=origin, seen_at=at))
            touched.add(site_id)
    tx.session.flush()
    for site_id in touched:
        here = SiteOrigin.site_id == site_id
        latest = select(SiteOrigin.origin).where(here).order_by(SiteOrigin.seen_at.desc())
        kept = tx.session.scalars(latest.limit(ORIGINS_KEPT)).all()
        tx.session.execute(delete(SiteOrigin).where(here, SiteOrigin.origin.not_in(kept)))
