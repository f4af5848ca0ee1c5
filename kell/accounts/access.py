"""What each role may do beside answering."""

from kell.accounts.models import Role, RoleName
from kell.core.errors import Forbidden

RANKS = {Role.OPERATOR: 0, Role.SUPERVISOR: 1, Role.ADMIN: 2}


def require(role: RoleName | str, at_least: Role) -> None:
    """Let nobody past whose role is lower.

    Raises:
        Forbidden: it is.
    """
    if RANKS[Role(role)] < RANKS[at_least]:
        raise Forbidden
