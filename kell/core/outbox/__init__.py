"""Jobs and timers as rows: enqueued in the transaction, claimed with a lease, tried again.

The database is the queue: what is committed will be done at least once, whatever dies.
"""

from kell.core.outbox.jobs import Permanent, cancel, enqueue
from kell.core.outbox.worker import Worker

__all__ = ["Permanent", "Worker", "cancel", "enqueue"]
