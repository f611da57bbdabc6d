"""The rhythm of the rakor: its clock, what is missing before it, meetings, agenda, reminders and calendar."""
