"""What is told about visitors."""

from dataclasses import dataclass

from kell.core.events import Event
from kell.core.ids import Id


@dataclass(frozen=True, slots=True)
class VisitorDescribed(Event):
    """A visitor's name, e-mail or phone is another than before."""

    visitor_id: Id


@dataclass(frozen=True, slots=True)
class CustomerDescribed(Event):
    """A card says something else than before, or is other visitors'."""

    customer_id: Id
