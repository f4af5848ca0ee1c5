"""The settings of the running app, for those who are called without them."""

from flask import Flask, current_app

from kell.core.config.model import Config

_NAME = "kell.config"


def keep(app: Flask, config: Config) -> None:
    """Let ``current`` find the settings."""
    app.extensions[_NAME] = config


def current() -> Config:
    """Return the running app's settings."""
    found: Config = current_app.extensions[_NAME]
    return found
