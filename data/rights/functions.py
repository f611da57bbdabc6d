"""Functions in the database: what a scope sees, and the city's totals, which cannot be turned around into rows.

The totals read the whole city for whoever asks and return sums by month, with no argument that narrows the area. A
month is told only when enough RWs outside the viewer's own areas are in it, so that the total less what the viewer sees
stays a sum of several RWs. They are functions and no views: nothing of a caller's query is worked out inside them.
Their owner is held by row-level security too, so each takes another scope for its one query and gives the caller's
back.
"""

from data.rights.tables import ENGINE
from data.scope import ADMIN, INSPECTOR, MAYOR, PLANNER, SCREEN

FEWEST_OTHERS = 5
"""So many RWs outside the viewer's areas must be in a total: fewer could be told apart by those who know some."""

_COUNTS = (
    "s_target", "k_enrolled", "d_weighed", "n_gained", "haz_valid", "stunted", "severely_stunted", "waz_valid",
    "underweight", "whz_valid", "wasted",
)  # fmt: skip
_COLUMNS = ", ".join(f"{name} bigint" for name in _COUNTS)
_SUMS = ", ".join(
    f"CASE WHEN count({name}) = count(*) THEN sum({name}) END" if name in ("s_target", "k_enrolled") else f"sum({name})"
    for name in _COUNTS
)


def _under(role: str, areas: str, query: str) -> str:
    """Return the body of a function that answers one query under another scope.

    When the query fails, its transaction or savepoint is undone, and the scope with it.
    """
    return f"""
        LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
        #variable_conflict use_column
        DECLARE
            role_before text := coalesce(current_setting('rembuk.role', true), '');
            areas_before text := coalesce(current_setting('rembuk.areas', true), '');
            sees_all boolean := rembuk_sees_all();
            own_areas text[] := ARRAY(SELECT rembuk_areas());
        BEGIN
            PERFORM set_config('rembuk.role', '{role}', true), set_config('rembuk.areas', '{areas}', true);
            RETURN QUERY {query};
            PERFORM set_config('rembuk.role', role_before, true), set_config('rembuk.areas', areas_before, true);
        END $$"""


_CITY_COUNTS = f"""
                SELECT month, count(DISTINCT rw_code), {_SUMS}
                FROM growth_month WHERE month >= since GROUP BY month
                HAVING sees_all OR NOT count(DISTINCT rw_code) FILTER (WHERE rw_code <> ALL (own_areas))
                    BETWEEN 1 AND {FEWEST_OTHERS - 1}
                ORDER BY month"""  # noqa: S608 - column names of our own schema

_CITY_INTERVENTIONS = f"""
                SELECT month, indicator_code, count(numerator), sum(numerator),
                    sum(denominator) FILTER (WHERE numerator IS NOT NULL),
                    sum(received) FILTER (WHERE numerator IS NOT NULL),
                    count(*) FILTER (WHERE status = 'not_started'),
                    count(*) FILTER (WHERE status = 'reported' AND numerator IS NULL)
                FROM (
                    SELECT rw_code, month, indicator_code, numerator, denominator, received, status
                    FROM intervention_month WHERE month >= since
                    UNION ALL
                    SELECT rw_code, month, i.code, i.numerator, i.denominator, NULL, 'reported'
                    FROM maternal_month CROSS JOIN LATERAL (VALUES
                        ('pregnancy_screened', screened, pregnant_target),
                        ('pregnancy_ced', chronic_energy_deficiency, screened),
                        ('pregnancy_anaemia', anaemia, screened)) AS i (code, numerator, denominator)
                    WHERE month >= since) AS told
                GROUP BY month, indicator_code
                HAVING sees_all OR NOT count(*) FILTER (WHERE numerator IS NOT NULL AND rw_code <> ALL (own_areas))
                    BETWEEN 1 AND {FEWEST_OTHERS - 1}
                ORDER BY month, indicator_code"""  # noqa: S608 - column names of our own schema

# The months by a loose index scan: they are few and the rows are many.
_DATA_STATE = """
                WITH RECURSIVE found AS (
                    (SELECT g.month FROM growth_month g ORDER BY g.month LIMIT 1)
                    UNION ALL
                    SELECT (SELECT g.month FROM growth_month g WHERE g.month > found.month ORDER BY g.month LIMIT 1)
                    FROM found WHERE found.month IS NOT NULL
                ), newest AS (
                    SELECT b.imported_at, b.kind FROM import_batch b
                    WHERE b.status = 'active' AND b.kind <> 'under_five'
                    ORDER BY b.imported_at DESC LIMIT 1
                )
                SELECT ARRAY(SELECT f.month FROM found f WHERE f.month IS NOT NULL ORDER BY f.month),
                    (SELECT n.imported_at FROM newest n), (SELECT n.kind FROM newest n),
                    ARRAY(SELECT DISTINCT t.method FROM travel t JOIN facility f ON f.code = t.facility_code
                          WHERE f.kind = 'puskesmas' AND t.mode = 'walk' AND t.method <> 'unrouted')"""

_DATA_VERSION = """
                SELECT concat_ws('/', (SELECT max(id) FROM import_batch), (SELECT max(changed_at) FROM setting),
                    (SELECT id FROM road_network WHERE is_current LIMIT 1), (SELECT max(built_at) FROM road_network),
                    (SELECT max(written_at) FROM area_alias), (SELECT max(id) FROM audit_log WHERE is_change))"""

_PERSON = """
                SELECT * FROM app_user WHERE subject = wanted"""

HELD_BY_POLICIES = {
    "rembuk_role()": """
        RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
            SELECT coalesce(current_setting('rembuk.role', true), '')
        $$""",
    "rembuk_sees_all()": f"""
        RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
            SELECT coalesce(current_setting('rembuk.areas', true), '') = '*'
                AND rembuk_role() IN ('{MAYOR}', '{PLANNER}', '{SCREEN}', '{ENGINE}')
        $$""",
    # The snapshot that the transaction reads, by number; none is before the first.
    "rembuk_snapshot()": """
        RETURNS integer LANGUAGE sql STABLE PARALLEL SAFE AS $$
            SELECT coalesce(nullif(current_setting('rembuk.snapshot', true), '')::integer, -1)
        $$""",
    "rembuk_today()": """
        RETURNS date LANGUAGE sql STABLE PARALLEL SAFE AS $$
            SELECT coalesce(nullif(current_setting('rembuk.today', true), '')::date, CURRENT_DATE)
        $$""",
    # Whose wilayah kerja an RW that has ended belongs to for good: the puskesmas's that served it on its last day, or,
    # where none is known, the first that came to serve it after (an end can be told late).
    "rembuk_last_holders()": """
        RETURNS TABLE (rw_code text, facility_code text) LANGUAGE sql STABLE PARALLEL SAFE AS $$
            SELECT DISTINCT ON (s.rw_code) s.rw_code, s.facility_code
            FROM service_area s JOIN area a ON a.code = s.rw_code
            WHERE a.valid_to IS NOT NULL AND coalesce(s.valid_to, 'infinity') >= a.valid_to
            ORDER BY s.rw_code, s.valid_from
        $$""",
    # Codes of the areas in the scope with all inside them, and the RWs of the puskesmas's wilayah kerja: those that it
    # serves today, and those that have ended with it.
    "rembuk_areas()": """
        RETURNS SETOF text LANGUAGE sql STABLE PARALLEL SAFE AS $$
            SELECT a.code
            FROM unnest(string_to_array(current_setting('rembuk.areas', true), ',')) AS own (code)
            JOIN area a ON a.code = own.code OR starts_with(a.code, own.code || '.')
            WHERE own.code <> ''
            UNION
            SELECT s.rw_code FROM service_area s JOIN area a ON a.code = s.rw_code
            WHERE s.facility_code = nullif(current_setting('rembuk.facility', true), '') AND a.valid_to IS NULL
                AND s.valid_from <= rembuk_today() AND coalesce(s.valid_to, 'infinity') >= rembuk_today()
            UNION
            SELECT h.rw_code FROM rembuk_last_holders() h
            WHERE h.facility_code = nullif(current_setting('rembuk.facility', true), '')
        $$""",
}
"""What policies ask, in the order in which they need each other: each takes its rights from its caller."""

TOTALS = {
    "city_counts(since date)": f"""
        RETURNS TABLE (month date, rw_reporting bigint, {_COLUMNS}){_under(ENGINE, "*", _CITY_COUNTS)}""",
    "city_interventions(since date)": f"""
        RETURNS TABLE (month date, indicator_code text, rw_reported bigint, numerator bigint, denominator bigint,
            received bigint, rw_not_started bigint, rw_silent bigint)
        {_under(ENGINE, "*", _CITY_INTERVENTIONS)}""",
    # How far the figures reach and when the newest came: known to everybody, a figure of nobody.
    "data_state()": f"""
        RETURNS TABLE (months date[], last_import_at timestamptz, last_import_kind text, travel_methods text[])
        {_under(ENGINE, "*", _DATA_STATE)}""",
    # A text that changes with whatever pages show; what was only looked at does not change it.
    "data_version()": f"""
        RETURNS SETOF text {_under(INSPECTOR, "", _DATA_VERSION)}""",
    # One person by their own name at the provider: asked before it is known who they are.
    "find_app_user(wanted text)": f"""
        RETURNS SETOF app_user {_under(ADMIN, "", _PERSON)}""",
}
"""What everybody may ask beyond the own rows: each has its owner's rights and looks at the whole city."""
