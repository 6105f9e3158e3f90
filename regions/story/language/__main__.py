"""`python -m regions.story.language PAGE FOLDER`."""

import sys
from pathlib import Path

from regions.story.language import write_all

if __name__ == "__main__":
    write_all(Path(sys.argv[1]), Path(sys.argv[2]))
