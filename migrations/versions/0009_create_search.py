"""Words of visitors; on PostgreSQL the words of messages too. SQLite has those in a file apart."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# Letters as they are compared, and what parts words, for PostgreSQL: neither its locale nor its
# parser's idea of an address or a number decides what is found.
LATIN = {
    "a": "àáâãäåāăą", "c": "çćĉċč", "d": "ď", "e": "èéêëēĕėęě", "g": "ĝğġģ", "h": "ĥ",
    "i": "ìíîïĩīĭįİ", "j": "ĵ", "k": "ķ", "l": "ĺļľ", "n": "ñńņň", "o": "òóôõöōŏő", "r": "ŕŗř",
    "s": "śŝşšș", "t": "ţťț", "u": "ùúûüũūŭůűų", "w": "ŵ", "y": "ýÿŷ", "z": "źżž",
}  # fmt: skip
CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґў"
PARTS = r"@./\-_:+#&=?%~,;!*<>()[]{}|^$`''"


def folding() -> tuple[str, str]:
    """Return which characters become which."""
    pairs = {"ё": "е", "Ё": "е"} | {each.upper(): each for each in CYRILLIC}
    for plain, marked in LATIN.items():
        for each in marked:
            pairs |= {each: plain} | ({each.upper(): plain} if len(each.upper()) == 1 else {})
    pairs |= dict.fromkeys(PARTS, " ")
    return "".join(pairs), "".join(pairs.values())


def upgrade() -> None:
    op.create_table(
        "visitor_words",
        sa.Column(
            "word",
            sa.String(length=64).with_variant(sa.String(64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("visitor_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["visitor_id"],
            ["visitors.id"],
            name="fk_visitor_words_visitor_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("word", "visitor_id", name="pk_visitor_words"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_visitor_words_visitor_id", "visitor_words", ["visitor_id"])
    if op.get_bind().dialect.name == "postgresql":
        old, new = (each.replace("'", "''") for each in folding())
        op.execute(
            "ALTER TABLE messages ADD COLUMN words tsvector GENERATED ALWAYS AS ("
            "CASE WHEN kind <> 'event' THEN"
            f" to_tsvector('simple', translate(lower(text), '{old}', '{new}')) END) STORED"
        )
        op.create_index("ix_messages_words", "messages", ["words"], postgresql_using="gin")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_index("ix_messages_words", "messages")
        op.drop_column("messages", "words")
    op.drop_index("ix_visitor_words_visitor_id", "visitor_words")
    op.drop_table("visitor_words")
