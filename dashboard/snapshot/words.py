"""How a frozen state is called on screens, slides and files."""

from dashboard import format as fmt
from data.queries.snapshots import Snapshot

HASH_SIGNS = 8


def stamp(snapshot: Snapshot) -> str:
    """Return the state's name, day, number and the beginning of its hash, as it stands on everything made from it."""
    return (
        f"{snapshot.name}, {fmt.day(snapshot.as_of)}, no. {snapshot.number}, sidik {fingerprint_told(snapshot.sha256)}"
    )


def fingerprint_told(sha256: str) -> str:
    """Return the beginning of a hash in two groups, to be read aloud."""
    return f"{sha256[:4]} {sha256[4:HASH_SIGNS]}"
