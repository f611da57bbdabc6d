"""Name people by a number, give them a unit, and keep the log append-only."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ACTOR = """
concat_ws(' ', nullif(current_setting('rembuk.role', true), ''),
    nullif(concat_ws(',', nullif(current_setting('rembuk.areas', true), ''),
        nullif(current_setting('rembuk.facility', true), ''), nullif(current_setting('rembuk.unit', true), '')), ''),
    nullif(current_setting('rembuk.actor', true), ''))
"""

# Whoever asks, also the tables' owner: what was done stays told.
KEEP_LOG = """
CREATE FUNCTION keep_audit_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'P0001';
END $$
"""

# A reference is kept whatever rows its writer sees: row-level security holds the functions' owner too, so each looks at
# the whole city for its one question. On failure the statement is undone, and the scope with it.
KEEP_REFERENCES = """
CREATE OR REPLACE FUNCTION require_reference() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET enable_nestloop = off AS $$
DECLARE
    missing text;
    role_before text := coalesce(current_setting('rembuk.role', true), '');
    areas_before text := coalesce(current_setting('rembuk.areas', true), '');
BEGIN
    PERFORM set_config('rembuk.role', 'planner', true), set_config('rembuk.areas', '*', true);
    EXECUTE format(
        'WITH wanted AS MATERIALIZED (SELECT DISTINCT %1$I AS key FROM written WHERE %1$I IS NOT NULL),
         held AS MATERIALIZED (
             SELECT p.%3$I AS key FROM %2$I p WHERE p.%3$I IN (SELECT key FROM wanted) FOR KEY SHARE)
         SELECT key::text FROM wanted w WHERE NOT EXISTS (SELECT 1 FROM held h WHERE h.key = w.key) LIMIT 1',
        TG_ARGV[0], TG_ARGV[1], TG_ARGV[2]) INTO missing;
    PERFORM set_config('rembuk.role', role_before, true), set_config('rembuk.areas', areas_before, true);
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION 'insert or update on table % refers by % to %, which is not present in table %',
            TG_TABLE_NAME, TG_ARGV[0], missing, TG_ARGV[1] USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION refuse_orphans() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET enable_nestloop = off AS $$
DECLARE
    orphaned text;
    role_before text := coalesce(current_setting('rembuk.role', true), '');
    areas_before text := coalesce(current_setting('rembuk.areas', true), '');
BEGIN
    PERFORM set_config('rembuk.role', 'planner', true), set_config('rembuk.areas', '*', true);
    EXECUTE format(
        'SELECT %1$I::text FROM gone g WHERE EXISTS (SELECT 1 FROM %2$I r WHERE r.%3$I = g.%1$I)
         AND NOT EXISTS (SELECT 1 FROM %4$I p WHERE p.%1$I = g.%1$I) LIMIT 1',
        TG_ARGV[0], TG_ARGV[1], TG_ARGV[2], TG_TABLE_NAME) INTO orphaned;
    PERFORM set_config('rembuk.role', role_before, true), set_config('rembuk.areas', areas_before, true);
    IF orphaned IS NOT NULL THEN
        RAISE EXCEPTION 'update or delete on table % takes away %, which table % refers to',
            TG_TABLE_NAME, orphaned, TG_ARGV[1] USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    op.execute(KEEP_REFERENCES)
    op.add_column(
        "app_user",
        sa.Column(
            "number", sa.Integer(), sa.Identity(always=True), nullable=False, comment="What the log calls the person"
        ),
    )
    op.create_unique_constraint(op.f("uq_app_user_number"), "app_user", ["number"])
    op.add_column(
        "app_user",
        sa.Column(
            "unit", sa.Text(), nullable=True, comment="OPD or partner, as action items name it; blank for others"
        ),
    )
    for column, comment in (
        ("subject", "Identity as the OpenID provider names it: e-mail in lower case, or issuer#subject"),
        ("area_code", "Kecamatan of a camat, kelurahan of a lurah; blank for others"),
        ("facility_code", "Puskesmas of its head; blank for others"),
    ):
        op.alter_column("app_user", column, comment=comment)
    op.create_check_constraint(
        op.f("ck_app_user_role"),
        "app_user",
        "role IN ('mayor', 'planner', 'camat', 'lurah', 'puskesmas', 'opd', 'partner', 'screen', 'admin', 'inspector')",
    )
    op.create_check_constraint(
        op.f("ck_app_user_area"),
        "app_user",
        "(role IN ('camat', 'lurah')) = (area_code IS NOT NULL) AND (role = 'puskesmas') = (facility_code IS NOT NULL)"
        " AND (role IN ('opd', 'partner')) = (unit IS NOT NULL)",
    )
    op.add_column(
        "audit_log",
        sa.Column(
            "is_change",
            sa.Boolean(),
            server_default=sa.text("true"),
            nullable=False,
            comment="Whether figures or settings changed; looking, entering and refusals change nothing",
        ),
    )
    op.alter_column(
        "audit_log",
        "actor",
        server_default=sa.text(ACTOR),
        comment="Role, area and person (app_user's number) of the transaction's scope; the database fills it",
    )
    op.create_table_comment("audit_log", "An append-only log: no row is ever changed or deleted")
    op.create_index("ix_audit_log_id_changes", "audit_log", ["id"], postgresql_where=sa.text("is_change"))
    op.execute(KEEP_LOG)
    op.execute(
        "CREATE TRIGGER keep_audit_log BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log"
        " FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_log()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER keep_audit_log ON audit_log")
    op.execute("DROP FUNCTION keep_audit_log()")
    op.drop_index("ix_audit_log_id_changes", table_name="audit_log")
    op.create_table_comment("audit_log", "An append-only log")
    op.alter_column("audit_log", "actor", server_default=None, comment="Role, area and subject")
    op.drop_column("audit_log", "is_change")
    op.drop_constraint(op.f("ck_app_user_area"), "app_user", type_="check")
    op.drop_constraint(op.f("ck_app_user_role"), "app_user", type_="check")
    op.drop_constraint(op.f("uq_app_user_number"), "app_user", type_="unique")
    for column, comment in (
        ("subject", "Identity as the OpenID provider names it (issuer and subject, or e-mail)"),
        ("area_code", "Area of the role: a code prefix; blank for the city"),
        ("facility_code", "Puskesmas of the role"),
    ):
        op.alter_column("app_user", column, comment=comment)
    op.drop_column("app_user", "unit")
    op.drop_column("app_user", "number")
