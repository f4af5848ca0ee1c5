"""What every suite is given: the cores, the load, a folder on a disk, and servers to measure."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from pathlib import Path

import psycopg

from bench import servers
from bench.cores import Cores
from bench.load import Load
from bench.servers import Server
from tests.clusters import postgresql


@dataclass
class Bench:
    """One run of the bench. ``closing`` ends what was started for all of it."""

    cores: Cores
    load: Load
    folder: Path
    """On a disk; removed at the end."""
    closing: ExitStack
    keep: Path | None = None
    """Where what takes long to make is kept for the next run."""
    versions: dict[str, str] = field(default_factory=dict)
    _homes: Iterator[int] = field(default_factory=count)

    def home(self) -> Path:
        """Make a folder that nobody has used."""
        made = self.folder / f"home-{next(self._homes)}"
        made.mkdir()
        return made

    def kept(self, name: str) -> Path:
        """Make a folder, or return the one that a run before has kept."""
        if self.keep is None:
            return self.home()
        found = self.keep.absolute() / name
        found.mkdir(parents=True, exist_ok=True)
        return found

    @contextmanager
    def kell(
        self,
        home: Path,
        database_url: str | None = None,
        *,
        port: int | None = None,
        **settings: str,
    ) -> Iterator[Server]:
        """Serve on the server's core; by default from the SQLite file in ``home``."""
        url = database_url or f"sqlite:///{home}/kell.db"
        with servers.kell(self.cores, home, url, port, settings) as server:
            yield server

    @cached_property
    def cluster(self) -> str:
        """Return the address of a PostgreSQL on the load's core, without a database."""
        found = self.closing.enter_context(postgresql())
        with psycopg.connect(f"{found}/postgres") as connection:
            version = connection.info.parameter_status("server_version")
        self.versions["PostgreSQL"] = version or "unknown"
        return found
