"""Passes over the formula. Each is one file with its law; each preserves the function."""
