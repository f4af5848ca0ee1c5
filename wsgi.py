"""The app, for whoever brings a server: one gevent process, WebSockets by its own driver."""

from gevent import monkey

monkey.patch_all()

import os  # noqa: E402

from kell.core.lean import spared  # noqa: E402

with spared():
    from kell.app import prepare, start
    from kell.core.config import Config

app = prepare(Config.load(os.environ))
start(app)
