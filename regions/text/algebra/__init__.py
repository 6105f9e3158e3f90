"""Comparisons of sums and products, as people write them: `4*x - 3*y + 12 >= 0`.

`tokens.py` and `expression.py` make of a text a comparison of exact sums (`sums.py`). What words
may stand in it, and what is said of those that may not, is a `dialect.py`.
"""
