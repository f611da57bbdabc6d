"""One invented flood of the demo city, so that closed roads can be looked at.

Kali Bekasi has flooded its banks for real more than once; the ground closed here is invented and labelled so.
"""

from sqlalchemy import Connection

from data.travel import close_roads
from geo.network import Circle, Closures, Network

NAME = "Contoh: Kali Bekasi meluap"
REASON = "Rekaan untuk mencoba: jalan dekat Kali Bekasi di Bekasi Timur dan Bekasi Selatan tergenang"
_GROUND = Closures(
    circles=(
        Circle(-6.2340, 107.0045, 650.0),
        Circle(-6.2570, 106.9925, 550.0),
        Circle(-6.2830, 106.9845, 450.0),
        Circle(-6.2100, 107.0230, 500.0),
    )
)


def close_example(connection: Connection, network: Network) -> None:
    """Keep the invented flood, computed on the demo's roads."""
    close_roads(connection, network, NAME, _GROUND, REASON, "demo", is_example=True)
