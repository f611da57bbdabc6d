"""A map as a picture, drawn on the server: for slides, for cards on paper and to be saved.

Classes, colours and words are those of the map on the screen. RWs weighed too little are hatched besides, so that the
class survives a black-and-white print; no data has a hatching of its own. The picture is drawn in degrees, stretched
so that lengths are true at its middle; across a kabupaten of 80 km the scale bar is out by less than one in a thousand.
Drawing takes no display, and one at a time: Matplotlib is not made for several threads.
"""

from dashboard.maps.picture.frame import nice_length_m as nice_length_m
from dashboard.maps.picture.sheet import A4_WIDE as A4_WIDE
from dashboard.maps.picture.sheet import SAVED as SAVED
from dashboard.maps.picture.sheet import SLIDE as SLIDE
from dashboard.maps.picture.sheet import Size as Size
from dashboard.maps.picture.whole import Words as Words
from dashboard.maps.picture.whole import map_picture as map_picture
