"""Keep targets, events and roll-outs."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

RULES = (
    ("intervention_month", "status", "status IN ('reported', 'not_started')"),
    (
        "intervention_month",
        "not_started_is_not_zero",
        "status <> 'not_started' OR numerator IS NULL AND received IS NULL",
    ),
    (
        "intervention_month",
        "part_of_whole",
        "numerator >= 0 AND numerator <= denominator AND numerator <= received AND received <= denominator",
    ),
    ("target", "path", "path IN ('stepped', 'straight')"),
    ("break_event", "kind", "kind IN ('definition', 'cleaning', 'boundary', 'method', 'other')"),
    ("break_event", "dates", "ended_on >= happened_on"),
)

# What was decided stays readable: a row's end may be written once, and nothing else of it.
KEEP_ENDED = """
CREATE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    endings text[] := ARRAY['replaced_at', 'ended_by', 'ended_why', 'withdrawn_at', 'withdrawn_by', 'withdrawn_why'];
    was jsonb := to_jsonb(OLD);
BEGIN
    IF TG_OP = 'DELETE' OR coalesce(was ->> 'replaced_at', was ->> 'withdrawn_at') IS NOT NULL
        OR was - endings <> to_jsonb(NEW) - endings THEN
        RAISE EXCEPTION '% % is history and cannot be changed; end it and write a new row', TG_TABLE_NAME, OLD.id
            USING ERRCODE = 'P0001';
    END IF;
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    op.add_column(
        "break_event",
        sa.Column(
            "ended_on", sa.Date(), nullable=True, comment="Last day; blank for an event of one day or one that lasts"
        ),
    )
    op.add_column(
        "break_event", sa.Column("corrects", sa.Integer(), nullable=True, comment="Event that this one corrects")
    )
    op.add_column(
        "break_event",
        sa.Column("written_by", sa.Text(), nullable=True, comment="Who wrote it; blank when it came with the data"),
    )
    op.add_column(
        "break_event",
        sa.Column(
            "withdrawn_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When it was corrected or withdrawn; blank while it holds",
        ),
    )
    op.add_column(
        "break_event", sa.Column("withdrawn_by", sa.Text(), nullable=True, comment="Who corrected or withdrew it")
    )
    op.add_column(
        "break_event",
        sa.Column(
            "withdrawn_why",
            sa.Text(),
            nullable=True,
            comment="Why it was withdrawn; blank when a newer row corrects it",
        ),
    )
    op.alter_column(
        "break_event",
        "happened_on",
        existing_type=sa.DATE(),
        comment="First day",
        existing_comment="Day",
        existing_nullable=False,
    )
    op.alter_column(
        "break_event",
        "kind",
        existing_type=sa.TEXT(),
        comment="definition, cleaning, boundary, method or other",
        existing_comment="definition, cleaning, boundary, method, …",
        existing_nullable=False,
    )
    op.create_foreign_key(
        op.f("fk_break_event_corrects_break_event"), "break_event", "break_event", ["corrects"], ["id"]
    )
    op.create_table_comment(
        "break_event",
        "A dated event that explains a jump; rows are withdrawn, never changed or deleted",
        existing_comment="A dated event that explains a jump",
        schema=None,
    )
    op.add_column(
        "indicator", sa.Column("opd", sa.Text(), nullable=True, comment="OPD that answers for it; blank when none does")
    )
    op.add_column(
        "intervention_month",
        sa.Column(
            "received", sa.Integer(), nullable=True, comment="For spm_… only: of those raised, taken up by the OPD"
        ),
    )
    op.add_column(
        "intervention_month",
        sa.Column(
            "status",
            sa.Text(),
            server_default="reported",
            nullable=False,
            comment="reported, or not_started where the roll-out has not reached the RW: its coverage is none, not zero",
        ),
    )
    op.add_column(
        "intervention_month",
        sa.Column("batch_id", sa.BigInteger(), nullable=True, comment="Batch it came with; blank for none"),
    )
    op.alter_column(
        "intervention_month",
        "numerator",
        existing_type=sa.INTEGER(),
        comment="Reached, for spm_… done; blank when not reported",
        existing_comment="Reached; blank when not reported",
        existing_nullable=True,
    )
    op.alter_column(
        "intervention_month",
        "denominator",
        existing_type=sa.INTEGER(),
        comment="Should be reached, for spm_… raised; blank when unknown",
        existing_comment="Should be reached; blank when unknown",
        existing_nullable=True,
    )
    op.create_index(
        "ix_intervention_month_indicator_code_month", "intervention_month", ["indicator_code", "month"], unique=False
    )
    op.create_foreign_key(
        op.f("fk_intervention_month_batch_id_import_batch"), "intervention_month", "import_batch", ["batch_id"], ["id"]
    )
    op.create_table_comment(
        "intervention_month",
        "An intervention's coverage in an RW and month; for the six SPM sectors needs raised, received, done",
        existing_comment="An intervention's coverage in an RW and month",
        schema=None,
    )
    op.add_column(
        "maternal_month",
        sa.Column("batch_id", sa.BigInteger(), nullable=True, comment="Batch it came with; blank for none"),
    )
    op.create_foreign_key(
        op.f("fk_maternal_month_batch_id_import_batch"), "maternal_month", "import_batch", ["batch_id"], ["id"]
    )
    op.add_column(
        "parked_row",
        sa.Column(
            "sheet",
            sa.Text(),
            server_default="",
            nullable=False,
            comment="Sheet that holds the row, where rows come from several sheets of a workbook",
        ),
    )
    op.add_column(
        "target",
        sa.Column(
            "path",
            sa.Text(),
            server_default="stepped",
            nullable=False,
            comment="Way to this year's value from the year before: stepped, or straight",
        ),
    )
    op.add_column(
        "target",
        sa.Column(
            "set_by", sa.Text(), nullable=True, comment="Who set it; blank when it came with the published facts"
        ),
    )
    op.add_column("target", sa.Column("ended_by", sa.Text(), nullable=True, comment="Who replaced or withdrew it"))
    op.add_column(
        "target",
        sa.Column(
            "ended_why", sa.Text(), nullable=True, comment="Why it was withdrawn; blank when a newer row replaced it"
        ),
    )
    op.alter_column(
        "target",
        "replaced_at",
        existing_type=postgresql.TIMESTAMP(timezone=True),
        comment="When it was replaced or withdrawn; blank while it holds",
        existing_comment="When a planner replaced it; blank while it holds",
        existing_nullable=True,
    )
    op.create_index(
        "uq_target_holding",
        "target",
        ["area_code", "indicator_code", "series", "year", "decree"],
        unique=True,
        postgresql_where=sa.text("replaced_at IS NULL"),
    )
    op.create_table_comment(
        "target",
        "A target by area, indicator, series, year and decree; rows are ended, never changed or deleted",
        existing_comment="A target by area, indicator, series and year",
        schema=None,
    )
    op.drop_constraint("pk_parked_row", "parked_row", type_="primary")
    op.create_primary_key("pk_parked_row", "parked_row", ["batch_id", "sheet", "row_number"])
    for table, name, rule in RULES:
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, rule)
    op.execute(KEEP_ENDED)
    for table in ("target", "break_event"):
        op.execute(
            f"CREATE TRIGGER keep_{table} BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION keep_history()"
        )


def downgrade() -> None:
    op.execute("DROP TRIGGER keep_break_event ON break_event")
    op.execute("DROP TRIGGER keep_target ON target")
    op.execute("DROP FUNCTION keep_history()")
    for table, name, _ in RULES:
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
    op.drop_constraint("pk_parked_row", "parked_row", type_="primary")
    op.create_primary_key("pk_parked_row", "parked_row", ["batch_id", "row_number"])
    op.create_table_comment(
        "target",
        "A target by area, indicator, series and year",
        existing_comment="A target by area, indicator, series, year and decree; rows are ended, never changed or deleted",
        schema=None,
    )
    op.drop_index("uq_target_holding", table_name="target", postgresql_where=sa.text("replaced_at IS NULL"))
    op.alter_column(
        "target",
        "replaced_at",
        existing_type=postgresql.TIMESTAMP(timezone=True),
        comment="When a planner replaced it; blank while it holds",
        existing_comment="When it was replaced or withdrawn; blank while it holds",
        existing_nullable=True,
    )
    op.drop_column("target", "ended_why")
    op.drop_column("target", "ended_by")
    op.drop_column("target", "set_by")
    op.drop_column("target", "path")
    op.drop_column("parked_row", "sheet")
    op.drop_constraint(op.f("fk_maternal_month_batch_id_import_batch"), "maternal_month", type_="foreignkey")
    op.drop_column("maternal_month", "batch_id")
    op.create_table_comment(
        "intervention_month",
        "An intervention's coverage in an RW and month",
        existing_comment="An intervention's coverage in an RW and month; for the six SPM sectors needs raised, received, done",
        schema=None,
    )
    op.drop_constraint(op.f("fk_intervention_month_batch_id_import_batch"), "intervention_month", type_="foreignkey")
    op.drop_index("ix_intervention_month_indicator_code_month", table_name="intervention_month")
    op.alter_column(
        "intervention_month",
        "denominator",
        existing_type=sa.INTEGER(),
        comment="Should be reached; blank when unknown",
        existing_comment="Should be reached, for spm_… raised; blank when unknown",
        existing_nullable=True,
    )
    op.alter_column(
        "intervention_month",
        "numerator",
        existing_type=sa.INTEGER(),
        comment="Reached; blank when not reported",
        existing_comment="Reached, for spm_… done; blank when not reported",
        existing_nullable=True,
    )
    op.drop_column("intervention_month", "batch_id")
    op.drop_column("intervention_month", "status")
    op.drop_column("intervention_month", "received")
    op.drop_column("indicator", "opd")
    op.create_table_comment(
        "break_event",
        "A dated event that explains a jump",
        existing_comment="A dated event that explains a jump; rows are withdrawn, never changed or deleted",
        schema=None,
    )
    op.drop_constraint(op.f("fk_break_event_corrects_break_event"), "break_event", type_="foreignkey")
    op.alter_column(
        "break_event",
        "kind",
        existing_type=sa.TEXT(),
        comment="definition, cleaning, boundary, method, …",
        existing_comment="definition, cleaning, boundary, method or other",
        existing_nullable=False,
    )
    op.alter_column(
        "break_event",
        "happened_on",
        existing_type=sa.DATE(),
        comment="Day",
        existing_comment="First day",
        existing_nullable=False,
    )
    op.drop_column("break_event", "withdrawn_why")
    op.drop_column("break_event", "withdrawn_by")
    op.drop_column("break_event", "withdrawn_at")
    op.drop_column("break_event", "written_by")
    op.drop_column("break_event", "corrects")
    op.drop_column("break_event", "ended_on")
