"""Networks that a person writes by hand: YAML with comparisons, in the user's own coordinates.

`read.py` reads the document, `units.py` its units. Of a text, `tokens.py` and `expression.py` make
a comparison of exact sums (`sums.py`); `mentions.py` judges what it names; `normal.py` makes of it
a separator or a gate. `write.py` goes the other way.
"""
