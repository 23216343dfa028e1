"""python -m desktop.doctor --profile DIR: the examination as JSON, for the window's button."""

import sys
from pathlib import Path

import msgspec

from desktop.doctor.examine import examine

if __name__ == "__main__":
    sys.stdout.buffer.write(msgspec.json.encode(examine(Path(sys.argv[2]))))
