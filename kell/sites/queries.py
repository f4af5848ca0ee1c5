"""Questions about sites."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from kell.core.errors import NotFound
from kell.sites.models import Site


def site_by_key(session: Session, key: str) -> Site:
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
    return found
