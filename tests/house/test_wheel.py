"""A wheel, installed where there is nothing else, is the whole of Kell."""

import os
import signal
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytestmark = [pytest.mark.once, pytest.mark.slow, pytest.mark.timeout(120)]

ROOT = Path(__file__).parents[2]
PROGRAMS = Path(sys.executable).parent


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (built,) = folder.glob("kell-*.whl")
    return built


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty environment with the wheel; its dependencies come from ours, to stay offline."""
    folder = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder)
    python = folder / "bin" / "python"
    install = ("pip", "install", "--offline", "--no-deps", "--quiet", "--python", python, wheel)
    run(PROGRAMS / "uv", *install, cwd=folder)
    # A path in a .pth file is only a path: our own editable Kell, itself a .pth, isn't followed.
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    return folder


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def demo(environment: Path, home: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """`kell demo` in an empty folder, with nothing but its port set."""
    settings = {name: text for name, text in os.environ.items() if not name.startswith("KELL_")}
    log = (home / "output").open("w")
    with (
        log,
        subprocess.Popen(
            [environment / "bin" / "kell", "demo"],
            cwd=home,
            env={**settings, "PORT": str(port)},
            stdout=log,
            stderr=subprocess.STDOUT,
            text=True,
        ) as server,
    ):
        try:
            yield server
        finally:
            server.kill()


def get(address: str) -> tuple[int, str]:
    """Answer (0, why) while nobody listens."""
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read().decode()
    except OSError as reason:
        return 0, str(reason)


def wait_until_ready(server: subprocess.Popen[str], address: str, output: Path) -> None:
    until = time.monotonic() + 60
    while (answer := get(f"{address}/readyz"))[0] != 200:
        assert server.poll() is None, output.read_text()
        assert time.monotonic() < until, (answer, output.read_text())
        time.sleep(0.1)


def test_it_carries_what_is_served_and_nothing_of_the_workshop(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())

    for name in (
        "static/dist/loader.js",
        "static/dist/loader.js.br",
        "static/dist/loader.js.gz",
        "static/dist/widget/index.html",
        "static/dist/operator/index.html",
        *(f"locales/{language}.json" for language in ("en", "et", "ru", "uk")),
        "migrations/env.py",
    ):
        assert f"kell/_shipped/{name}" in names
    # Everything of the workshop stands outside `kell/`.
    assert {name.split("/")[0] for name in names} == {
        "kell",
        wheel.name.rsplit("-", 3)[0] + ".dist-info",
    }
    assert [name for name in names if "__pycache__" in name] == []


def test_it_is_not_built_without_the_fronts(tmp_path: Path) -> None:
    for name in ("pyproject.toml", "README.md", "kell", "scripts"):
        (tmp_path / name).symlink_to(ROOT / name)

    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode != 0
    assert "static/dist lacks loader.js" in done.stdout + done.stderr


def test_the_demo_runs_from_it_alone(environment: Path, tmp_path: Path) -> None:
    where = run(
        environment / "bin" / "python", "-c", "import kell; print(*kell.__path__)", cwd=tmp_path
    )
    assert Path(where.strip()).is_relative_to(environment)
    port = free_port()
    address = f"http://127.0.0.1:{port}"

    with demo(environment, tmp_path, port) as server:
        wait_until_ready(server, address, tmp_path / "output")

        status, script = get(f"{address}/widget.js")
        assert (status, "/static/dist/api.js" in script) == (200, True)
        for page in ("/static/dist/api.js", "/widget/", "/operator/", "/demo"):
            assert get(address + page)[0] == 200, page
        output = (tmp_path / "output").read_text()
        assert f"panel  {address}/operator/" in output
        assert f"demo   {address}/demo" in output
        assert "login  admin@example.org " in output

        server.send_signal(signal.SIGTERM)
        server.wait(timeout=5)
        assert (tmp_path / "data" / "kell.db").is_file()
