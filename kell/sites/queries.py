"""Questions about sites."""

from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from kell.core.errors import NotFound
from kell.core.ids import Id
from kell.sites import rules
from kell.sites.models import Site, SiteOrigin
from kell.sites.public import KnownSite, known
from kell.sites.wire import Installed


def site_by_key(session: Session, key: str) -> KnownSite:
    """Return the site of a ``<script>`` line; without a key the only one there is.

    Raises:
        NotFound: nobody has this key, or there is none and it isn't clear which site is meant.
    """
    if key:
        found = session.scalar(select(Site).where(Site.key == key))
    else:
        sites = session.scalars(select(Site).limit(2)).all()
        found = sites[0] if len(sites) == 1 else None
    if found is None:
        raise NotFound
    return known(found)


def site_by_id(session: Session, site_id: Id) -> KnownSite:
    """Return a site.

    Raises:
        NotFound: there is none.
    """
    found = session.get(Site, site_id)
    if found is None:
        raise NotFound(field="site")
    return known(found)


def all_sites(session: Session) -> list[KnownSite]:
    """Return all sites, in the order in which they were made."""
    return [known(each) for each in session.scalars(select(Site).order_by(Site.created_at))]


def pictures_in_use(session: Session) -> set[str]:
    """Return the ids of all pictures that a site shows."""
    return {each.parts.look.picture for each in all_sites(session) if each.parts.look.picture}


def installed(session: Session, site: KnownSite) -> Installed:
    """Return where the widget was last seen: on a page that may embed it, or at least on another.

    A page that hides its origin counts as allowed, since browsers would show the chat there.
    """
    rows = session.scalars(
        select(SiteOrigin)
        .where(SiteOrigin.site_id == site.id)
        .order_by(SiteOrigin.seen_at.desc(), SiteOrigin.origin)
    ).all()
    if not rows:
        return Installed(state="never", at=None, origin=None)
    allowed = site.parts.origins
    fitting = [row for row in rows if not row.origin or rules.allows(allowed, row.origin)]
    last = (fitting or rows)[0]
    state: Literal["ok", "wrong_origin"] = "ok" if fitting else "wrong_origin"
    return Installed(state=state, at=last.seen_at, origin=last.origin or None)
