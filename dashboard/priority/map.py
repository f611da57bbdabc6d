"""A map of the ranking: RWs coloured by how surely they are among the first, and hot spots as a hint on top."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import shapely

from dashboard.maps import layers
from dashboard.maps.classes import Colour
from dashboard.maps.deck import Camera, Deck, write_deck
from dashboard.maps.fills import Fill, LegendRow
from dashboard.maps.geometry import MapGeometry
from dashboard.priority.words import CLUSTER_NAMES, REMEDY_NAMES, TIER_NAMES
from models.priority.codes import CERTAIN, PROBABLE, PUSING, UNCERTAIN
from models.priority.hotspots import HIGH_HIGH, LOW_LOW

TIER_COLOURS: dict[str, Colour] = {CERTAIN: (0, 63, 102), PROBABLE: (0, 140, 186), UNCERTAIN: (163, 213, 232)}
OTHER_COLOUR: Colour = (243, 240, 232)
CLUSTER_COLOURS: dict[str, Colour] = {HIGH_HIGH: (213, 94, 0), LOW_LOW: (117, 80, 150)}


def tiers(table: pd.DataFrame, rw_codes: Sequence[str], k: int) -> Fill:
    """Colour the RWs of the map, in its order, by tier; those with another remedy are a class of their own."""
    tier = table.set_index("rw_code")["tier"].reindex(list(rw_codes))
    known = list(TIER_COLOURS)
    classes = tier.map({code: index for index, code in enumerate(known)}).fillna(len(known)).to_numpy(dtype=int)
    counts = np.bincount(classes, minlength=len(known) + 1)
    legend = tuple(
        LegendRow(TIER_COLOURS[code], f"{TIER_NAMES[code]} masuk {k} teratas", int(counts[index]))
        for index, code in enumerate(known)
    )
    outside = len(set(rw_codes) - set(table["rw_code"]))
    words = f"bukan untuk {REMEDY_NAMES[PUSING]}" + (", atau di luar wilayah Anda" if outside else "")
    other = LegendRow(OTHER_COLOUR, words, int(counts[-1]))
    palette = (*TIER_COLOURS.values(), OTHER_COLOUR)
    return Fill("Peluang dikunjungi Pusing", classes, palette, legend, (other,) if other.rw_count else ())


def cluster_legend(clusters: pd.DataFrame) -> tuple[LegendRow, ...]:
    """Return how many RWs lie in hot spots and cold spots."""
    counts = clusters["cluster"].value_counts()
    return tuple(
        LegendRow(colour, CLUSTER_NAMES[code], int(counts.get(code, 0))) for code, colour in CLUSTER_COLOURS.items()
    )


def deck(
    geometry: MapGeometry,
    drawn: Fill,
    chosen_outline: bytes | None,
    cluster_outlines: dict[str, list[bytes]],
    size_px: tuple[int, int],
) -> Deck:
    """Return the deck: tiers, borders, hot spots' edges, the chosen RW and names."""
    stack = [
        *layers.fill(geometry.links, drawn),
        *layers.water(geometry.links),
        *layers.borders(geometry.links),
    ]
    for code, outlines in cluster_outlines.items():
        if outlines:
            edge = _coordinates(shapely.boundary(shapely.union_all(shapely.from_wkb(np.array(outlines, object)))))
            stack.append(layers.path(f"kelompok-{code}", edge, CLUSTER_COLOURS[code], 3.5))
    if chosen_outline is not None:
        edge = _coordinates(shapely.boundary(shapely.from_wkb(chosen_outline)))
        stack.append(layers.path("pilihan-tepi", edge, [255, 255, 255], 7))
        stack.append(layers.path("pilihan", edge, [0, 0, 0], 3.5))
    camera = Camera.over(geometry.bounds, *size_px)
    stack += layers.names([label for label in geometry.labels if label.level == "kecamatan"], camera.zoom)
    return write_deck(stack, camera)


def _coordinates(lines: shapely.Geometry) -> list[list[list[float]]]:
    simple = shapely.simplify(lines, 0.00004)
    return [
        [[round(x, 5), round(y, 5)] for x, y in shapely.get_coordinates(part)] for part in shapely.get_parts(simple)
    ]
