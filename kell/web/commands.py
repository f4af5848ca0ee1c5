"""The command table. A command is declared once; sockets and HTTP run the same entry.

One place for identity, shape, limit, error and answer. The OpenAPI, ``browser/protocol.ts``,
``docs/protocol.md`` and the test that walks every door read this table too.
"""

import inspect
import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from time import perf_counter
from typing import Any, TypeVar, get_type_hints

from pydantic import ValidationError

from kell.core import metrics
from kell.core.errors import AppError, Broken, Invalid, UnknownCommand
from kell.core.security.limits import limits
from kell.core.wire import Answer, Shape, dict_of, place_of_unstorable
from kell.web.identity import Caller, OperatorCaller, VisitorCaller

log = logging.getLogger(__name__)

Run = TypeVar("Run", bound=Callable[..., Answer])

SIDES: dict[type, str] = {VisitorCaller: "visitor", OperatorCaller: "operator"}


@dataclass(frozen=True, slots=True)
class Command:
    """What one command takes, gives, costs, and who may send it."""

    name: str
    side: str
    who: type
    takes: type[Shape]
    gives: type[Answer]
    limit: str
    limit_address: str | None
    run: Callable[[Any, Any], Answer]
    earlier: Callable[[Any, Any], Answer | None] | None
    about: str


SAYS = frozenset({"chat.start", "message.send", "note.add"})

commands: dict[tuple[str, str], Command] = {}


def command(
    name: str,
    takes: type[Shape],
    *,
    who: type,
    limit: str,
    limit_address: str | None = None,
    earlier: Callable[[Any, Any], Answer | None] | None = None,
) -> Callable[[Run], Run]:
    """Declare a command.

    ``earlier(caller, input)`` finds the answer that was given to the same request before. It is
    asked before any refusal leaves, so that the retry of what was accepted is never refused.
    ``limit`` counts by caller, ``limit_address`` by address.
    """

    def declare(run: Run) -> Run:
        side = SIDES[who]
        if (side, name) in commands:
            raise ValueError(f"{side} {name} is declared twice")
        gives = get_type_hints(run)["return"]
        about = inspect.getdoc(run) or ""
        commands[side, name] = Command(
            name, side, who, takes, gives, limit, limit_address, run, earlier, about
        )
        return run

    return declare


def run_command(side: str, name: str, caller: Caller, raw: Any) -> Answer:
    """Run a command for a caller who has been identified.

    Raises:
        AppError: the refusal, in the one shape of all doors.
    """
    entry = commands.get((side, name))
    try:
        if entry is None:
            raise UnknownCommand
        given = validate(entry.takes, raw)
    except AppError:
        # What isn't understood costs time too.
        limits().hit("nonsense", side, caller.id)
        raise
    try:
        with limits().counted(entry.limit, side, caller.id), _counted_by_address(entry, caller):
            answer = entry.run(caller, given)
    except AppError:
        before = entry.earlier(caller, given) if entry.earlier else None
        if before is None:
            raise
        metrics.DUPLICATES.add(side)
        return before
    if name in SAYS:
        metrics.MESSAGES.add(side)
    return answer


def _counted_by_address(entry: Command, caller: Caller) -> AbstractContextManager[None]:
    if entry.limit_address is None:
        return nullcontext()
    return limits().counted(entry.limit_address, caller.address)


def answer_to(side: str, name: str, caller: Caller, raw: Any) -> tuple[dict[str, Any], int]:
    """Return what the caller hears, and its HTTP status. Never raises."""
    begun = perf_counter()
    try:
        return dict_of(run_command(side, name, caller, raw)), 200
    except AppError as error:
        metrics.REFUSALS.add(side, error.code)
        return dict(error.body()), error.status
    except Exception:
        broken = Broken()
        log.exception("number %s: the command %s of a %s failed", broken.number, name, side)
        return dict(broken.body()), broken.status
    finally:
        # Names that nobody declared are made up without end.
        known = name if (side, name) in commands else "unknown"
        metrics.COMMANDS.observe(perf_counter() - begun, side, known)


def validate(shape: type[Shape], raw: Any) -> Any:
    """Return the input as its shape.

    Raises:
        Invalid: names the first field that is wrong.
    """
    try:
        given = shape.model_validate({} if raw is None else raw)
    except ValidationError as error:
        place = error.errors(include_url=False, include_context=False, include_input=False)[0]
        field = ".".join(str(part) for part in place["loc"]) or None
        raise Invalid(place["msg"], field=field) from None
    unstorable = place_of_unstorable(raw)
    if unstorable is not None:
        raise Invalid("this text can't be stored", field=".".join(unstorable))
    return given
