"""Why the number of stunted children changed between two months."""
