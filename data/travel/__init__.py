"""Travel from every RW to every facility, in the shared database.

Assumption: people start at their RW's population-weighted point. Numbers come from `geo.travel`; this package reads the
points, says which network is the current one, and writes the results in one transaction.
"""

from data.travel.closing import ClosureSummary, close_roads, closures_of, compute_closures, withdraw_closure
from data.travel.fill import TravelSummary, fill_travel
from data.travel.networks import city_boundary, current_network_files, latest_network, record_network

__all__ = [
    "ClosureSummary",
    "TravelSummary",
    "city_boundary",
    "close_roads",
    "closures_of",
    "compute_closures",
    "current_network_files",
    "fill_travel",
    "latest_network",
    "record_network",
    "withdraw_closure",
]
