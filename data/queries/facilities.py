"""Places of care and whom they serve."""

import pandas as pd
from sqlalchemy import Connection

from data.queries import frame


def facilities(connection: Connection) -> pd.DataFrame:
    """Return the facilities of today: code, kind, name, lat, lon, area_code, is_partner, is_government, point_source,
    services, opening_hours, source; ordered by kind and name."""
    return frame(
        connection,
        """
        SELECT code, kind, name, lat, lon, area_code, is_government, point_source, services, opening_hours, source,
               is_partner AND (partner_from IS NULL OR partner_from <= rembuk_today())
                   AND (partner_to IS NULL OR partner_to >= rembuk_today()) AS is_partner
        FROM facility WHERE valid_to IS NULL ORDER BY kind, name
        """,
    )


def service_areas(connection: Connection) -> pd.DataFrame:
    """Return which puskesmas serves which RW today, or an RW that has ended belongs to: rw_code, facility_code."""
    return frame(
        connection,
        """
        SELECT s.rw_code, s.facility_code FROM service_area s JOIN area a ON a.code = s.rw_code
        WHERE a.valid_to IS NULL AND s.valid_to IS NULL
        UNION ALL SELECT rw_code, facility_code FROM rembuk_last_holders() ORDER BY rw_code
        """,
    )
