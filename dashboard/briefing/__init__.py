"""The briefing of a meeting as a model: slides made of sentences, figures, tables and charts, without a way out.

One story for the projector and for every file. It is read with the scope of a screen that anybody may look at, so that
whatever is made of it is safe to show: bands of counts, no points of places, no names of people, nothing to hover over.
"""
