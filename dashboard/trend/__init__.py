"""Figures month by month against the target, and the forecast."""
