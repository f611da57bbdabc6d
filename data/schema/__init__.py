"""The shared database's tables: what docs/data-contract.md promises to the other systems that read and write here.

Area codes are Kemendagri codes, so every roll-up is a prefix: city `32.75`, kecamatan `32.75.01`, kelurahan
`32.75.01.1001`, RW `32.75.01.1001.007`. Every fact's key begins with the area code, so that a province can partition by
city. Geometry is WKB in EPSG:4326. Tables hold no child's name, NIK, parent or address.
"""

from data.schema.base import (
    metadata as metadata,
)
from data.schema.children import (
    AGE_BANDS as AGE_BANDS,
)
from data.schema.children import (
    GROWTH_COUNTS as GROWTH_COUNTS,
)
from data.schema.children import (
    GROWTH_FLOWS as GROWTH_FLOWS,
)
from data.schema.children import (
    GROWTH_TARGETS as GROWTH_TARGETS,
)
from data.schema.children import (
    growth_month as growth_month,
)
from data.schema.children import (
    maternal_month as maternal_month,
)
from data.schema.children import (
    measurement as measurement,
)
from data.schema.intake import (
    import_batch as import_batch,
)
from data.schema.people import (
    USER_ROLES as USER_ROLES,
)
from data.schema.people import (
    audit_log as audit_log,
)
from data.schema.people import (
    setting as setting,
)
from data.schema.places import (
    FACILITY_KINDS as FACILITY_KINDS,
)
from data.schema.places import (
    area as area,
)
from data.schema.places import (
    facility as facility,
)
from data.schema.places import (
    service_area as service_area,
)
from data.schema.pusing import (
    pusing_visit as pusing_visit,
)
from data.schema.quality import (
    SOURCES_OF_CHILDREN as SOURCES_OF_CHILDREN,
)
from data.schema.quality import (
    quality_month as quality_month,
)
from data.schema.quality import (
    under_five_figure as under_five_figure,
)
from data.schema.rakor import (
    MEETING_KINDS as MEETING_KINDS,
)
from data.schema.rakor import (
    OWNER_KINDS as OWNER_KINDS,
)
from data.schema.rakor import (
    PROMISE_STATUSES as PROMISE_STATUSES,
)
from data.schema.services import (
    indicator as indicator,
)
from data.schema.services import (
    intervention_month as intervention_month,
)
from data.schema.targets import (
    BREAK_KINDS as BREAK_KINDS,
)
from data.schema.targets import (
    TARGET_PATHS as TARGET_PATHS,
)
from data.schema.targets import (
    break_event as break_event,
)
from data.schema.targets import (
    forecast as forecast,
)
from data.schema.targets import (
    forecast_check as forecast_check,
)
from data.schema.targets import (
    official_statistic as official_statistic,
)
from data.schema.targets import (
    target as target,
)
from data.schema.travel import (
    road_network as road_network,
)
from data.schema.travel import (
    site_travel as site_travel,
)
from data.schema.travel import (
    travel as travel,
)
from data.schema.travel import (
    travel_closed as travel_closed,
)
from data.schema.travel import (
    travel_route as travel_route,
)
