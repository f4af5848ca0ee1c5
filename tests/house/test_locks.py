"""The lock files: exact, hashed, renewed with what they lock, and free of addresses."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements/run.txt", "requirements/dev.txt", "package-lock.json")
GROUPS = {"requirements/run.txt": ["build"], "requirements/dev.txt": ["build", "dev"]}
LOCKED = re.compile(
    r"^([a-z0-9.-]+)==(\S+)(?: ;[^\\]*)?((?: \\\n {4}--hash=sha256:[0-9a-f]{64})+)$", re.MULTILINE
)


def python_versions(lock: str) -> dict[str, set[str]]:
    """Return the locked versions of each package; markers may give it several."""
    versions: dict[str, set[str]] = {}
    for name, version, _ in LOCKED.findall((ROOT / lock).read_text()):
        versions.setdefault(name, set()).add(version)
    return versions


def npm_packages() -> dict[str, dict[str, Any]]:
    lock: dict[str, dict[str, dict[str, Any]]] = json.loads((ROOT / LOCKS[2]).read_text())
    return lock["packages"]


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_holds_an_address_or_a_place(lock: str) -> None:
    text = (ROOT / lock).read_text()

    for forbidden in ("://", "file:", "--index", "--extra-index", "--find-links", str(Path.home())):
        assert forbidden not in text


@pytest.mark.parametrize("lock", GROUPS)
def test_every_line_of_a_python_lock_is_an_exact_version_with_hashes(lock: str) -> None:
    rest = LOCKED.sub("", (ROOT / lock).read_text())

    assert [line for line in rest.splitlines() if line and not line.lstrip().startswith("#")] == []


@pytest.mark.parametrize("lock", GROUPS)
def test_what_pyproject_asks_for_is_locked(lock: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    asked = [*project["project"]["dependencies"]]
    for group in GROUPS[lock]:
        asked += project["dependency-groups"][group]
    locked = python_versions(lock)

    for requirement in map(Requirement, asked):
        versions = locked.get(canonicalize_name(requirement.name), set())
        assert versions, f"{requirement.name} is not locked: make lock"
        assert all(requirement.specifier.contains(version) for version in versions)


def test_tests_run_on_the_versions_that_are_served() -> None:
    run, dev = (python_versions(lock) for lock in GROUPS)

    assert {name: dev[name] for name in run} == run


def test_every_npm_package_is_locked_by_hash() -> None:
    packages = npm_packages()

    assert [name for name, each in packages.items() if name and "integrity" not in each] == []


def test_every_system_finds_its_npm_packages_in_the_lock() -> None:
    packages = npm_packages()

    for name, each in packages.items():
        for optional in each.get("optionalDependencies", {}):
            assert f"node_modules/{optional}" in packages, f"{name} needs {optional} elsewhere"


def test_package_json_names_exact_versions_and_the_lock_has_them() -> None:
    package = json.loads((ROOT / "package.json").read_text())
    packages = npm_packages()

    for name, version in {**package["dependencies"], **package["devDependencies"]}.items():
        assert packages[f"node_modules/{name}"]["version"] == version
