"""Tells the widgets that are open when somebody comes to answer, leaves, or closes for the day."""

from kell.core.db import Database, Frame
from kell.core.errors import NotFound
from kell.core.ids import Id
from kell.core.realtime.hub import Hub
from kell.sites.queries import site_by_id
from kell.sites.wire import SiteOnline
from kell.web.visitor.answering import answering

LOOK_EVERY = 1.5
NAMESPACE = "/visitor"
_ROOM = "site:"


def site_room(site_id: Id) -> str:
    """Return the room of all visitors of a site who are here."""
    return f"{_ROOM}{site_id}"


class Online:
    """What the sites whose visitors are connected to this process have told them last."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._told: dict[Id, SiteOnline] = {}

    def look(self, database: Database) -> None:
        """Send what has changed since the last look: one frame a site, however much happened."""
        here = self._hub.rooms(NAMESPACE, _ROOM)
        # Who comes later hears the state with the welcome.
        self._told = {site: said for site, said in self._told.items() if site in here}
        for site_id in here:
            with database.read() as session:
                try:
                    state = answering(session, site_by_id(session, site_id))
                except NotFound:
                    continue
            if self._told.get(site_id) != state:
                self._told[site_id] = state
                data = state.model_dump(mode="json")
                self._hub.whisper(Frame(NAMESPACE, (site_room(site_id),), "site.online", data))
