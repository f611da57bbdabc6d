"""Plan the mobile clinic."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


# Travel as it stands today: with the corrections that people on the spot made and did not take back.
TRAVEL_NOW = """
CREATE VIEW travel_now AS
SELECT t.rw_code, t.facility_code, t.mode, coalesce(c.duration_s, t.duration_s) AS duration_s, t.distance_m,
       t.origin_snap_m, t.destination_snap_m, t.method, t.network_id, c.id AS correction_id, c.reason AS correction_reason
FROM travel t
LEFT JOIN (
    SELECT DISTINCT ON (rw_code, facility_code, mode) id, rw_code, facility_code, mode, duration_s, reason
    FROM travel_correction WHERE withdrawn_at IS NULL AND valid_from <= CURRENT_DATE
    ORDER BY rw_code, facility_code, mode, valid_from DESC, id DESC
) c USING (rw_code, facility_code, mode)
"""

# A plan that was adopted stays as it was, whoever asks.
KEEP_ADOPTED = """
CREATE FUNCTION keep_adopted_slots() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    plan integer;
BEGIN
    IF TG_TABLE_NAME = 'rotation_plan' THEN
        IF OLD.status = 'adopted' THEN
            RAISE EXCEPTION 'rotation plan % is adopted and cannot be changed', OLD.id USING ERRCODE = 'P0001';
        END IF;
    ELSE
        plan := CASE WHEN TG_OP = 'DELETE' THEN OLD.plan_id ELSE NEW.plan_id END;
        IF EXISTS (SELECT 1 FROM rotation_plan WHERE id = plan AND status = 'adopted') THEN
            RAISE EXCEPTION 'rotation plan % is adopted and cannot be changed', plan USING ERRCODE = 'P0001';
        END IF;
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$
"""


def upgrade() -> None:
    op.create_table(
        "weight_preset",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False, comment="Number of the row"),
        sa.Column("name", sa.Text(), nullable=False, comment="Name as people call it"),
        sa.Column(
            "weights",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="Weight of every criterion; they sum to 1",
        ),
        sa.Column("adopted_by", sa.Text(), nullable=False, comment="Who adopted it"),
        sa.Column(
            "adopted_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False, comment="When"
        ),
        sa.Column(
            "replaced_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When a newer one of the same name replaced it",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weight_preset")),
        comment="Weights of the ranking, adopted under a name",
    )
    op.create_table(
        "nomination_answer",
        sa.Column("area_code", sa.Text(), nullable=False, comment="Kelurahan or kecamatan that answered"),
        sa.Column("month", sa.Date(), nullable=False, comment="Month asked for"),
        sa.Column("answered_by", sa.Text(), nullable=False, comment="Role and area"),
        sa.Column("note", sa.Text(), nullable=True, comment="For example that no RW is named this month"),
        sa.Column(
            "written_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When this row was written",
        ),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_nomination_answer_area_code_area")),
        sa.PrimaryKeyConstraint("area_code", "month", name=op.f("pk_nomination_answer")),
        comment="Who has answered the call for nominations, also with none",
    )
    op.create_table(
        "visit_capacity",
        sa.Column("facility_code", sa.Text(), nullable=False, comment="Puskesmas"),
        sa.Column("month", sa.Date(), nullable=False, comment="Month"),
        sa.Column("kind", sa.Text(), nullable=False, comment="own_team, partner_clinic or hospital_staff"),
        sa.Column("slots", sa.SmallInteger(), nullable=False, comment="Visits that can be made"),
        sa.Column(
            "is_vehicle_needed",
            sa.Boolean(),
            server_default=sa.text("true"),
            nullable=False,
            comment="Takes a city vehicle",
        ),
        sa.Column(
            "written_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When this row was written",
        ),
        sa.CheckConstraint(
            "kind IN ('own_team', 'partner_clinic', 'hospital_staff')", name=op.f("ck_visit_capacity_kind")
        ),
        sa.CheckConstraint("slots >= 0", name=op.f("ck_visit_capacity_slots")),
        sa.ForeignKeyConstraint(
            ["facility_code"], ["facility.code"], name=op.f("fk_visit_capacity_facility_code_facility")
        ),
        sa.PrimaryKeyConstraint("facility_code", "month", "kind", name=op.f("pk_visit_capacity")),
        comment="How many visits a puskesmas can make in a month; a month without a row has one visit of its own team",
    )
    op.create_table(
        "visit_closure",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False, comment="Number of the row"),
        sa.Column("facility_code", sa.Text(), nullable=True, comment="Puskesmas; blank for the whole city"),
        sa.Column("month", sa.Date(), nullable=False, comment="Month without visits"),
        sa.Column("reason", sa.Text(), nullable=False, comment="Why: flood, accreditation, …"),
        sa.Column("closed_by", sa.Text(), nullable=False, comment="Who said so"),
        sa.Column(
            "withdrawn_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When it was taken back; blank while it holds",
        ),
        sa.Column(
            "written_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When this row was written",
        ),
        sa.ForeignKeyConstraint(
            ["facility_code"], ["facility.code"], name=op.f("fk_visit_closure_facility_code_facility")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_closure")),
        comment="Months in which a puskesmas makes no visits",
    )
    op.add_column(
        "rotation_plan",
        sa.Column(
            "preset",
            sa.Text(),
            nullable=True,
            comment="Name of the preset the weights came from; blank when set by hand",
        ),
    )
    op.add_column(
        "rotation_plan",
        sa.Column(
            "settings",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
            comment="Settings of the ranking used",
        ),
    )
    op.add_column(
        "rotation_plan",
        sa.Column(
            "rules",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
            comment="Rules of the rotation used",
        ),
    )
    op.add_column(
        "rotation_plan",
        sa.Column(
            "result",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
            comment="Objective, bound, gap and comparison",
        ),
    )
    op.add_column(
        "rotation_slot",
        sa.Column(
            "kind",
            sa.Text(),
            server_default="own_team",
            nullable=False,
            comment="own_team, partner_clinic or hospital_staff",
        ),
    )
    op.alter_column(
        "rotation_slot",
        "reason",
        existing_type=sa.TEXT(),
        comment="Code of why it was chosen",
        existing_comment="Why it was chosen",
        existing_nullable=False,
    )

    op.execute(TRAVEL_NOW)
    op.execute(KEEP_ADOPTED)
    op.execute(
        "CREATE TRIGGER keep_adopted_slots BEFORE INSERT OR UPDATE OR DELETE ON rotation_slot"
        " FOR EACH ROW EXECUTE FUNCTION keep_adopted_slots()"
    )
    op.execute(
        "CREATE TRIGGER keep_adopted_plan BEFORE UPDATE OR DELETE ON rotation_plan"
        " FOR EACH ROW EXECUTE FUNCTION keep_adopted_slots()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER keep_adopted_plan ON rotation_plan")
    op.execute("DROP TRIGGER keep_adopted_slots ON rotation_slot")
    op.execute("DROP FUNCTION keep_adopted_slots()")
    op.execute("DROP VIEW travel_now")
    op.alter_column(
        "rotation_slot",
        "reason",
        existing_type=sa.TEXT(),
        comment="Why it was chosen",
        existing_comment="Code of why it was chosen",
        existing_nullable=False,
    )
    op.drop_column("rotation_slot", "kind")
    op.drop_column("rotation_plan", "result")
    op.drop_column("rotation_plan", "rules")
    op.drop_column("rotation_plan", "settings")
    op.drop_column("rotation_plan", "preset")
    op.drop_table("visit_closure")
    op.drop_table("visit_capacity")
    op.drop_table("nomination_answer")
    op.drop_table("weight_preset")
