"""How far the measurements of a place can be trusted: checks, grades with reasons, who reported when."""
