"""People with a log-in: their role and area."""
