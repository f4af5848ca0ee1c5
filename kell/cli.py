"""The command line: serve · demo · worker · migrate · doctor · user."""

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NoReturn

import click
from flask import Flask

from kell.accounts import actions as accounts
from kell.accounts import first_login, passwords, queries
from kell.accounts.errors import EmailTaken
from kell.accounts.models import Role
from kell.core import db, log
from kell.core.config import Config, ConfigError
from kell.core.db import migrate
from kell.doctor import visit
from kell.doctor.findings import Finding
from kell.serve import CannotListen
from kell.serve import serve as serve_http


@dataclass(frozen=True, slots=True)
class Application:
    """What the command line drives; ``kell.app`` knows how.

    ``prepare`` creates it over a database that is ready, ``start`` begins what runs beside the
    doors, ``stop`` tells browsers goodbye, ``close`` lets go of the database, ``work`` does jobs
    for ever.
    """

    create: Callable[[Config], Flask]
    prepare: Callable[[Config], Flask]
    start: Callable[[Flask], None]
    stop: Callable[[Flask], None]
    close: Callable[[Flask], None]
    work: Callable[[Flask], None]


def run(application: Application) -> None:
    """Run the command line."""
    log.configure()
    main(obj=application)


@click.group()
@click.version_option(package_name="kell")
def main() -> None:
    """Kell: a live chat that rings when somebody waits."""


@main.command()
@click.pass_obj
def serve(kell: Application) -> None:
    """Migrate the database and serve until SIGTERM or Ctrl-C."""
    _serve(kell, announce=lambda _config: None)


@main.command()
@click.pass_obj
def demo(kell: Application) -> None:
    """Serve, and say where the panel, the demo page and the first login are."""
    _serve(kell, announce=_announce)


@main.command()
@click.pass_obj
def worker(kell: Application) -> None:
    """Do jobs beside the servers: for installations of several processes."""
    kell.work(_prepared(kell, _config()))


@main.command(name="migrate")
@click.option("--to", default="head", show_default=True, help="A revision, or base.")
@click.option("--down", is_flag=True, help="Move down to it instead of up.")
@click.pass_obj
def migrate_command(kell: Application, to: str, *, down: bool) -> None:
    """Move the database to a revision."""
    app = kell.create(_config())
    with app.app_context():
        engine = db.database().writer
        (migrate.downgrade if down else migrate.upgrade)(engine, to)
        with engine.connect() as connection:
            click.echo(f"the database is at {migrate.current(connection) or 'base'}")


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@click.pass_obj
def doctor(kell: Application, *, as_json: bool) -> None:
    """Look for what is wrong, and say what to do; writes nothing. Ends with 1 on a problem."""
    config = _config()
    found = list(_visit(kell, config)) if visit.has_database(config) else [visit.NO_DATABASE]
    if as_json:
        click.echo(visit.as_json(found))
    else:
        for each in found:
            click.echo(visit.as_text(each))
        click.echo("nothing is wrong" if not found else f"{len(found)} found", err=True)
    if any(each.level == "problem" for each in found):
        sys.exit(1)


def _visit(kell: Application, config: Config) -> Iterator[Finding]:
    app = kell.create(config)
    shows = sys.stderr.isatty()

    def progress(done: int, total: int) -> None:
        if shows:
            click.echo(f"\r{done:,} of {total:,} conversations ", nl=done >= total, err=True)

    with app.app_context():
        yield from visit.visit(db.database(), config, progress)
    kell.close(app)


@main.group()
def user() -> None:
    """The people who answer."""


@user.command()
@click.argument("email")
@click.option("--name", help="How visitors see them; the e-mail's first part by default.")
@click.option(
    "--role",
    # By value: click would take the names of an enum's members.
    type=click.Choice([each.value for each in Role]),
    default=Role.OPERATOR.value,
    show_default=True,
)
@click.pass_obj
def add(kell: Application, email: str, name: str | None, role: str) -> None:
    """Add an operator, and print the password."""
    secret = passwords.new_password()
    hashed = passwords.hash_password(secret)
    shown = name or email.split("@", maxsplit=1)[0]
    with _prepared(kell, _config()).app_context():
        try:
            db.write(
                lambda tx: accounts.add_operator(
                    tx, email=email, name=shown, role=role, password_hash=hashed
                )
            )
        except EmailTaken:
            raise click.ClickException(f"somebody signs in as {email} already") from None
    click.echo(f"{email} {secret}")


@user.command()
@click.argument("email")
@click.pass_obj
def password(kell: Application, email: str) -> None:
    """Give an operator a new password, and print it. Signs them out everywhere."""
    secret = passwords.new_password()
    hashed = passwords.hash_password(secret)
    with _prepared(kell, _config()).app_context():
        with db.read() as session:
            found = queries.operator_by_email(session, email)
        if found is None:
            raise click.ClickException(f"nobody signs in as {email}")
        db.write(lambda tx: accounts.change_password(tx, found.id, hashed))
    click.echo(f"{email} {secret}")


def _serve(kell: Application, announce: Callable[[Config], None]) -> None:
    config = _config()
    app = _prepared(kell, config)

    def begin(_port: int) -> None:
        kell.start(app)
        announce(config)

    try:
        serve_http(app, config.host, config.port, on_listening=begin, drain=lambda: kell.stop(app))
    except CannotListen as error:
        _refuse(str(error))
    finally:
        # Not before: requests that are under way are still being answered.
        kell.close(app)


def _prepared(kell: Application, config: Config) -> Flask:
    try:
        return kell.prepare(config)
    except RuntimeError as error:
        _refuse(str(error))


def _announce(config: Config) -> None:
    """Print the three lines that everybody needs first."""
    base = config.base_url
    click.echo(f"panel  {base}/operator/")
    click.echo(f"demo   {base}/demo")
    login = first_login.kept(config.data)
    known = f"{login.email} {login.password}" if login else "with the password that you have set"
    click.echo(f"login  {known}")
    sys.stdout.flush()


def _config() -> Config:
    try:
        return Config.load(os.environ)
    except ConfigError as error:
        _refuse(str(error))


def _refuse(reason: str) -> NoReturn:
    click.echo(reason, err=True)
    sys.exit(2)
