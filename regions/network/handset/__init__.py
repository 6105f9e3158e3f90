"""Networks that a person writes by hand: YAML with comparisons, in the user's own coordinates.

`read.py` reads the document, `units.py` its units: `expression.py` makes of a text a comparison of
two exact sums (`sums.py`), `mentions.py` judges what it names, and `normal.py` makes of it a
separator or a gate. `write.py` goes the other way.
"""
