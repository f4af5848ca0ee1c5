"""Limits that count nothing: the tests of a file would use up each other's allowance."""

from contextlib import AbstractContextManager, nullcontext


class Unlimited:
    """In place of ``kell.core.security.limits.Limits``."""

    def hit(self, *_: object) -> None:
        pass

    def counted(self, *_: object) -> AbstractContextManager[None]:
        return nullcontext()

    def test(self, *_: object) -> bool:
        return True

    def clear(self, *_: object) -> None:
        pass
