"""Sockets: the driver, the hub that publishes after the commit, presence."""
