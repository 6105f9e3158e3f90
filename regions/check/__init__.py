"""Checks of a network against a shape. Knows no compiler: any network can be judged."""
