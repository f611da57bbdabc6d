"""The plan of the mobile clinic: making, deciding, a day's round, and its paper."""
