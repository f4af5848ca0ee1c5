"""Where the shipped files lie: beside the package in a checkout, inside it in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_SHIPPED = _PACKAGE / "_shipped"

ROOT = _SHIPPED if _SHIPPED.is_dir() else _PACKAGE.parent
STATIC = ROOT / "static"
DIST = STATIC / "dist"
LOCALES = ROOT / "locales"
MIGRATIONS = ROOT / "migrations"
