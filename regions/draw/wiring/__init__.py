"""The diagram of a threshold network, from its inputs on the left to its outputs on the right.

numbers.py    a separator's numbers, neat or shortened
grouping.py   which units share a box
kinds.py      how many gates are AND, how many OR
chart.py      boxes, wires and key, without places
order.py      the order in a column: few wires cross
even.py       places in a column: near what a box is joined to
place.py      all places, and the way of each wire
sheet.py      on paper
inset.py      as a part of another picture
"""

from regions.draw.wiring.inset import Inset, inset
from regions.draw.wiring.sheet import network_figure

__all__ = ["Inset", "inset", "network_figure"]
