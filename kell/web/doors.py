"""Every door of the house. Importing this module fills the command table."""

from flask import Blueprint

from kell.web import http, pages
from kell.web.operator import changes as operator_changes
from kell.web.operator import conversation as operator_conversation
from kell.web.operator import hello as operator_hello
from kell.web.operator import inbox
from kell.web.operator import page as panel
from kell.web.operator import session as operator_session
from kell.web.visitor import changes
from kell.web.visitor import conversation as visitor_conversation
from kell.web.visitor import hello as visitor_hello
from kell.web.visitor import page as widget
from kell.web.visitor import session as visitor_session

COMMANDS = (visitor_hello, visitor_conversation, operator_hello, inbox, operator_conversation)

BLUEPRINTS: tuple[Blueprint, ...] = (
    visitor_session.bp,
    changes.bp,
    operator_session.bp,
    operator_changes.bp,
    http.bp,
    widget.bp,
    panel.bp,
    pages.bp,
)
