"""The settings of one installation: frozen, read once, wrong values refused by name."""

from kell.core.config.keyfile import secret_key
from kell.core.config.model import Config, Setting, settings
from kell.core.config.source import ConfigError

__all__ = ["Config", "ConfigError", "Setting", "secret_key", "settings"]
