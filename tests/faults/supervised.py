"""python -m tests.faults.supervised WORDS... -- ARGUMENTS: main.py, its stand-in gets WORDS too.

`--link-platform URL` among them is for the link: a proxy stands between it and the stand-in.
"""

import dataclasses
import sys

from desktop import cli
from desktop.supervision import commands
from desktop.supervision.child import ChildSpec
from desktop.supervision.commands import StartOptions

LINK_PLATFORM = "--link-platform"


def main() -> int:
    split = sys.argv.index("--")
    words, arguments = sys.argv[1:split], sys.argv[split + 1 :]
    if LINK_PLATFORM in words:
        place = words.index(LINK_PLATFORM)
        _lead_link_to(words[place + 1])
        del words[place : place + 2]
    plain = commands.standin_command

    def standin_command(options: StartOptions, rest_port: int) -> ChildSpec:
        spec = plain(options, rest_port)
        return dataclasses.replace(spec, command=(*spec.command, *words))

    commands.standin_command = standin_command
    return cli.main(arguments)


def _lead_link_to(url: str) -> None:
    plain = commands.link_command

    def link_command(options: StartOptions, platform_url: str, session_fd: int) -> ChildSpec:
        return plain(options, url, session_fd)

    commands.link_command = link_command


if __name__ == "__main__":
    sys.exit(main())
