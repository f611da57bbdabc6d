"""The demo city: Kota Bekasi's real names, codes and totals with invented outlines, roads, facilities and children.

Nothing here describes a real child or a real street. The same seed gives the same city, byte for byte.
"""
