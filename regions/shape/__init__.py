"""Shapes: the CSG tree, the documents it is read from, and its independent reference."""
