"""`python -m desktop.shell`: the station's process."""

import sys

from desktop.shell.app import main

sys.exit(main(sys.argv[1:]))
