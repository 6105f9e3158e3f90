"""Networks that a person writes by hand: YAML with comparisons, in the user's own coordinates.

`read.py` reads the document, `units.py` its units. Each says a comparison (`text/algebra/`):
`mentions.py` judges what it names; `normal.py` makes of it a separator or a gate. `write.py` goes
the other way.
"""
