"""python -m tests.faults.canary_city WORDS: main.py WORDS on a stand-in that gives out canaries.

Every secret that the stand-in gives out (password, tokens, the broker's password, addresses of
pictures) carries a text that can be looked for. The stand-in is this module too, with the word
desktop.standin, by which others know it.
"""

import secrets
import sys
from typing import Any

STANDIN = "desktop.standin"
PASSWORD = "kanarienvogel-passwort-51c7"
TOKEN = "kanarienvogel-token-9f02"
STREAM = "kanarienvogel-strom-3b8e"
STREAM_USER = "kanarienvogel-benutzer"
ALL = (PASSWORD, TOKEN, STREAM)
"""The broker's password is a token of the stand-in too."""


def _give_out_canaries() -> None:
    plain = secrets.token_urlsafe
    secrets.token_urlsafe = lambda nbytes=None: f"{TOKEN}-{plain(nbytes)}"  # before it is used
    from desktop.standin import accounts, rest, streams

    for module in (accounts, rest):
        assert hasattr(module, "DEMO_PASSWORD")
        module.DEMO_PASSWORD = PASSWORD
    plain_addresses = streams.StreamService.live_addresses

    def addresses(self: Any, *place: str) -> list[dict[str, str]]:
        given = plain_addresses(self, *place)
        return [row | {"url": _with_login(row["url"])} for row in given]

    streams.StreamService.live_addresses = addresses


def _with_login(url: str) -> str:
    return url.replace("://", f"://{STREAM_USER}:{STREAM}@", 1)


def main() -> int:
    if sys.argv[1] == STANDIN:
        del sys.argv[1]
        _give_out_canaries()
        from desktop.standin.__main__ import main as standin

        return standin() or 0
    import dataclasses

    from desktop import cli
    from desktop.supervision import commands

    plain = commands.standin_command

    def standin_command(options: commands.StartOptions, rest_port: int) -> Any:
        spec = plain(options, rest_port)
        words = spec.command[spec.command.index(STANDIN) + 1 :]
        command = (sys.executable, "-m", "tests.faults.canary_city", STANDIN, *words)
        return dataclasses.replace(spec, command=command)

    commands.standin_command = standin_command
    return cli.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
