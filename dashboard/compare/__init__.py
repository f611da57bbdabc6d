"""Two maps side by side, or one through the months: classes per RW and month, drawn by a small component of ours."""
