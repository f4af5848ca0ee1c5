"""The app, for whoever brings a server: one gevent process, WebSockets by its own driver."""

from gevent import monkey

monkey.patch_all()

import os  # noqa: E402

from kell.app import create_app, start  # noqa: E402
from kell.core.config import Config  # noqa: E402

app = create_app(Config.load(os.environ))
start(app)
