"""Where settings stand: the environment, and before it a file of ``KEY=value`` lines."""

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from pathlib import Path

from dotenv.parser import parse_stream


class ConfigError(Exception):
    """The installation is told something wrong. ``problems`` has a line for each fault."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def collect(environ: Mapping[str, str], known: Collection[str]) -> tuple[dict[str, str], list[str]]:
    """Return the given values by name, and what is wrong with the names or with the file.

    An empty value is no value: that is how tools that always pass a variable leave it out.
    """
    found: dict[str, str] = {}
    problems: list[str] = []
    if environ.get("KELL_CONFIG"):
        found, problems = _from_file(Path(environ["KELL_CONFIG"]).expanduser(), known)
    for name, value in environ.items():
        if name in known:
            found[name] = value
        elif name.startswith("KELL_"):
            problems.append(_unknown(name, known))
    return {name: value for name, value in found.items() if value.strip()}, problems


def _from_file(file: Path, known: Collection[str]) -> tuple[dict[str, str], list[str]]:
    try:
        with file.open(encoding="utf-8") as stream:
            lines = list(parse_stream(stream))
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it isn't UTF-8 text"
        return {}, [f"KELL_CONFIG: {file} can't be read ({reason}). Name a file of KEY=value lines"]
    found: dict[str, str] = {}
    problems: list[str] = []
    for line in lines:
        if line.error or (line.key is not None and line.value is None):
            problems.append(
                f"KELL_CONFIG: line {line.original.line} of {file} isn't KEY=value. "
                "Write for example PORT=8080"
            )
        elif line.key is None:
            continue
        elif line.key in known and line.key != "KELL_CONFIG":
            found[line.key] = line.value or ""
        else:
            problems.append(f"{_unknown(line.key, known)} (line {line.original.line} of {file})")
    return found, problems


def _unknown(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name, known, n=1, cutoff=0.6)
    hint = f"Did you mean {near[0]}?" if near else f"Known are {', '.join(sorted(known))}"
    return f"{name}: there is no such setting. {hint}"
