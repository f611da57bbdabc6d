"""The log of who did what, read by the inspectorate."""
