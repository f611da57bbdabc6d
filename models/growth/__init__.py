"""Child growth: WHO z-scores, Permenkes 2/2020 categories and weight faltering, over arrays and frames.

It assumes children from birth to under 60 months; nothing here knows where the measurements come from.
"""
