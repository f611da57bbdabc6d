"""Travel between points: by road where there is a network, by a stated factor of the straight line where there is none.

Assumption: durations and distances are road to road, between the points on the road nearest to origin and destination;
the way from a point to its road is reported beside them, in metres, and not added.
"""

from geo.travel.matrix import MATRIX_COLUMNS, check_points, durations_s, travel_matrix
from geo.travel.routes import routes
from geo.travel.straight_line import CIRCUITY, SPEED_KMH, straight_line_matrix

__all__ = [
    "CIRCUITY",
    "MATRIX_COLUMNS",
    "SPEED_KMH",
    "check_points",
    "durations_s",
    "routes",
    "straight_line_matrix",
    "travel_matrix",
]
