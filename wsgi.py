"""The app, for whoever brings a server: one gevent process, WebSockets by its own driver."""

from gevent import monkey

monkey.patch_all()

import os  # noqa: E402

from kell.app import prepare, start  # noqa: E402
from kell.core.config import Config  # noqa: E402

app = prepare(Config.load(os.environ))
start(app)
