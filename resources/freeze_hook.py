"""Runs first in the bundled program: plays the part of `python -m`, and finds VLC's plugins."""

import os
import runpy
import sys
from pathlib import Path

PLUGIN_FOLDERS = "/usr/lib/*/vlc/plugins"


def main() -> None:
    if "VLC_PLUGIN_PATH" not in os.environ:
        found = sorted(Path("/").glob(PLUGIN_FOLDERS.lstrip("/")))
        if found:
            os.environ["VLC_PLUGIN_PATH"] = str(found[0])
    # The supervisor starts its processes as `sys.executable -m MODULE`.
    if len(sys.argv) > 2 and sys.argv[1] == "-m" and sys.argv[2].startswith("desktop."):
        module = sys.argv[2]
        del sys.argv[1:3]
        runpy.run_module(module, run_name="__main__", alter_sys=True)
        sys.exit(0)
    if len(sys.argv) > 1 and Path(sys.argv[1]).name == "main.py":  # started as a script of its own
        del sys.argv[1]


main()
