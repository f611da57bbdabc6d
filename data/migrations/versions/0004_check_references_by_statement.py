"""Check the references of the bulk tables once a statement, and not once a row (docs/decisions/0007)."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

REFERENCES = (
    ("child", "rw_code", "area", "code"),
    ("measurement", "rw_code", "area", "code"),
    ("measurement", "child_key", "child", "child_key"),
    ("measurement", "batch_id", "import_batch", "id"),
    ("growth_month", "rw_code", "area", "code"),
    ("intervention_month", "rw_code", "area", "code"),
    ("intervention_month", "indicator_code", "indicator", "code"),
    ("maternal_month", "rw_code", "area", "code"),
    ("travel", "rw_code", "area", "code"),
    ("travel", "facility_code", "facility", "code"),
    ("travel", "network_id", "road_network", "id"),
)

# The rows referred to are locked as a foreign key locks them: they stay until the writer's transaction ends. Nested loops
# are off because the planner knows nothing yet of rows written in the same transaction: it expects one, and would look
# for each of 60,000 among 60,000.
REQUIRE_REFERENCE = """
CREATE FUNCTION require_reference() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET enable_nestloop = off AS $$
DECLARE
    missing text;
BEGIN
    EXECUTE format(
        'WITH wanted AS MATERIALIZED (SELECT DISTINCT %1$I AS key FROM written WHERE %1$I IS NOT NULL),
         held AS MATERIALIZED (
             SELECT p.%3$I AS key FROM %2$I p WHERE p.%3$I IN (SELECT key FROM wanted) FOR KEY SHARE)
         SELECT key::text FROM wanted w WHERE NOT EXISTS (SELECT 1 FROM held h WHERE h.key = w.key) LIMIT 1',
        TG_ARGV[0], TG_ARGV[1], TG_ARGV[2]) INTO missing;
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION 'insert or update on table % refers by % to %, which is not present in table %',
            TG_TABLE_NAME, TG_ARGV[0], missing, TG_ARGV[1] USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$
"""

REFUSE_ORPHANS = """
CREATE FUNCTION refuse_orphans() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET enable_nestloop = off AS $$
DECLARE
    orphaned text;
BEGIN
    EXECUTE format(
        'SELECT %1$I::text FROM gone g WHERE EXISTS (SELECT 1 FROM %2$I r WHERE r.%3$I = g.%1$I)
         AND NOT EXISTS (SELECT 1 FROM %4$I p WHERE p.%1$I = g.%1$I) LIMIT 1',
        TG_ARGV[0], TG_ARGV[1], TG_ARGV[2], TG_TABLE_NAME) INTO orphaned;
    IF orphaned IS NOT NULL THEN
        RAISE EXCEPTION 'update or delete on table % takes away %, which table % refers to',
            TG_TABLE_NAME, orphaned, TG_ARGV[1] USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    op.execute(REQUIRE_REFERENCE)
    op.execute(REFUSE_ORPHANS)
    for table, column, parent, key in REFERENCES:
        op.drop_constraint(f"fk_{table}_{column}_{parent}", table, type_="foreignkey")
        for act in ("insert", "update"):
            op.execute(
                f"CREATE TRIGGER require_{column}_on_{act} AFTER {act} ON {table} REFERENCING NEW TABLE AS written"
                f" FOR EACH STATEMENT EXECUTE FUNCTION require_reference('{column}', '{parent}', '{key}')"
            )
        for act in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER keep_for_{table}_on_{act} AFTER {act} ON {parent} REFERENCING OLD TABLE AS gone"
                f" FOR EACH STATEMENT EXECUTE FUNCTION refuse_orphans('{key}', '{table}', '{column}')"
            )


def downgrade() -> None:
    for table, column, parent, key in REFERENCES:
        for act in ("insert", "update"):
            op.execute(f"DROP TRIGGER require_{column}_on_{act} ON {table}")
        for act in ("update", "delete"):
            op.execute(f"DROP TRIGGER keep_for_{table}_on_{act} ON {parent}")
        op.create_foreign_key(f"fk_{table}_{column}_{parent}", table, parent, [column], [key])
    op.execute("DROP FUNCTION require_reference()")
    op.execute("DROP FUNCTION refuse_orphans()")
