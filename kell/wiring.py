"""When this happened, do these: the system's story on one page.

Reactions run in the transaction of what happened, in this order, each in its own savepoint. One
that fails is undone alone, and runs again as a job: it never costs the message.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kell.accounts import actions as accounts
from kell.accounts import jobs as accounts_jobs
from kell.accounts import links, people
from kell.accounts.events import (
    LinkIssued,
    OperatorDisabled,
    PasswordChanged,
    ReachChanged,
    SessionEnded,
)
from kell.chat import leaving, timers
from kell.chat.customers import recognise_starter
from kell.chat.events import (
    ConversationClosed,
    ConversationLate,
    ConversationStarted,
    MessageDeleted,
    MessageSent,
)
from kell.core import db
from kell.core.db import Rules, Tx
from kell.core.db.tx import Reaction
from kell.core.events import Event
from kell.core.outbox import Permanent, enqueue
from kell.customers.cards import recognise_known
from kell.customers.events import CustomerDescribed, VisitorDescribed
from kell.notifications import actions as notifications
from kell.notifications import jobs as notifications_jobs
from kell.notifications import late
from kell.search import actions as search
from kell.search import jobs as search_jobs

REACTIONS: Mapping[type[Event], Sequence[Reaction]] = {
    MessageSent: (timers.watch_waiting, notifications.watch_reply),
    MessageDeleted: (notifications.scrub_copies, search.forget_words),
    ConversationClosed: (timers.stop_waiting,),
    ConversationLate: (late.tell_who_is_away,),
    ConversationStarted: (recognise_starter, search.learn_visitor),
    VisitorDescribed: (recognise_known, search.learn_visitor),
    CustomerDescribed: (search.learn_customer,),
    SessionEnded: (accounts.disconnect_session,),
    ReachChanged: (people.reconnect,),
    OperatorDisabled: (links.void_links, leaving.release_later),
    LinkIssued: (notifications.mail_link,),
    PasswordChanged: (accounts.forget_first_login, links.void_links),
}


def keep_failed(tx: Tx, reaction: Reaction, event: Event) -> None:
    """Leave a job that runs the reaction again."""
    happened = {"event": type(event).__name__, "values": event.values()}
    enqueue(tx, "reaction", {"reaction": reaction.__name__, **happened})


def react_again(payload: dict[str, Any]) -> None:
    """Run a reaction that failed before.

    Raises:
        Permanent: this version has no such reaction.
    """
    for kind, reactions in REACTIONS.items():
        for reaction in reactions:
            if (kind.__name__, reaction.__name__) == (payload["event"], payload["reaction"]):
                _run_alone(reaction, kind(**payload["values"]))
                return
    raise Permanent(f"nobody reacts to {payload['event']} with {payload['reaction']}")


def _run_alone(reaction: Reaction, event: Event) -> None:
    db.write(lambda tx: reaction(tx, event))


JOBS: Mapping[str, Callable[[dict[str, Any]], None]] = {
    "reaction": react_again,
    "first_login.forget": accounts_jobs.forget_first_login,
    links.FORGOT: accounts_jobs.issue_reset,
    leaving.RELEASE: leaving.release,
    late.MAIL: late.send_mail,
    notifications.CHECK: notifications_jobs.check_reply,
    notifications.SEND: notifications_jobs.send_mail,
    notifications.SCRUB: notifications_jobs.scrub_copies,
    search.FORGET: search_jobs.forget_words,
}

RULES = Rules(REACTIONS, keep_failed)
