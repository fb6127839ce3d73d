"""What was suggested to agents and what became of it, and meanings that they put right."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(JSONB(), "postgresql")
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "suggestion_sets",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("meanings", _JSON, nullable=False),
        sa.Column("alarm", _JSON, nullable=True),
        sa.Column("model", sa.String(length=80), nullable=True),
        sa.Column("took_ms", sa.Integer(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion_sets")),
        sa.UniqueConstraint("conversation_id", "based_on", name=op.f("uq_suggestion_sets_conversation_id_based_on")),
    )
    op.create_index(op.f("ix_suggestion_sets_created_at"), "suggestion_sets", ["created_at"])
    op.create_table(
        "suggestions",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("set_id", sa.String(length=32), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("intent", sa.String(length=60), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("source", _JSON, nullable=True),
        sa.Column("model", sa.String(length=80), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("distance", sa.Integer(), nullable=True),
        sa.Column("message_seq", sa.Integer(), nullable=True),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("shown_at", _TIME, nullable=True),
        sa.Column("outcome_at", _TIME, nullable=True),
        sa.Column("outcome_by", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["set_id"], ["suggestion_sets.id"], name=op.f("fk_suggestions_set_id_suggestion_sets")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestions")),
    )
    op.create_index(op.f("ix_suggestions_set_id"), "suggestions", ["set_id"])
    op.create_index(op.f("ix_suggestions_conversation_id_based_on"), "suggestions", ["conversation_id", "based_on"])
    op.create_index(op.f("ix_suggestions_shown_at"), "suggestions", ["shown_at"])
    op.create_table(
        "corrected_meanings",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("taken_for", sa.String(length=60), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("model", sa.String(length=80), nullable=True),
        sa.Column("corrected_by", sa.String(length=32), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrected_meanings")),
        sa.UniqueConstraint("conversation_id", "seq", name=op.f("uq_corrected_meanings_conversation_id_seq")),
    )


def downgrade() -> None:
    for table in ("corrected_meanings", "suggestions", "suggestion_sets"):
        op.drop_table(table)
