"""Invented extra visits of the year after the demo's end: partner clinics and staff on loan from hospitals.

Every puskesmas makes one visit a month with its own team, which needs no row. A partner clinic staffs one more a month
for the first puskesmas of its kelurahan, in its own car; each kecamatan's first puskesmas gets hospital staff every
third month, in a city vehicle.
"""

import datetime

from sqlalchemy import Connection, text

_EXTRA = """
WITH months AS (
    SELECT generate_series(1, 12) AS number
), puskesmas AS (
    SELECT code, split_part(area_code, '.', 3) AS kecamatan,
           array_to_string((string_to_array(area_code, '.'))[1:4], '.') AS kelurahan
    FROM facility WHERE kind = 'puskesmas' AND area_code IS NOT NULL
      AND code IN (SELECT facility_code FROM service_area)
), of_kelurahan AS (
    SELECT kelurahan, min(code) AS code FROM puskesmas GROUP BY kelurahan
), of_kecamatan AS (
    SELECT kecamatan, min(code) AS code FROM puskesmas GROUP BY kecamatan
), partners AS (
    SELECT o.code, count(*) AS clinics
    FROM facility k
    JOIN of_kelurahan o ON o.kelurahan = array_to_string((string_to_array(k.area_code, '.'))[1:4], '.')
    WHERE k.kind = 'klinik' AND k.is_partner GROUP BY o.code
)
INSERT INTO visit_capacity (facility_code, month, kind, slots, is_vehicle_needed)
SELECT code, (CAST(:last AS date) + number * interval '1 month')::date, 'partner_clinic', clinics, false
FROM partners, months
UNION ALL
SELECT code, (CAST(:last AS date) + number * interval '1 month')::date, 'hospital_staff', 1, true
FROM of_kecamatan, months WHERE number % 3 = 0
"""


def load_capacity(connection: Connection, last_month: datetime.date) -> int:
    """Load visit_capacity for the twelve months after `last_month` and return the number of rows."""
    return connection.execute(text(_EXTRA), {"last": last_month}).rowcount
