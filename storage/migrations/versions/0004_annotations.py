"""Annotations: queues of calls to judge, what people and models made of them, and what was decided."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def _of(table: str) -> sa.ForeignKey:
    return sa.ForeignKey(table, ondelete="CASCADE")


def upgrade() -> None:
    """Add the tables of annotations, and what makes the calls of a step quick to find."""
    op.create_table(
        "annotation_queues",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column("label_schema", sa.JSON(), nullable=False),
        sa.Column("per_item", sa.Integer(), nullable=False),
        sa.Column("annotators", sa.JSON(), nullable=False),
        sa.Column("blind", sa.Boolean(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("closed_at", sa.Double()),
    )
    op.create_index("annotation_queues_id", "annotation_queues", ["id"], unique=True)
    op.create_table(
        "annotation_items",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("queue", sa.Integer(), _of("annotation_queues.number"), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("run", sa.Integer(), _of("runs.number"), nullable=False),
        sa.Column("call", sa.String(), nullable=False),
        sa.Column("remaining", sa.Integer(), nullable=False),
    )
    op.create_index("annotation_items_call", "annotation_items", ["queue", "run", "call"], unique=True)
    op.create_index("annotation_items_run", "annotation_items", ["run"])
    op.create_index("annotation_items_counted", "annotation_items", ["queue", "run", "remaining"])
    op.create_index(
        "annotation_items_waiting",
        "annotation_items",
        ["queue", "position"],
        sqlite_where=sa.text("remaining > 0"),
    )
    op.create_table(
        "annotations",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("queue", sa.Integer(), _of("annotation_queues.number")),
        sa.Column("item", sa.Integer(), _of("annotation_items.number")),
        sa.Column("run", sa.Integer(), _of("runs.number"), nullable=False),
        sa.Column("call", sa.String(), nullable=False),
        sa.Column("annotator", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("model", sa.String()),
        sa.Column("status", sa.String(), nullable=False),
        *_judgement(),
        sa.Column("text_hash", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("held_until", sa.Double(), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("updated_at", sa.Double(), nullable=False),
    )
    op.create_index("annotations_item", "annotations", ["item", "annotator", "kind"], unique=True)
    by = ["queue", "annotator", "kind", "status", "updated_at", "run"]
    op.create_index("annotations_by", "annotations", by)
    op.create_index("annotations_run", "annotations", ["run", "status", "call"])
    op.create_table(
        "annotation_decisions",
        sa.Column("item", sa.Integer(), _of("annotation_items.number"), primary_key=True),
        sa.Column("by", sa.String(), nullable=False),
        *_judgement(),
        sa.Column("at", sa.Double(), nullable=False),
    )

    op.create_index(
        "calls_written",
        "calls",
        ["step", "run", "queued_seq", "name", "expert", "target", "verdict"],
        sqlite_where=sa.text("status = 'done' AND text != ''"),
    )
    op.create_index("runs_deleted", "runs", ["deleted_at"], sqlite_where=sa.text("deleted_at IS NOT NULL"))


def _judgement() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("verdict", sa.String()),
        sa.Column("followed", sa.Boolean()),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
    )
