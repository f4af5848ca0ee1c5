"""Everything that changes sites."""

import secrets

from sqlalchemy import select

from kell.core.clock import now
from kell.core.db import Tx
from kell.core.ids import Id, new_id
from kell.sites.models import Site


def make_first_site(tx: Tx, *, team_id: Id, name: str) -> Id | None:
    """Make the site that a fresh installation begins with, or return nothing if there is one.

    Call it in the work that makes the first admin, which lets only one through.
    """
    if tx.session.scalar(select(Site.id).limit(1)) is not None:
        return None
    site_id = new_id()
    tx.session.add(
        Site(
            id=site_id,
            key=secrets.token_hex(8),
            name=name,
            team_id=team_id,
            language="en",
            created_at=now(),
        )
    )
    tx.session.flush()
    return site_id
