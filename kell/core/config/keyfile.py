"""The key that is made when nobody set one."""

import secrets

from kell.core.config.model import Config
from kell.core.config.private_file import kept_once
from kell.core.config.source import ConfigError
from kell.core.config.values import SECRET_LENGTH


def secret_key(config: Config) -> str:
    """Return the key that was set, or the one kept in the data folder; make it when absent.

    Raises:
        ConfigError: the file can't be made or read, or holds no key.
    """
    if config.secret_key is not None:
        return config.secret_key.get_secret_value()
    file = config.data / "secret-key"
    try:
        key = kept_once(file, lambda: secrets.token_urlsafe(48))
    except OSError as error:
        advice = "Name a folder that can be written, or set KELL_SECRET_KEY"
        reason = f"KELL_DATA: {file} can't be kept ({error.strerror}). {advice}"
        raise ConfigError([reason]) from error
    if len(key) < SECRET_LENGTH:
        advice = "Remove it, and a new one is made: all who hold a signed token must begin again"
        raise ConfigError([f"KELL_DATA: {file} holds no key. {advice}"])
    return key
