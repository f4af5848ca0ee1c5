"""What the server tells by itself: a closed list, one shape an event."""

from collections.abc import Mapping

from kell.accounts.wire import ColleagueStates
from kell.chat.wire import Gone, OperatorChange, Typing, Viewing, VisitorChange
from kell.core.wire import Answer, Nothing
from kell.customers.wire import CustomerChanged, VisitorMoved
from kell.sites.wire import SiteOnline
from kell.web.beacon import Beat
from kell.web.farewell import Drain
from kell.web.operator.hello import OperatorWelcome
from kell.web.visitor.hello import VisitorWelcome

EVENTS: Mapping[str, Mapping[str, type[Answer]]] = {
    "visitor": {
        "welcome": VisitorWelcome,
        "conversation.changed": VisitorChange,
        "conversation.gone": Gone,
        "typing": Typing,
        "site.online": SiteOnline,
        "session.ended": Nothing,
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
        "reach.changed": Nothing,
        "viewing": Viewing,
        "visitor.moved": VisitorMoved,
        "customer.changed": CustomerChanged,
        "colleagues.state": ColleagueStates,
        "drain": Drain,
    },
}
