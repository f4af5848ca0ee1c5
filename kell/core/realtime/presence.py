"""Who is there: leases that run out by themselves, never the word of a disconnect handler."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice

from gevent.event import Event
from sqlalchemy import String, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from kell.core.clock import now
from kell.core.db import Model, Tx
from kell.core.ids import Id, new_id

RENEW_EVERY = 15.0
LEASE = timedelta(seconds=35)


class Lease(Model):
    """An operator's browser is connected to one process, until ``until`` unless renewed."""

    __tablename__ = "presence_leases"

    subject: Mapped[Id] = mapped_column(String(32), primary_key=True)
    process: Mapped[Id] = mapped_column(String(32), primary_key=True)
    until: Mapped[datetime] = mapped_column(index=True)


class Presence:
    """What this process knows: operators' leases go into the database, visitors' stay here."""

    def __init__(self) -> None:
        self.process = new_id()
        self._operators: dict[str, Id] = {}
        self._visitors: dict[str, Id] = {}
        self._ends: dict[Id, datetime] = {}
        self._came = Event()

    def operator_came(self, sid: str, operator_id: Id) -> None:
        self._operators[sid] = operator_id
        self._came.set()

    def wait_for_operators(self) -> None:
        """Return when an operator has come, whose lease is not written yet."""
        self._came.wait()
        self._came.clear()

    def wake(self) -> None:
        """End that wait: the process stops."""
        self._came.set()

    def visitor_came(self, sid: str, visitor_id: Id) -> None:
        self._visitors[sid] = visitor_id
        self._ends[visitor_id] = now() + LEASE

    def left(self, sid: str) -> None:
        """Forget a socket; its lease ends by itself, so that a reload is no absence."""
        self._operators.pop(sid, None)
        self._visitors.pop(sid, None)

    def here(self) -> dict[str, int]:
        """Return how many people of each side are connected to this process."""
        sides = {"visitor": self._visitors, "operator": self._operators}
        return {side: len(set(sockets.values())) for side, sockets in sides.items()}

    def visitor_is_here(self, visitor_id: Id) -> bool:
        """Say whether the visitor has been connected to this process within the lease."""
        return self._ends.get(visitor_id, now()) > now()

    def renew(self, tx: Tx) -> None:
        """Renew the leases of all operators that are connected here, in one statement."""
        here = set(self._operators.values())
        at = now()
        tx.session.execute(delete(Lease).where(Lease.until < at))
        if not here:
            return
        dialect = sqlite if tx.session.get_bind().dialect.name == "sqlite" else postgresql
        lease = dialect.insert(Lease).values(
            [{"subject": each, "process": self.process, "until": at + LEASE} for each in here]
        )
        tx.session.execute(
            lease.on_conflict_do_update(
                index_elements=["subject", "process"], set_={"until": lease.excluded.until}
            )
        )

    def visitors_who_left(self, most: int) -> dict[Id, datetime]:
        """Renew who is connected; return visitors who left, with when they were last seen."""
        at = now()
        for visitor_id in set(self._visitors.values()):
            self._ends[visitor_id] = at + LEASE
        ended = ((who, until - LEASE) for who, until in self._ends.items() if until <= at)
        return dict(islice(ended, most))

    def forget_visitors(self, visitor_ids: Iterable[Id]) -> None:
        """Forget visitors who left, once it is written when they were last seen."""
        for visitor_id in visitor_ids:
            if not self.visitor_is_here(visitor_id):  # nor came back meanwhile
                self._ends.pop(visitor_id, None)


def present(session: Session, subjects: Iterable[Id]) -> set[Id]:
    """Return those of ``subjects`` who have a lease in any process."""
    found = session.scalars(
        select(Lease.subject).where(Lease.subject.in_(list(subjects)), Lease.until > now())
    )
    return set(found)
