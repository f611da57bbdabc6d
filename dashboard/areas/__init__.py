"""Taking in a city's places on a screen: upload, preview with a picture, and words for what was repaired."""
