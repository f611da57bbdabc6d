"""The hand-written city with a second kecamatan of six RWs, and a row of every kind for every RW.

So every table holds something of each RW, and whoever sees a row too many is found out.
"""

import datetime

from sqlalchemy import Connection, text

from data.indicators.dictionary import ensure_dictionary
from models.quality.counts import ARRAYS, COUNTED, SUMMED
from tests.data.pusing import hand_written
from tests.data.pusing.hand_written import CITY, KELURAHAN, MONTHS, VISITS_IN

OTHER_KECAMATAN = f"{CITY}.02"
OTHER_KELURAHAN = f"{OTHER_KECAMATAN}.1001"
OTHER_RWS = tuple(f"{OTHER_KELURAHAN}.{number:03d}" for number in range(1, 7))
RWS = (*hand_written.RWS, *OTHER_RWS)
PUSKESMAS = (*hand_written.PUSKESMAS, "PKM-3")
KELURAHAN_OF_CITY = (*KELURAHAN, OTHER_KELURAHAN)
UNITS = ("Dinas Sosial", "Yayasan Contoh")


def load(connection: Connection) -> None:
    """Write the city; the connection is the log-in's own."""
    hand_written.load(connection)
    ensure_dictionary(connection)
    for statement in _OTHER_KECAMATAN:
        connection.execute(text(statement))
    for code in OTHER_RWS:
        twin = hand_written.RWS[int(code[-3:]) - 1]
        for statement in _AS_TWIN:
            connection.execute(text(statement), {"code": code, "twin": twin, "kelurahan": OTHER_KELURAHAN})
    for statement in _OF_EVERY_RW:
        connection.execute(text(statement), {"month": VISITS_IN, "day": datetime.date(2026, 10, 5), "last": MONTHS[-1]})
    connection.execute(text("UPDATE rotation_plan SET status = 'adopted' WHERE id = 1"))


_OTHER_KECAMATAN = (
    "INSERT INTO area (code, level, name, parent_code) VALUES ('32.75.02', 'kecamatan', 'Barat', '32.75')",
    "INSERT INTO area (code, level, name, parent_code) VALUES ('32.75.02.1001', 'kelurahan', 'Sana', '32.75.02')",
    "INSERT INTO facility (code, kind, name, area_code, lat, lon)"
    " VALUES ('PKM-3', 'puskesmas', 'Puskesmas Sana', '32.75.02.1001', -6.3, 107.0)",
)

_AS_TWIN = (
    "INSERT INTO area (code, level, name, parent_code, geometry, point_lat, point_lon, point_source)"
    " SELECT :code, level, name, :kelurahan, geometry, point_lat - 0.1, point_lon, point_source FROM area"
    " WHERE code = :twin",
    "INSERT INTO service_area (rw_code, facility_code) VALUES (:code, 'PKM-3')",
    "INSERT INTO travel (rw_code, facility_code, mode, duration_s, distance_m, origin_snap_m, destination_snap_m,"
    " method, network_id) SELECT :code, facility_code, mode, duration_s + 1, distance_m, 5, 5, method, network_id"
    " FROM travel WHERE rw_code = :twin",
    "INSERT INTO growth_month (rw_code, month, age_band, sex, s_target, d_weighed, haz_valid, stunted)"
    " SELECT :code, month, age_band, sex, s_target, d_weighed, haz_valid, stunted FROM growth_month"
    " WHERE rw_code = :twin",
    "INSERT INTO maternal_month (rw_code, month, pregnant_target, screened)"
    " SELECT :code, month, pregnant_target, screened FROM maternal_month WHERE rw_code = :twin",
)

_QUALITY = ", ".join((*COUNTED, *SUMMED, *ARRAYS))
_QUALITY_VALUES = ", ".join(
    ["9"] * len(COUNTED + SUMMED) + [f"array_fill(1, ARRAY[{length}])" for length in ARRAYS.values()]
)
_RW = "FROM area a WHERE a.level = 'rw' ORDER BY a.code"
_OF_EVERY_RW = (
    "INSERT INTO import_batch (kind, content_sha256, rows_read, accepted, parked, duplicates, totals)"
    " VALUES ('eppgbm', 'x', 1, 1, 0, 0, '{}')",
    f"INSERT INTO area_past SELECT a.code, '1800-01-01', '1899-12-31', NULL, 'none', NULL, NULL, 'none', NULL {_RW}",
    "INSERT INTO parked_row (batch_id, row_number, reason, place) VALUES (1, 2, 'area_unknown', 'Barat / Sana / 9')",
    "INSERT INTO replaced_row (batch_id, table_name, content) VALUES (1, 'measurement', '{}')",
    f"INSERT INTO child (child_key, rw_code, sex, birth_date) SELECT convert_to(a.code, 'UTF8'), a.code, 1, :day {_RW}",
    "INSERT INTO measurement (rw_code, child_key, measured_on, age_days, sex, weight_kg, batch_id)"
    f" SELECT a.code, convert_to(a.code, 'UTF8'), :day, 400, 1, 9, 1 {_RW}",
    f"INSERT INTO posyandu_alias (rw_code, spelling, posyandu) SELECT a.code, 'melati', 'Melati' {_RW}",
    "INSERT INTO facility (code, kind, name, area_code)"
    f" SELECT 'P-' || a.code, 'posyandu', 'Posyandu Mawar', a.code {_RW}",
    f"INSERT INTO quality_month (rw_code, posyandu, month, received_on, {_QUALITY})"
    f" SELECT a.code, 'Melati', :last, :day, {_QUALITY_VALUES} {_RW}",
    "INSERT INTO under_five_figure (area_code, source, as_of, children, citation)"
    " SELECT code, 'dukcapil', :day, 90, 'x' FROM area",
    "INSERT INTO intervention_month (rw_code, month, indicator_code, numerator, denominator)"
    f" SELECT a.code, :last, (SELECT min(code) FROM indicator WHERE indicator_group = 'specific'), 5, 9 {_RW}",
    f"INSERT INTO travel_route (rw_code, facility_code, mode, geometry) SELECT a.code, 'PKM-1', 'walk', '\\x00' {_RW}",
    "INSERT INTO travel_correction (rw_code, facility_code, mode, duration_s, reason, corrected_by, valid_from)"
    f" SELECT a.code, 'PKM-1', 'walk', 99, 'jembatan', 'test', '2026-01-01' {_RW}",
    "INSERT INTO road_closure (name, reason, streets, made_by) VALUES ('Banjir', 'x', '[\"Jalan A\"]', 'test')",
    "INSERT INTO travel_closed (rw_code, closure_id, facility_code, mode, duration_s)"
    f" SELECT a.code, 1, 'PKM-1', 'walk', 5000 {_RW}",
    "INSERT INTO facility (code, kind, name, lat, lon) VALUES ('PSY-1', 'posyandu', 'Posyandu A', -6.2, 107.0)",
    f"INSERT INTO site_travel (rw_code, site_code, mode, duration_s) SELECT a.code, 'PSY-1', 'walk', 60 {_RW}",
    "INSERT INTO facility (code, kind, name, lat, lon, is_partner)"
    " VALUES ('KLN-1', 'klinik', 'Klinik A', -6.2, 107.0, true)",
    "INSERT INTO travel (rw_code, facility_code, mode, duration_s, distance_m, method, network_id)"
    f" SELECT a.code, 'KLN-1', 'walk', 300, 400, 'network', 'hand' {_RW}",
    "INSERT INTO pusing_visit (rw_code, visited_on, facility_code, served, found)"
    f" SELECT a.code, :day, (SELECT facility_code FROM service_area s WHERE s.rw_code = a.code), 9, 1 {_RW}",
    f"INSERT INTO nomination (rw_code, month, reason, nominated_by) SELECT a.code, :month, 'jauh', 'test' {_RW}",
    f"INSERT INTO place_note (rw_code, note, written_by) SELECT a.code, 'posyandu pindah', 'test' {_RW}",
    "INSERT INTO nomination_answer (area_code, month, answered_by)"
    " SELECT code, :month, 'test' FROM area WHERE level IN ('kelurahan', 'kecamatan')",
    "INSERT INTO rotation_plan (first_month, months, weights, data_state) VALUES (:month, 1, '{}', '{}')",
    "INSERT INTO rotation_slot (plan_id, month, facility_code, rw_code, reason)"
    f" SELECT 1, :month, (SELECT facility_code FROM service_area s WHERE s.rw_code = a.code), a.code, 'need' {_RW}",
    "INSERT INTO meeting (held_on, name) VALUES (:day, 'Rakor')",
    "INSERT INTO action_item (meeting_id, owner, owner_kind, owner_code, text, due_on, area_code)"
    " SELECT 1, 'Kelurahan', level, code, 'janji', :day, code FROM area WHERE level IN ('kelurahan', 'kecamatan')",
    "INSERT INTO action_item (meeting_id, owner, text, due_on)"
    " SELECT 1, unit, 'janji', :day FROM unnest(ARRAY['Dinas Sosial', 'Yayasan Contoh']) AS unit",
    "INSERT INTO month_signoff (facility_code, month, signed_by)"
    " SELECT code, :last, 'test' FROM facility WHERE kind = 'puskesmas'",
    "INSERT INTO snapshot (id, name, as_of, content_sha256, content) VALUES ('s1', 'Rakor', :day, 'x', '{}')",
    "INSERT INTO slide_sequence (name, steps) VALUES ('Rakor', '[]')",
    "INSERT INTO app_user (subject, role) VALUES ('wali@example.go.id', 'mayor')",
    "INSERT INTO log_in (key, person) SELECT 'x', number FROM app_user",
    "INSERT INTO audit_log (act) VALUES ('test')",
    "INSERT INTO area_alias (city_code, spelling, level, area_code) VALUES ('32.75', 'sanaa', 'kelurahan', '32.75.02')",
    "INSERT INTO weight_preset (name, weights, adopted_by) VALUES ('x', '{}', 'test')",
    "INSERT INTO visit_capacity (facility_code, month, kind, slots) VALUES ('PKM-1', :month, 'own_team', 2)",
    "INSERT INTO visit_closure (facility_code, month, reason, closed_by) VALUES ('PKM-1', :month, 'banjir', 'test')",
    "INSERT INTO target (area_code, area_name, indicator_code, series, year, value, decree, citation)"
    " VALUES ('32.75', 'Kota Contoh', 'stunting_prevalence', 'e-PPGBM', 2027, 3, 'x', 'x')",
    "INSERT INTO break_event (area_code, happened_on, kind, note) VALUES ('32.75', :day, 'method', 'x')",
    "INSERT INTO official_statistic (area_code, area_name, indicator_code, series, period, value, citation)"
    " VALUES ('32.75', 'Kota Contoh', 'stunting_prevalence', 'SSGI', '2023', 10.3, 'x')",
)
