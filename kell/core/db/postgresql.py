"""PostgreSQL's driver, as gevent waits."""

from typing import Any, TypeVar, cast

import gevent
from psycopg import Connection
from psycopg.abc import PQGen
from psycopg.errors import error_from_result
from psycopg.generators import execute
from psycopg.pq import ExecStatus

T = TypeVar("T")

READ = 1


class GeventConnection(Connection[Any]):
    """A connection that waits for its answers on one watcher of the loop.

    The driver's own way with gevent makes a poll object, an event and a timer for each of them.
    """

    _watcher: Any = None

    def wait(self, gen: PQGen[T], *args: Any, **options: Any) -> T:
        """Run ``gen`` to its end, giving way while it waits. A bounded wait is the driver's own."""
        if options.get("timeout") is not None:
            return super().wait(gen, *args, **options)
        hub = gevent.get_hub()
        try:
            wanted = next(gen)
            while True:
                hub.wait(self._watch(hub.loop, int(wanted)))
                # The driver and the loop have the same numbers: 1 to read, 2 to write, 3 for both.
                wanted = gen.send(cast("Any", wanted))
        except StopIteration as end:
            return cast("T", end.value)

    def begin(self) -> None:
        """Open a transaction: a cursor for a word without values would cost as much as a message.

        Raises:
            psycopg.Error: as a cursor's ``execute`` would.
        """
        with self.lock:
            self.pgconn.send_query(b"BEGIN")
            [result] = self.wait(execute(self.pgconn))
        if result.status != ExecStatus.COMMAND_OK:
            raise error_from_result(result)

    def _watch(self, loop: Any, events: int) -> Any:
        """Return the watcher that most waits share: for something to read, on the main loop."""
        if self._watcher is None:
            self._watcher = loop.io(self.pgconn.socket, READ)
        if events == READ and self._watcher.loop is loop:
            return self._watcher
        return loop.io(self.pgconn.socket, events)
