"""What people decide about the mobile clinic: each act is part of one transaction and leaves an entry in the log."""
