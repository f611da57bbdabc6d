"""Presenting at a rakor: slides over the whole screen, the planner who arranges them, and the files to take home."""
