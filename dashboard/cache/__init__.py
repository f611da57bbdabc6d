"""The only place that caches: what pages read, by what it is about. Callers ask the package, not its modules."""

from dashboard.cache.city import (
    all_snapshots as all_snapshots,
)
from dashboard.cache.city import (
    city_state as city_state,
)
from dashboard.cache.city import (
    demo_roles as demo_roles,
)
from dashboard.cache.city import (
    gaps as gaps,
)
from dashboard.cache.city import (
    recent_batches as recent_batches,
)
from dashboard.cache.city import (
    snapshot_named as snapshot_named,
)
from dashboard.cache.ground import (
    all_facilities as all_facilities,
)
from dashboard.cache.ground import (
    layout_day as layout_day,
)
from dashboard.cache.ground import (
    level_outlines as level_outlines,
)
from dashboard.cache.ground import (
    map_geometry as map_geometry,
)
from dashboard.cache.ground import (
    map_ground as map_ground,
)
from dashboard.cache.ground import (
    named_places as named_places,
)
from dashboard.cache.ground import (
    outlines_of as outlines_of,
)
from dashboard.cache.ground import (
    own_rws as own_rws,
)
from dashboard.cache.ground import (
    places as places,
)
from dashboard.cache.ground import (
    rw_names as rw_names,
)
from dashboard.cache.ground import (
    service_areas as service_areas,
)
from dashboard.cache.growth import (
    area_history as area_history,
)
from dashboard.cache.growth import (
    area_months as area_months,
)
from dashboard.cache.growth import (
    city_months as city_months,
)
from dashboard.cache.growth import (
    groups_of_month as groups_of_month,
)
from dashboard.cache.growth import (
    kelurahan_months as kelurahan_months,
)
from dashboard.cache.growth import (
    kept_totals as kept_totals,
)
from dashboard.cache.growth import (
    months_of_rws as months_of_rws,
)
from dashboard.cache.growth import (
    rw_history as rw_history,
)
from dashboard.cache.growth import (
    rw_month as rw_month,
)
from dashboard.cache.keeping import (
    data_version as data_version,
)
from dashboard.cache.keeping import (
    engine as engine,
)
from dashboard.cache.keeping import (
    made as made,
)
from dashboard.cache.priority import (
    adopted_presets as adopted_presets,
)
from dashboard.cache.priority import (
    clusters as clusters,
)
from dashboard.cache.priority import (
    expected_children as expected_children,
)
from dashboard.cache.priority import (
    peers as peers,
)
from dashboard.cache.priority import (
    presets as presets,
)
from dashboard.cache.priority import (
    priority_settings as priority_settings,
)
from dashboard.cache.priority import (
    ranked_rws as ranked_rws,
)
from dashboard.cache.priority import (
    reasons_of_rw as reasons_of_rw,
)
from dashboard.cache.priority import (
    rw_facts as rw_facts,
)
from dashboard.cache.priority import (
    shares_of as shares_of,
)
from dashboard.cache.pusing import (
    adopted_slots as adopted_slots,
)
from dashboard.cache.pusing import (
    day_round as day_round,
)
from dashboard.cache.pusing import (
    looked_back as looked_back,
)
from dashboard.cache.pusing import (
    nomination_answers as nomination_answers,
)
from dashboard.cache.pusing import (
    nominations as nominations,
)
from dashboard.cache.pusing import (
    nominations_since as nominations_since,
)
from dashboard.cache.pusing import (
    rotation_plans as rotation_plans,
)
from dashboard.cache.pusing import (
    rotation_slots as rotation_slots,
)
from dashboard.cache.pusing import (
    rotation_staffing as rotation_staffing,
)
from dashboard.cache.pusing import (
    travel_corrections as travel_corrections,
)
from dashboard.cache.pusing import (
    visit_effects as visit_effects,
)
from dashboard.cache.pusing import (
    visit_reach as visit_reach,
)
from dashboard.cache.pusing import (
    visits as visits,
)
from dashboard.cache.quality import (
    posyandu_names as posyandu_names,
)
from dashboard.cache.quality import (
    quality_counts as quality_counts,
)
from dashboard.cache.quality import (
    quality_grades as quality_grades,
)
from dashboard.cache.quality import (
    quality_grid as quality_grid,
)
from dashboard.cache.quality import (
    under_five_figures as under_five_figures,
)
from dashboard.cache.rakor import (
    meetings as meetings,
)
from dashboard.cache.rakor import (
    place_notes as place_notes,
)
from dashboard.cache.rakor import (
    promises as promises,
)
from dashboard.cache.rakor import (
    signatures as signatures,
)
from dashboard.cache.rakor import (
    slide_sequences as slide_sequences,
)
from dashboard.cache.rakor import (
    withdrawn_meetings as withdrawn_meetings,
)
from dashboard.cache.rakor import (
    withdrawn_promises as withdrawn_promises,
)
from dashboard.cache.reach import (
    city_reach as city_reach,
)
from dashboard.cache.reach import (
    closed_city as closed_city,
)
from dashboard.cache.reach import (
    closed_reach as closed_reach,
)
from dashboard.cache.reach import (
    closures as closures,
)
from dashboard.cache.reach import (
    current_network as current_network,
)
from dashboard.cache.reach import (
    own_and_nearest as own_and_nearest,
)
from dashboard.cache.reach import (
    population as population,
)
from dashboard.cache.reach import (
    reach_by_area as reach_by_area,
)
from dashboard.cache.reach import (
    reach_of_rws as reach_of_rws,
)
from dashboard.cache.reach import (
    road_names as road_names,
)
from dashboard.cache.reach import (
    routes_of_rw as routes_of_rw,
)
from dashboard.cache.reach import (
    site_curve as site_curve,
)
from dashboard.cache.reach import (
    sites as sites,
)
from dashboard.cache.reach import (
    travel_of_rw as travel_of_rw,
)
from dashboard.cache.reach import (
    travel_to_facility as travel_to_facility,
)
from dashboard.cache.services import (
    coverage as coverage,
)
from dashboard.cache.services import (
    indicator_dictionary as indicator_dictionary,
)
from dashboard.cache.services import (
    indicator_series as indicator_series,
)
from dashboard.cache.services import (
    intervention_months as intervention_months,
)
from dashboard.cache.services import (
    services_of_rws as services_of_rws,
)
from dashboard.cache.summary import (
    summary_of as summary_of,
)
from dashboard.cache.trend import (
    break_events as break_events,
)
from dashboard.cache.trend import (
    break_history as break_history,
)
from dashboard.cache.trend import (
    forecast_checks as forecast_checks,
)
from dashboard.cache.trend import (
    forecasts as forecasts,
)
from dashboard.cache.trend import (
    published as published,
)
from dashboard.cache.trend import (
    reported_months as reported_months,
)
from dashboard.cache.trend import (
    routine_target as routine_target,
)
from dashboard.cache.trend import (
    survey_figures as survey_figures,
)
from dashboard.cache.trend import (
    target_history as target_history,
)
from dashboard.cache.trend import (
    targets as targets,
)
