"""Frozen states of the city for a meeting: every figure, plan, weight and target as of then (docs/decisions/0017)."""

from data.snapshots.acts import drop_snapshot, make_snapshot
from data.snapshots.fingerprint import Fingerprint, Tampered, verify_snapshot

__all__ = ["Fingerprint", "Tampered", "drop_snapshot", "make_snapshot", "verify_snapshot"]
