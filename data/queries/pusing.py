"""What the mobile clinic's ranking and plan are made from, and what became of them."""

import datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from data.queries import frame
from models.rates.past import AGE_BAND, MONTHS_BEFORE

VEHICLE_DAYS = "vehicle_days"
"""Setting that holds the limits of city vehicles: by month (YYYY-MM), vehicle_days, reason and by."""


def ranking_inputs(connection: Connection, month: datetime.date, visit_month: datetime.date, mode: str) -> pd.DataFrame:
    """Return one row per RW with what is known of it when `month` is the newest month and `visit_month` is planned.

    Columns: rw_code, rw_name, kelurahan_code, kelurahan, kecamatan_code, kecamatan, puskesmas_code, puskesmas,
    measured, stunted, severely_stunted, past_measured and past_stunted (children of 24 to 59 months over three
    years before, who have turned five since), d_weighed, s_target, travel_s, own_travel_s, pregnant_target,
    pregnant_screened, months_since_visit, months_since_weighed, is_nominated; blank where unknown. Travel is by `mode`,
    corrections applied.
    """
    return frame(
        connection,
        _RANKING_INPUTS,
        month=month,
        visit_month=visit_month,
        mode=mode,
        year_before=month.replace(year=month.year - 1),
        past_months=MONTHS_BEFORE,
        past_band=AGE_BAND,
    )


_RANKING_INPUTS = """
WITH counts AS (
    SELECT rw_code, sum(haz_valid) AS measured, sum(stunted) AS stunted, sum(severely_stunted) AS severely_stunted,
           sum(d_weighed) AS d_weighed, CASE WHEN count(s_target) = count(*) THEN sum(s_target) END AS s_target
    FROM growth_month WHERE month = :month GROUP BY rw_code
), past AS (
    SELECT rw_code, sum(haz_valid) AS measured, sum(stunted) AS stunted
    FROM growth_month
    WHERE month = (CAST(:month AS date) - make_interval(months => :past_months))::date AND age_band = :past_band
    GROUP BY rw_code
), weighed AS (
    SELECT rw_code, max(month) AS last_month FROM growth_month
    WHERE month BETWEEN :year_before AND :month AND d_weighed > 0 GROUP BY rw_code
), reach AS (
    SELECT t.rw_code, min(t.duration_s) AS travel_s,
           min(t.duration_s) FILTER (WHERE s.facility_code = t.facility_code) AS own_travel_s
    FROM travel_now t
    JOIN facility f ON f.code = t.facility_code AND f.kind = 'puskesmas' AND f.valid_to IS NULL
    LEFT JOIN service_area s ON s.rw_code = t.rw_code AND s.valid_to IS NULL
    WHERE t.mode = :mode GROUP BY t.rw_code
), mothers AS (
    SELECT DISTINCT ON (rw_code) rw_code, pregnant_target, screened FROM maternal_month
    WHERE month <= :month AND month >= :year_before ORDER BY rw_code, month DESC
), visited AS (
    SELECT rw_code, max(visited_on) AS last_visit FROM pusing_visit WHERE visited_on < :visit_month GROUP BY rw_code
), named AS (
    SELECT DISTINCT rw_code FROM nomination WHERE month = :visit_month AND withdrawn_at IS NULL
)
SELECT rw.code AS rw_code, rw.name AS rw_name, kel.code AS kelurahan_code, kel.name AS kelurahan,
       kec.code AS kecamatan_code, kec.name AS kecamatan, own.facility_code AS puskesmas_code, pkm.name AS puskesmas,
       c.measured, c.stunted, c.severely_stunted, p.measured AS past_measured, p.stunted AS past_stunted,
       c.d_weighed, c.s_target, r.travel_s, r.own_travel_s, m.pregnant_target, m.screened AS pregnant_screened,
       (extract(year FROM age(CAST(:visit_month AS date), date_trunc('month', v.last_visit))) * 12
        + extract(month FROM age(CAST(:visit_month AS date), date_trunc('month', v.last_visit))))::int
           AS months_since_visit,
       (extract(year FROM age(CAST(:month AS date), w.last_month)) * 12
        + extract(month FROM age(CAST(:month AS date), w.last_month)))::int AS months_since_weighed,
       (n.rw_code IS NOT NULL)::int AS is_nominated
FROM area rw
JOIN area kel ON kel.code = rw.parent_code
JOIN area kec ON kec.code = kel.parent_code
LEFT JOIN service_area own ON own.rw_code = rw.code AND own.valid_to IS NULL
LEFT JOIN facility pkm ON pkm.code = own.facility_code
LEFT JOIN counts c ON c.rw_code = rw.code
LEFT JOIN past p ON p.rw_code = rw.code
LEFT JOIN weighed w ON w.rw_code = rw.code
LEFT JOIN reach r ON r.rw_code = rw.code
LEFT JOIN mothers m ON m.rw_code = rw.code
LEFT JOIN visited v ON v.rw_code = rw.code
LEFT JOIN named n ON n.rw_code = rw.code
WHERE rw.level = 'rw' AND rw.valid_to IS NULL
ORDER BY rw.code
"""


def setting(connection: Connection, code: str) -> dict[str, Any]:
    """Return a setting's value, or nothing where it was never set."""
    found = frame(connection, "SELECT value FROM setting WHERE code = :code", code=code)
    return dict(found["value"].iloc[0]) if len(found) else {}


def presets(connection: Connection) -> pd.DataFrame:
    """Return the weight presets that hold: name, weights, adopted_by, adopted_at."""
    return frame(
        connection,
        "SELECT name, weights, adopted_by, adopted_at FROM weight_preset WHERE replaced_at IS NULL ORDER BY name",
    )


def rw_points(connection: Connection) -> pd.DataFrame:
    """Return the population-weighted point of every RW that has one: rw_code, lat, lon."""
    return frame(
        connection,
        """
        SELECT code AS rw_code, point_lat AS lat, point_lon AS lon FROM area
        WHERE level = 'rw' AND valid_to IS NULL AND point_lat IS NOT NULL ORDER BY code
        """,
    )


def capacity(connection: Connection) -> pd.DataFrame:
    """Return what is written of visits that can be made: puskesmas_code, puskesmas, month (date), kind, slots,
    is_vehicle_needed, reason, written_by."""
    return frame(
        connection,
        """
        SELECT c.facility_code AS puskesmas_code, f.name AS puskesmas, c.month, c.kind, c.slots, c.is_vehicle_needed,
               c.reason, c.written_by
        FROM visit_capacity c JOIN facility f ON f.code = c.facility_code ORDER BY c.month, f.name, c.kind
        """,
    )


def vehicle_days(connection: Connection) -> pd.DataFrame:
    """Return the months whose vehicle-days are limited: month (YYYY-MM), vehicle_days, reason, written_by."""
    limits = setting(connection, VEHICLE_DAYS)
    rows = [(month, kept["vehicle_days"], kept["reason"], kept["by"]) for month, kept in sorted(limits.items())]
    return pd.DataFrame(rows, columns=["month", "vehicle_days", "reason", "written_by"])


def closures(connection: Connection) -> pd.DataFrame:
    """Return months without visits: id, puskesmas_code and puskesmas (blank: all), month (date), reason, closed_by."""
    return frame(
        connection,
        """
        SELECT c.id, c.facility_code AS puskesmas_code, f.name AS puskesmas, c.month, c.reason, c.closed_by
        FROM visit_closure c LEFT JOIN facility f ON f.code = c.facility_code
        WHERE c.withdrawn_at IS NULL ORDER BY c.month, c.id
        """,
    )


def nominations(connection: Connection, month: datetime.date) -> pd.DataFrame:
    """Return the RWs named for a month with their places, reason, who named them, and the reply."""
    return frame(
        connection,
        """
        SELECT n.id, n.rw_code, rw.name AS rw_name, kel.code AS kelurahan_code, kel.name AS kelurahan,
               kec.name AS kecamatan, n.reason, n.nominated_by, n.reply, n.written_at
        FROM nomination n
        JOIN area rw ON rw.code = n.rw_code
        JOIN area kel ON kel.code = rw.parent_code
        JOIN area kec ON kec.code = kel.parent_code
        WHERE n.month = :month AND n.withdrawn_at IS NULL ORDER BY n.rw_code, n.id
        """,
        month=month,
    )


def answers(connection: Connection, month: datetime.date) -> pd.DataFrame:
    """Return every kelurahan and whether it answered the call for a month: kelurahan_code, kelurahan, kecamatan, named
    (count of RWs), answered_by, note, written_at."""
    return frame(
        connection,
        """
        SELECT kel.code AS kelurahan_code, kel.name AS kelurahan, kec.name AS kecamatan,
               (SELECT count(*) FROM nomination n WHERE n.month = :month AND n.withdrawn_at IS NULL
                AND n.rw_code LIKE kel.code || '.%') AS named,
               a.answered_by, a.note, a.written_at
        FROM area kel JOIN area kec ON kec.code = kel.parent_code
        LEFT JOIN nomination_answer a ON a.area_code = kel.code AND a.month = :month
        WHERE kel.level = 'kelurahan' AND kel.valid_to IS NULL ORDER BY kel.code
        """,
        month=month,
    )


def plans(connection: Connection) -> pd.DataFrame:
    """Return the rotation plans, newest first, without their slots."""
    return frame(
        connection,
        """
        SELECT id, first_month, months, status, preset, weights, settings, rules, result, data_state, adopted_by,
               adopted_at, written_at
        FROM rotation_plan ORDER BY written_at DESC, id DESC
        """,
    )


def slots(connection: Connection, plan_id: int) -> pd.DataFrame:
    """Return a plan's stops: month (date), puskesmas_code, puskesmas, rw_code, rw_name, kelurahan, kecamatan, kind,
    reason, is_fixed, override_reason."""
    return frame(
        connection,
        """
        SELECT s.month, s.facility_code AS puskesmas_code, f.name AS puskesmas, s.rw_code, rw.name AS rw_name,
               kel.name AS kelurahan, kec.name AS kecamatan, s.kind, s.reason, s.is_fixed, s.override_reason
        FROM rotation_slot s
        JOIN facility f ON f.code = s.facility_code
        JOIN area rw ON rw.code = s.rw_code
        JOIN area kel ON kel.code = rw.parent_code
        JOIN area kec ON kec.code = kel.parent_code
        WHERE s.plan_id = :plan_id ORDER BY s.month, f.name, s.rw_code
        """,
        plan_id=plan_id,
    )


def visits(connection: Connection, since: datetime.date) -> pd.DataFrame:
    """Return the visits made since a day, newest first: id, rw_code, rw_name, kelurahan, kecamatan, visited_on,
    puskesmas_code, puskesmas, team, served, weighed, found, referred, returned."""
    return frame(
        connection,
        """
        SELECT v.id, v.rw_code, rw.name AS rw_name, kel.name AS kelurahan, kec.name AS kecamatan, v.visited_on,
               v.facility_code AS puskesmas_code, f.name AS puskesmas, v.team, v.served, v.weighed, v.found, v.referred,
               v.returned
        FROM pusing_visit v
        JOIN facility f ON f.code = v.facility_code
        JOIN area rw ON rw.code = v.rw_code
        JOIN area kel ON kel.code = rw.parent_code
        JOIN area kec ON kec.code = kel.parent_code
        WHERE v.visited_on >= :since ORDER BY v.visited_on DESC, v.id DESC
        """,
        since=since,
    )


def corrections(connection: Connection, within: str) -> pd.DataFrame:
    """Return the corrected travel times that hold in the areas under a code prefix, the newest first.

    Columns: id, rw_code, rw_name, kelurahan, facility_code, facility, mode, duration_s, computed_s, reason,
    corrected_by, valid_from.
    """
    return frame(
        connection,
        """
        SELECT c.id, c.rw_code, rw.name AS rw_name, kel.name AS kelurahan, c.facility_code, f.name AS facility, c.mode,
               c.duration_s, t.duration_s AS computed_s, c.reason, c.corrected_by, c.valid_from
        FROM travel_correction c
        JOIN area rw ON rw.code = c.rw_code
        JOIN area kel ON kel.code = rw.parent_code
        JOIN facility f ON f.code = c.facility_code
        LEFT JOIN travel t USING (rw_code, facility_code, mode)
        WHERE c.withdrawn_at IS NULL AND starts_with(c.rw_code, :within) ORDER BY c.valid_from DESC, c.id DESC
        """,
        within=within,
    )


def adopted_slots(connection: Connection, until: datetime.date) -> pd.DataFrame:
    """Return the stops of adopted plans up to a month, each RW once a month: month (date), rw_code, rw_name,
    kelurahan, kecamatan, puskesmas_code, puskesmas, plan_id."""
    return frame(
        connection,
        """
        SELECT DISTINCT ON (s.month, s.rw_code) s.month, s.rw_code, rw.name AS rw_name, kel.name AS kelurahan,
               kec.name AS kecamatan, s.facility_code AS puskesmas_code, f.name AS puskesmas, p.id AS plan_id
        FROM rotation_plan p
        JOIN rotation_slot s ON s.plan_id = p.id
        JOIN facility f ON f.code = s.facility_code
        JOIN area rw ON rw.code = s.rw_code
        JOIN area kel ON kel.code = rw.parent_code
        JOIN area kec ON kec.code = kel.parent_code
        WHERE p.status = 'adopted' AND s.month <= :until
        ORDER BY s.month, s.rw_code, p.adopted_at
        """,
        until=until,
    )


def counts_by_rw_and_month(connection: Connection, since: datetime.date) -> pd.DataFrame:
    """Return every RW's month from `since` on: rw_code, month (date), d_weighed, s_target (blank where a part of it is
    unknown), haz_valid, newly_found."""
    return frame(
        connection,
        """
        SELECT rw_code, month, sum(d_weighed) AS d_weighed,
               CASE WHEN count(s_target) = count(*) THEN sum(s_target) END AS s_target,
               sum(haz_valid) AS haz_valid, sum(newly_found) AS newly_found
        FROM growth_month WHERE month >= :since GROUP BY rw_code, month ORDER BY rw_code, month
        """,
        since=since,
    )
