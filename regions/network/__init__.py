"""The network: its frozen type, its file, and its evaluation. Knows no shape and no compiler."""
