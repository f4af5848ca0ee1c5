"""``create_app(config)``: the only place that knows every part."""

import gc
from collections.abc import Sequence

from flask import Flask, request
from flask_socketio import SocketIO

from kell import cli, wiring
from kell.accounts import first_login, passwords
from kell.accounts.actions import make_first_admin
from kell.accounts.queries import has_operators
from kell.core import db
from kell.core.config import Config, secret_key
from kell.core.config.current import keep
from kell.core.db import Database, Frame, migrate
from kell.core.outbox import Worker
from kell.core.realtime.hints import Hints
from kell.core.realtime.hub import Hub
from kell.core.realtime.presence import Presence
from kell.core.realtime.websocket import JSON, install
from kell.core.realtime.websocket import Limits as SocketLimits
from kell.core.security.address import client_of
from kell.core.security.limits import Limits
from kell.core.security.origins import is_ours
from kell.core.security.page_limits import limit_pages
from kell.sites.actions import make_first_site
from kell.web import background, doors, http
from kell.web.background import Loops
from kell.web.beacon import Beacon
from kell.web.farewell import say_farewell
from kell.web.operator.namespace import OperatorDoor
from kell.web.requests import knock_of
from kell.web.running import Running
from kell.web.visitor.namespace import VisitorDoor
from kell.web.watch import Watch

# Objects more than were freed: some hundred messages, or some dozen sockets.
GARBAGE_AFTER = 20_000
FIRST_EMAIL = "admin@example.org"
FIRST_SITE = "Lõng & Lina"


def create_app(config: Config) -> Flask:
    """Build the application. Nothing runs yet: see ``kell.web.background.start``."""
    app = Flask("kell", static_folder=None)
    app.config["SECRET_KEY"] = secret_key(config)
    keep(app, config)
    app.extensions["kell.limits"] = Limits(config.redis_url)
    server = _socketio(app, config).server
    hub = Hub(server)
    watch = Watch(hub)
    hints = Hints(config.redis_url, watch.hint) if config.redis_url else None

    def deliver(frames: Sequence[Frame]) -> None:
        watch.deliver(frames)
        if hints is not None:
            hints.send()

    database = Database(app, config.database_url, wiring.RULES, deliver)
    worker = Worker(database, wiring.JOBS)
    running = Running(config, hub, Presence(), Beacon(hub), watch, hints, worker)
    app.extensions["kell"] = running
    for door in (VisitorDoor, OperatorDoor):
        server.register_namespace(door(running))
    for blueprint in doors.BLUEPRINTS:
        app.register_blueprint(blueprint)
    http.register(app)
    limit_pages(app, lambda: client_of(request.environ, config.trusted_proxies), config.redis_url)
    return app


def prepare(config: Config) -> Flask:
    """Build the application over a database that is up to date and has its first admin and site.

    Raises:
        RuntimeError: the database may forget what it acknowledged.
    """
    app = create_app(config)
    with app.app_context():
        database = db.database()
        database.check_durability()
        migrate.upgrade(database.writer)
        _make_first(config)
    return app


def _make_first(config: Config) -> None:
    with db.read() as session:
        if has_operators(session):
            return
    login = first_login.offer(config.data, FIRST_EMAIL)
    hashed = passwords.hash_password(login.password)

    def work(tx: db.Tx) -> None:
        made = make_first_admin(tx, email=login.email, password_hash=hashed)
        if made is not None:
            make_first_site(tx, team_id=made.team_id, name=FIRST_SITE)

    db.write(work)


def _socketio(app: Flask, config: Config) -> SocketIO:
    def may_connect(origin: str, environ: dict[str, str]) -> bool:
        return is_ours(origin, client_of(environ, config.trusted_proxies), config.public_url)

    socketio = SocketIO(
        app,
        async_mode="gevent",
        transports=["websocket"],
        # One client's commands run in the order in which they were sent.
        async_handlers=False,
        manage_session=False,
        json=JSON,
        cors_allowed_origins=may_connect,
        logger=False,
        engineio_logger=False,
    )

    limits = SocketLimits(sockets_per_place=config.sockets_per_address)
    install(socketio.server, limits, knock_of, around=app.app_context)
    return socketio


def start(app: Flask) -> None:
    """Start the worker, beacons and presence."""
    app.extensions["kell.loops"] = background.start(app)
    _spare_the_collector()


def _spare_the_collector() -> None:
    """Don't look for garbage among what stays; look seldom, for little of ours goes in circles."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_AFTER, 20, 50)


def stop(app: Flask) -> None:
    """Tell every browser to come back, and end what runs beside the doors."""
    running: Running = app.extensions["kell"]
    running.stopping.set()
    running.hub.wake_all()
    running.watch.hint()
    running.presence.wake()
    say_farewell(app.extensions["socketio"].server)
    loops: Loops | None = app.extensions.pop("kell.loops", None)
    if loops is not None:
        loops.stop()


def close(app: Flask) -> None:
    """Write what still waits, and let go of the database."""
    database: Database = app.extensions["kell.db"]
    database.close()


def work(app: Flask) -> None:
    """Do jobs for ever, beside the processes that serve."""
    running: Running = app.extensions["kell"]
    with app.app_context():
        running.worker.run()


def main() -> None:
    """Run the command line."""
    cli.run(cli.Application(create_app, prepare, start, stop, close, work))
