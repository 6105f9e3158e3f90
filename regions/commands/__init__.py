"""The commands, one file each: what `regions NAME` takes, and how its answer is told.

Heavy imports stand inside the commands, so that `regions --help` answers at once.

options.py   options that several commands have
shared.py    what several commands do, and exit codes
"""
