"""Kell: a self-hosted live chat and support desk."""

__version__ = "0.1.0"
