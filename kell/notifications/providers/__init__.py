"""One file a provider. A provider raises ``Refused``, permanent or not, and nothing else."""


class Refused(Exception):
    """The provider didn't take it. ``permanent``: it never will."""

    def __init__(self, reason: str, *, permanent: bool) -> None:
        super().__init__(reason)
        self.permanent = permanent
