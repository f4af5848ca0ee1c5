"""Put what the server ships beside the package into the wheel, as ``kell/_shipped/``.

``kell.core.paths`` finds it there.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHIPPED = ("static", "migrations", "locales")
BUILT = ("loader.js", "widget/index.html", "operator/index.html")


class ShippedFiles(BuildHookInterface):
    """Files are named one by one: a folder would bring its caches along."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the shipped files, unless this is an editable installation, which has them."""
        if version == "editable":
            return
        root = Path(self.root)
        missing = [name for name in BUILT if not (root / "static/dist" / name).is_file()]
        if missing:
            message = (
                f"static/dist lacks {', '.join(missing)}: build the fronts first, `make build`"
            )
            raise FileNotFoundError(message)
        for path in (path for folder in SHIPPED for path in (root / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                target = f"kell/_shipped/{path.relative_to(root).as_posix()}"
                build_data["force_include"][str(path)] = target
