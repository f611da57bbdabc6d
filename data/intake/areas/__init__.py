"""A real city's places, from files: outlines, a table of RWs, facilities, and who serves whom."""
