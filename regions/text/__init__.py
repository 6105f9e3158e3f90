"""YAML text to plain data with a place for each value, and texts that say comparisons.

Knows neither shape nor network.
"""
