"""What a rakor leaves behind: the meeting, what was promised there, and months that puskesmas signed before it."""
