"""Pictures that people upload: made small and harmless, kept under their own hash."""

from kell.core.pictures.encode import LARGEST, NoPicture, encode
from kell.core.pictures.store import Pictures, address, is_picture

__all__ = ["LARGEST", "NoPicture", "Pictures", "address", "encode", "is_picture"]
