"""Which areas lie side by side: those whose outlines share a border of some length.

Assumes that borders are common (a coverage), as official outlines and the tessellation's are. Areas that meet in a
point, or across a gap, are no neighbours: rook contiguity, not queen.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import shapely

SHORTEST_BORDER_DEG = 2e-5
"""About two metres: less is a corner that rounding has drawn out."""


def adjacent(codes: Sequence[str], outlines: Sequence[bytes], shortest: float = SHORTEST_BORDER_DEG) -> pd.DataFrame:
    """Return pairs rw_code, neighbour_code, each once, of areas whose borders run together for over `shortest`.

    `outlines` are WKB polygons in the order of `codes`; `shortest` is in the units of their coordinates.
    """
    names = np.asarray(codes, dtype=str)
    shapes = shapely.from_wkb(np.asarray(outlines, dtype=object))
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    is_once = first < second
    first, second = first[is_once], second[is_once]
    borders = shapely.boundary(shapes)
    common = shapely.length(shapely.intersection(borders[first], borders[second]))
    is_side_by_side = common > shortest
    return pd.DataFrame({"rw_code": names[first[is_side_by_side]], "neighbour_code": names[second[is_side_by_side]]})
