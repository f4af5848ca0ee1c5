"""The base of both socket doors: identify once, join, say hello, then run the command table."""

import logging
from typing import Any, Generic, TypeVar

from gevent import GreenletExit
from socketio import Namespace
from socketio.exceptions import ConnectionRefusedError as Refused

from kell.core import db
from kell.core.errors import AppError, Broken, RateLimited, RetryLater, Unauthenticated
from kell.core.wire import Shape
from kell.web.commands import answer_to
from kell.web.identity import Caller
from kell.web.running import Running

log = logging.getLogger(__name__)

C = TypeVar("C", bound=Caller)


class Door(Namespace, Generic[C]):  # type: ignore[misc]
    """Takes every event of one namespace.

    Always answers: a command that fails gives an error, never silence. A socket lives in an app
    context of its own, and in no request context, which costs as much as half of an event.
    """

    side: str
    at_most: int
    """Sockets of one person: tabs and devices, not loops."""

    def __init__(self, running: Running) -> None:
        super().__init__(f"/{self.side}")
        self.running = running
        self.callers: dict[str, C] = {}

    def identify(self, environ: dict[str, Any], auth: object) -> C:
        """Return who connects, or raise ``Unauthenticated``."""
        raise NotImplementedError  # pragma: no cover

    def rooms(self, caller: C) -> list[str]:
        """Return the rooms whose frames this caller may see."""
        raise NotImplementedError  # pragma: no cover

    def welcome(self, sid: str, caller: C) -> Shape:
        """Return what the caller has to know first."""
        raise NotImplementedError  # pragma: no cover

    def trigger_event(self, event: str, *args: Any) -> Any:
        if event == "connect":
            return self._connect(*args)
        if event == "disconnect":
            return self._forget(args[0])
        return self._run(event, *args)

    def _connect(self, sid: str, environ: dict[str, Any], auth: object = None) -> None:
        try:
            caller = self.identify(environ, auth)
            self._make_room(caller)
            # Join, then read, then send: what is committed in between comes twice, never not.
            for room in self.rooms(caller):
                self.enter_room(sid, room)
            self.callers[sid] = caller
            self.emit("welcome", self.welcome(sid, caller).model_dump(mode="json"), to=sid)
        except AppError as error:
            self._forget(sid)
            raise Refused(error.code, dict(error.body())) from None
        except Exception:
            broken = Broken()
            log.exception("number %s: a connect of a %s failed", broken.number, self.side)
            self._forget(sid)
            raise Refused(broken.code, dict(broken.body())) from None

    def _make_room(self, caller: C) -> None:
        """Refuse one socket too many: a loop of them would fill the memory (T6).

        Raises:
            RateLimited: this person has as many as anybody needs.
        """
        if self.running.hub.sockets_in(self.namespace, f"{self.side}:{caller.id}") >= self.at_most:
            raise RateLimited("too many sockets", retry_after=30)

    def _forget(self, sid: str) -> None:
        self.callers.pop(sid, None)
        self.running.presence.left(sid)
        self.running.beacon.forget(sid)

    def _run(self, name: str, sid: str, raw: object = None, *_more: object) -> dict[str, Any]:
        caller = self.callers.get(sid)
        if caller is None:
            return dict(Unauthenticated().body())
        token = db.origin.set(sid)
        try:
            answer, _status = answer_to(self.side, name, caller, raw)
        except GreenletExit:
            # The process stops and waits for nobody any longer: what was asked may come again.
            answer = dict(RetryLater(retry_after=1).body())
        finally:
            db.origin.reset(token)
        return answer
