"""The RW map: published geometry, classes and colours, layers, and the deck that the browser draws."""
