"""`python -m regions` is the command `regions`."""

from regions.cli import main

main()
