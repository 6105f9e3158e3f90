"""Launcher for a checkout: `python cli.py render ...` is `regions render ...`."""

from regions.cli import main

main()
