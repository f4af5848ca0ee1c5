"""Tables of search."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from kell.core.db import Model
from kell.core.ids import Id

LONGEST_WORD = 64
# By code point on both databases: a prefix is a range.
_WORD = String(LONGEST_WORD).with_variant(String(LONGEST_WORD, collation="C"), "postgresql")


class VisitorWord(Model):
    """One word by which a visitor is found: of a name, an e-mail, a phone; or the number."""

    __tablename__ = "visitor_words"

    word: Mapped[str] = mapped_column(_WORD, primary_key=True)
    visitor_id: Mapped[Id] = mapped_column(
        String(32), ForeignKey("visitors.id", ondelete="CASCADE"), primary_key=True, index=True
    )

    __table_args__ = ({"sqlite_with_rowid": False},)
