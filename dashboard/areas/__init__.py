"""Taking in areas on a screen: upload, preview picture, and words for what was repaired."""
