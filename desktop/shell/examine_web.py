"""python -m desktop.shell.examine_web: whether the web engine draws here, as a line of JSON."""

import sys

from views.city_map.examine import main

if __name__ == "__main__":
    sys.exit(main())
