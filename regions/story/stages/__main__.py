"""`python -m regions.story.stages FOLDER`."""

import sys
from pathlib import Path

from regions.story.stages import write_all

if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
