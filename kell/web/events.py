"""What the server tells by itself: a closed list, one shape an event."""

from collections.abc import Mapping

from kell.chat.wire import Gone, OperatorChange, Typing, VisitorChange
from kell.core.wire import Nothing, Shape
from kell.web.beacon import Beat
from kell.web.farewell import Drain
from kell.web.operator.hello import OperatorWelcome
from kell.web.visitor.hello import VisitorWelcome

EVENTS: Mapping[str, Mapping[str, type[Shape]]] = {
    "visitor": {
        "welcome": VisitorWelcome,
        "conversation.changed": VisitorChange,
        "conversation.gone": Gone,
        "typing": Typing,
        "beacon": Beat,
        "drain": Drain,
    },
    "operator": {
        "welcome": OperatorWelcome,
        "conversation.changed": OperatorChange,
        "conversation.gone": Gone,
        "typing": Typing,
        "beacon": Beat,
        "session.ended": Nothing,
        "drain": Drain,
    },
}
