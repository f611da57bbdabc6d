"""Travel from every RW to every facility, in the shared database.

Assumption: people start at their RW's population-weighted point. Numbers come from `geo.travel`; this package reads the
points, says which network is the current one, and writes the results in one transaction.
"""

from data.travel.fill import TravelSummary, fill_travel
from data.travel.networks import city_boundary, latest_network, record_network

__all__ = ["TravelSummary", "city_boundary", "fill_travel", "latest_network", "record_network"]
