"""YAML text to plain data with a place for each value. Knows neither shape nor network."""
