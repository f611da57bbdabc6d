"""What camat and lurah choose from when they name an RW, and how a nomination's reason is put together."""

REASONS = (
    "banjir",
    "jembatan putus",
    "jalan rusak",
    "perumahan baru",
    "jauh dari layanan",
    "lainnya",
)
OTHER = REASONS[-1]
NO_NOMINATION = "tidak ada usulan bulan ini"


def reason_told(picked: str, note: str) -> str | None:
    """Return the reason as it is kept, or None where it is not told enough: a pick is needed, and for "lainnya" words.

    >>> reason_told("banjir", "tiap hujan lebat")
    'banjir: tiap hujan lebat'
    """
    words = " ".join(note.split())
    if picked not in REASONS or (picked == OTHER and not words):
        return None
    if picked == OTHER:
        return words
    return f"{picked}: {words}" if words else picked
