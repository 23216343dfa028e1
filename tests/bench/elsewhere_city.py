"""python -m tests.bench.elsewhere_city URL WORDS: main.py WORDS, pictures come from elsewhere.

Its stand-in answers for every camera with URL, in which {camera_id} is the camera's: as a
platform does whose pictures come from a media server of its own. The stand-in is this module too,
with the word desktop.standin, by which others know it.
"""

import dataclasses
import sys
from typing import Any

STANDIN = "desktop.standin"
_MODULE = "tests.bench.elsewhere_city"


def _send_elsewhere(template: str) -> None:
    from desktop.standin import streams

    def addresses(_: Any, camera_id: str, *_place: str) -> list[dict[str, str]]:
        return [{"url": template.format(camera_id=camera_id), "protocol": "http-ts"}]

    streams.StreamService.live_addresses = addresses


def main() -> int:
    template = sys.argv.pop(1)
    if sys.argv[1] == STANDIN:
        del sys.argv[1]
        _send_elsewhere(template)
        from desktop.standin.__main__ import main as standin

        return standin() or 0
    from desktop import cli
    from desktop.supervision import commands

    plain = commands.standin_command

    def standin_command(options: commands.StartOptions, rest_port: int) -> Any:
        spec = plain(options, rest_port)
        words = spec.command[spec.command.index(STANDIN) + 1 :]
        return dataclasses.replace(
            spec, command=(sys.executable, "-m", _MODULE, template, STANDIN, *words)
        )

    commands.standin_command = standin_command
    return cli.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
