"""A PostgreSQL of our own, on a free port of loopback, in a folder that goes with it."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# On disk as in production, because acknowledgements promise it; only the size is a test's.
SETTINGS = ("shared_buffers=32MB", "max_connections=100", "log_min_messages=fatal")


@contextmanager
def postgresql(*settings: str) -> Iterator[str]:
    """Start a cluster, give its address without a database, and remove it with all its data."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="kell-postgresql-"))
    owner = _owner()
    try:
        if owner is not None:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        _run(
            owner,
            programs / "initdb",
            "-D",
            folder / "data",
            "-U",
            "kell",
            "-A",
            "trust",
            "-N",
            "-E",
            "UTF8",
            "--no-locale",
        )
        port = _free_port()
        options = " ".join(
            ["-c listen_addresses=127.0.0.1", f"-p {port}", f"-k {folder}"]
            + [f"-c {setting}" for setting in (*SETTINGS, *settings)]
        )
        _run(
            owner,
            programs / "pg_ctl",
            "-D",
            folder / "data",
            "-l",
            folder / "log",
            "-w",
            "-o",
            options,
            "start",
        )
        try:
            yield f"postgresql://kell@127.0.0.1:{port}"
        finally:
            _run(owner, programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """Find the server's programs: Debian keeps them off the PATH, one folder a version."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise RuntimeError("PostgreSQL's initdb is missing: `make test` says how to get it")
    return found[-1].parent


def _owner() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root."""
    return pwd.getpwnam("postgres") if os.geteuid() == 0 else None


def _run(owner: pwd.struct_passwd | None, *command: object) -> None:
    who = {} if owner is None else {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    done = subprocess.run(
        [str(each) for each in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        cwd="/",
        text=True,
        check=False,
        **who,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stdout}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
