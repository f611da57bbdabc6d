"""What waits for a person on the first page, by role."""
