"""Who reads and writes each table, said once: a test refuses a table that is not here.

Rows are seen by a condition on the transaction's scope (`data.scope`), written by roles, and a row can only be written
where it could be seen. A new table gets its line in `TABLES`; where everybody may see all of it, the line says why, and
without a line nobody sees anything of it.
"""

from dataclasses import dataclass, field
from typing import Literal

from data import scope
from data.scope import ADMIN, CAMAT, INSPECTOR, LURAH, MAYOR, OPD, PARTNER, PLANNER, PUSKESMAS, ROLES

Command = Literal["INSERT", "UPDATE", "DELETE"]

ENGINE = scope.ENGINE.role

FREEZERS = (PLANNER, MAYOR)
"""Roles that freeze the city's state for a meeting."""


@dataclass(frozen=True)
class Rows:
    """Which rows of a table are seen: a condition in SQL, and the same in words."""

    condition: str
    told: str


@dataclass(frozen=True)
class Rights:
    """Who sees and who writes a table's rows. `lock` are roles that may hold a row and not change it."""

    rows: Rows
    write: dict[Command, tuple[str, ...]] = field(default_factory=dict)
    lock: tuple[str, ...] = ()
    columns: dict[Command, tuple[str, ...]] = field(default_factory=dict)
    """Columns that may be written, where not all."""
    changed: Rows | None = None
    """Which of the rows that are seen may be changed, where not all."""


def _role_is(*roles: str) -> str:
    listed = ", ".join(f"'{role}'" for role in roles)
    return f"(SELECT rembuk_role() IN ({listed}))"


def _of_area(column: str) -> str:
    # Both are asked once a statement, not once a row: a plain value, and a hash table of codes.
    return f"((SELECT rembuk_sees_all()) OR {column} IN (SELECT code FROM rembuk_areas() AS code))"  # noqa: S608 - our own columns


def _open(why: str) -> Rows:
    return Rows("true", f"everybody: {why}")


def _known(why: str) -> Rows:
    return Rows("(SELECT rembuk_role() <> '')", f"everybody who is logged in: {why}")


def _only(*roles: str) -> Rows:
    return Rows(_role_is(*roles), f"{', '.join(roles)}")


OWN_RWS = Rows(_of_area("rw_code"), "those of the own areas")
OWN_AREAS = Rows(_of_area("area_code"), "those of the own areas")
FORECASTS = Rows(
    f"({_of_area('area_code')} OR array_length(string_to_array(area_code, '.'), 1) = 2)",
    "those of the own areas and of the city",
)
CHILDREN = Rows(f"({_role_is(PLANNER)} AND {_of_area('rw_code')})", f"{PLANNER}, for imports; nobody else")
_OF_OWNER = (
    "((SELECT rembuk_sees_all()) OR owner = (SELECT nullif(current_setting('rembuk.unit', true), ''))"
    " OR owner_code = (SELECT nullif(current_setting('rembuk.facility', true), ''))"
    " OR owner_code IN (SELECT code FROM rembuk_areas() AS code))"
)
PROMISES = Rows(
    f"({_OF_OWNER} OR area_code IN (SELECT code FROM rembuk_areas() AS code))",  # noqa: S608 - our own columns
    "those of the own unit and of the own areas",
)
OWN_PROMISES = Rows(_OF_OWNER, "the own")
OWN_FACILITY = Rows(
    "((SELECT rembuk_sees_all()) OR facility_code = (SELECT nullif(current_setting('rembuk.facility', true), '')))",
    "those of the own puskesmas",
)

PLACES = Rows(
    f"({_of_area('rw_code')} OR {_of_area('area_code')}"
    " OR facility_code = (SELECT nullif(current_setting('rembuk.facility', true), '')))",
    "those of the own areas and of the own puskesmas",
)

OWN_LOG_INS = Rows(
    "'user ' || person = (SELECT nullif(current_setting('rembuk.actor', true), ''))", "the person's own log-ins"
)

_ALL: dict[Command, tuple[str, ...]] = {"INSERT": (PLANNER,), "UPDATE": (PLANNER,), "DELETE": (PLANNER,)}
_KEPT: dict[Command, tuple[str, ...]] = {"INSERT": (PLANNER,), "UPDATE": (PLANNER,)}


def _kept_by(*roles: str) -> dict[Command, tuple[str, ...]]:
    return {"INSERT": roles, "UPDATE": roles}


TABLES: dict[str, Rights] = {
    # Open: no figure of an RW, and the map's files are public anyway.
    "area": Rights(_open("names and outlines are open"), _KEPT, lock=(CAMAT, LURAH)),
    "area_past": Rights(_open("names and outlines are open"), _ALL),
    "facility": Rights(_open("places of care are open"), _KEPT),
    "service_area": Rights(_open("who serves whom is open, and scopes are made from it"), _ALL),
    "indicator": Rights(_open("a dictionary"), _KEPT),
    "official_statistic": Rights(_open("published figures"), _KEPT),
    "target": Rights(_open("decrees are public"), _KEPT),
    "break_event": Rights(_open("explains published lines"), _KEPT),
    "road_network": Rights(_open("roads are open"), _KEPT),
    # Settings and plans, without a figure of an RW.
    "setting": Rights(_known("thresholds and the city's name"), _KEPT),
    "weight_preset": Rights(_known("weights without figures"), _KEPT),
    "area_alias": Rights(_known("how files spell places"), _KEPT),
    "visit_capacity": Rights(_known("what puskesmas can staff"), _ALL),
    "visit_closure": Rights(_known("months without visits"), _KEPT),
    "road_closure": Rights(_known("roads taken as closed; who is cut off has its own line"), _KEPT),
    "rotation_plan": Rights(
        _known("weights, rules and figures of the city; its stops have their own line"),
        {"INSERT": (PLANNER,), "UPDATE": (PLANNER, MAYOR), "DELETE": (PLANNER,)},
    ),
    "slide_sequence": Rights(_known("which slides in which order, without a figure"), _KEPT),
    "meeting": Rights(_known("day and units of a rakor"), _KEPT),
    # A city has one dot in its code: its forecast is a total, like its counts.
    "forecast": Rights(FORECASTS, _ALL),
    "forecast_check": Rights(FORECASTS, _ALL),
    # Figures of RWs and kelurahan.
    "growth_month": Rights(OWN_RWS, _ALL),
    "quality_month": Rights(OWN_RWS, _ALL),
    "posyandu_alias": Rights(OWN_RWS, _ALL),
    "under_five_figure": Rights(OWN_AREAS, _ALL),
    "maternal_month": Rights(OWN_RWS, _ALL),
    "intervention_month": Rights(OWN_RWS, _ALL),
    "travel": Rights(OWN_RWS, _ALL),
    "travel_route": Rights(OWN_RWS, _ALL),
    "travel_closed": Rights(OWN_RWS, _ALL),
    "site_travel": Rights(OWN_RWS, _ALL),
    "travel_correction": Rights(OWN_RWS, _kept_by(PLANNER, CAMAT, LURAH)),
    "pusing_visit": Rights(OWN_RWS, _kept_by(PLANNER, PUSKESMAS)),
    "nomination": Rights(OWN_RWS, _kept_by(PLANNER, CAMAT, LURAH)),
    "place_note": Rights(PLACES, _kept_by(PLANNER, CAMAT, LURAH, PUSKESMAS)),
    "nomination_answer": Rights(OWN_AREAS, _kept_by(PLANNER, CAMAT, LURAH)),
    "rotation_slot": Rights(OWN_RWS, _ALL),
    "action_item": Rights(
        PROMISES,
        {"INSERT": (PLANNER,), "UPDATE": (PLANNER, CAMAT, LURAH, PUSKESMAS, OPD, PARTNER)},
        changed=OWN_PROMISES,
    ),
    "month_signoff": Rights(
        OWN_FACILITY, {"INSERT": (PUSKESMAS,), "UPDATE": (PUSKESMAS,), "DELETE": (PUSKESMAS, PLANNER)}
    ),
    "snapshot": Rights(
        _known("which states were frozen, and their hashes; not their figures"),
        {"INSERT": FREEZERS, "DELETE": FREEZERS},
    ),
    # Children one by one, and what came with their files.
    "child": Rights(CHILDREN, _ALL),
    "measurement": Rights(CHILDREN, _ALL),
    "parked_row": Rights(_only(PLANNER), {"INSERT": (PLANNER,), "DELETE": (PLANNER,)}),
    "replaced_row": Rights(_only(PLANNER), {"INSERT": (PLANNER,), "DELETE": (PLANNER,)}),
    "import_batch": Rights(_only(PLANNER, MAYOR, INSPECTOR, ENGINE), _KEPT),
    # People and what they did.
    "app_user": Rights(_only(ADMIN), _kept_by(ADMIN)),
    "log_in": Rights(OWN_LOG_INS, _kept_by(*ROLES)),
    "audit_log": Rights(_only(INSPECTOR, ADMIN), {"INSERT": ()}, columns={"INSERT": ("act", "detail", "is_change")}),
}
"""Rights by table. An empty tuple of writers means that every scope may, also one before the log-in."""
