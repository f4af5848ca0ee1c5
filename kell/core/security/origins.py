"""Whether a request comes from one of our own pages.

Browsers say from where (``Origin``, ``Sec-Fetch-Site``) and a page can't change it. A program can
write there what it likes, or nothing: it holds no operator's cookie, so that is no danger.
"""

from collections.abc import Mapping
from typing import Any

from kell.core.errors import ForeignOrigin
from kell.core.security.address import Client

_FROM_ELSEWHERE = frozenset({"cross-site", "same-site"})


def is_ours(origin: str, client: Client, public_url: str | None) -> bool:
    """Compare scheme, host and port with ours, all three."""
    return origin in {client.origin, public_url}


def refuse_foreign(
    environ: Mapping[str, Any], client: Client, public_url: str | None, *, by_cookie: bool
) -> None:
    """Let through what our pages and programs send.

    ``by_cookie`` says that the browser itself adds what identifies the sender, so that a foreign
    page could borrow it; then ``Sec-Fetch-Site`` counts too (W3C Fetch Metadata).

    Raises:
        ForeignOrigin: another page sent this, or one that hides where it is (``null``).
    """
    origin = environ.get("HTTP_ORIGIN")
    if origin is not None and not is_ours(str(origin), client, public_url):
        raise ForeignOrigin
    if by_cookie and environ.get("HTTP_SEC_FETCH_SITE") in _FROM_ELSEWHERE:
        raise ForeignOrigin
