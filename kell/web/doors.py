"""Every door of the house. Importing this module fills the command table."""

from flask import Blueprint

from kell.web import http, metrics, pages, pictures
from kell.web.operator import (
    canned,
    customers,
    inbox,
    letting_in,
    logs,
    people,
    presence,
    profile,
    search,
    sites,
)
from kell.web.operator import changes as operator_changes
from kell.web.operator import conversation as operator_conversation
from kell.web.operator import hello as operator_hello
from kell.web.operator import page as panel
from kell.web.operator import session as operator_session
from kell.web.visitor import changes, identity
from kell.web.visitor import conversation as visitor_conversation
from kell.web.visitor import hello as visitor_hello
from kell.web.visitor import page as widget
from kell.web.visitor import session as visitor_session

COMMANDS = (
    widget,
    visitor_hello,
    visitor_conversation,
    identity,
    operator_hello,
    inbox,
    search,
    operator_conversation,
    canned,
    customers,
    people,
    presence,
    profile,
    logs,
    sites,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    visitor_session.bp,
    changes.bp,
    operator_session.bp,
    letting_in.bp,
    operator_changes.bp,
    http.bp,
    widget.bp,
    panel.bp,
    pictures.bp,
    pages.bp,
    metrics.bp,
)
