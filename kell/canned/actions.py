"""Everything that is written about canned replies."""

from sqlalchemy import select

from kell.accounts.models import Team
from kell.canned.access import Writer, check_place, may_change, within_reach
from kell.canned.errors import ShortcutTaken
from kell.canned.models import OWN, TEAM, CannedReply
from kell.canned.wire import SaveCanned
from kell.core.clock import now
from kell.core.db import Tx
from kell.core.errors import Forbidden, NotFound
from kell.core.ids import Id, new_id


def save_reply(tx: Tx, writer: Writer, given: SaveCanned) -> CannedReply:
    """Write a reply, or write one anew.

    Raises:
        NotFound: the reply, or the team, is out of the writer's reach.
        Forbidden: it is everybody's, and the writer leads nobody.
        ShortcutTaken: there it stands for another reply.
    """
    scope, team_id = given.scope, given.team
    check_place(tx.session, writer, scope, team_id)
    if scope == TEAM and tx.session.get(Team, team_id) is None:
        raise NotFound(field="team")
    place = {OWN: f"own:{writer.id}", TEAM: f"team:{team_id}"}.get(scope, scope)
    reply = CannedReply(id=new_id()) if given.id is None else _own(tx, writer, given.id)
    key = given.shortcut.casefold()
    same = select(CannedReply.id).where(
        CannedReply.place == place, CannedReply.shortcut_key == key, CannedReply.id != reply.id
    )
    if tx.session.scalar(same) is not None:
        raise ShortcutTaken(field="shortcut")
    reply.scope, reply.place = scope, place
    reply.owner_id = writer.id if scope == OWN else None
    reply.team_id = team_id if scope == TEAM else None
    reply.shortcut, reply.shortcut_key, reply.text = given.shortcut, key, given.text
    reply.changed_at = now()
    tx.session.add(reply)
    tx.session.flush()
    return reply


def remove_reply(tx: Tx, writer: Writer, reply_id: Id) -> None:
    """Remove a reply.

    Raises:
        NotFound: it is out of the writer's reach.
        Forbidden: it is everybody's, and the writer leads nobody.
    """
    tx.session.delete(_own(tx, writer, reply_id))


def _own(tx: Tx, writer: Writer, reply_id: Id) -> CannedReply:
    found = tx.session.scalar(
        select(CannedReply)
        .where(CannedReply.id == reply_id, within_reach(writer))
        .with_for_update()
    )
    if found is None:
        raise NotFound(field="id")
    if not may_change(writer, found.scope):
        raise Forbidden
    return found
