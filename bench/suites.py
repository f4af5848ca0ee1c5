"""The suites in the order in which they run: one line for each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bench import browsers, comeback, crowds, lists, speed, starts, widget
from bench.house import Bench
from bench.measure import Measure


@dataclass(frozen=True)
class Suite:
    """What belongs together; ``takes_long`` keeps it out of a run that doesn't ask for it."""

    about: str
    measure: Callable[[Bench], list[Measure]]
    takes_long: bool = False


SUITES: Mapping[str, Suite] = {
    "speed": Suite("messages a second, and latencies", speed.measure),
    "crowds": Suite("thousands of visitors who say nothing", crowds.measure),
    "comeback": Suite("a server that is killed under thousands", comeback.measure),
    "starts": Suite("starting, and an idle server", starts.measure),
    "lists": Suite("lists and search in a long past", lists.measure, takes_long=True),
    "widget": Suite("what the widget costs a page", widget.measure),
    "browsers": Suite("the widget and the panel in Chromium", browsers.measure),
}
