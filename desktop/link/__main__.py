"""python -m desktop.link --profile DIR --platform URL [--ca FILE] [--stay]"""

import argparse
import asyncio
import sys
from pathlib import Path

from desktop.clock import SystemClock
from desktop.errors import OperatorError, SettingsError
from desktop.lifeline import arm_faulthandler, die_with_parent
from desktop.settings import default_profile, load_settings

REFUSED_EXIT_CODE = 2  # the text on stderr says what the operator has to change


def main() -> int:
    """Exit codes: 0 ended, 2 cannot start (text on stderr), 70 a bug."""
    die_with_parent()
    parser = argparse.ArgumentParser(prog="desktop.link")
    parser.add_argument("--profile", type=Path, default=default_profile())
    parser.add_argument("--platform", default=None)
    parser.add_argument("--ca", default=None)
    parser.add_argument("--stay", action="store_true", help="tell the station why it cannot work")
    options = parser.parse_args()
    options.profile.mkdir(mode=0o700, parents=True, exist_ok=True)
    arm_faulthandler(options.profile / "log", "link")
    try:
        return asyncio.run(_run(options))
    except OperatorError as error:
        print(error.operator_text, file=sys.stderr, flush=True)
        return _stay(options.profile, error.operator_text) if options.stay else REFUSED_EXIT_CODE


def _stay(profile: Path, text: str) -> int:
    from desktop.link.refusal import Refusal

    try:
        asyncio.run(Refusal(profile, text, SystemClock()).run())
    except OperatorError:  # another link serves this profile: it is the one to speak
        return REFUSED_EXIT_CODE
    return 0


async def _run(options: argparse.Namespace) -> int:
    from desktop.link.disk import make_room
    from desktop.link.process import Link
    from desktop.link.redaction import Redactor, set_up_logging

    settings = load_settings(options.profile, platform_url=options.platform, ca_file=options.ca)
    if not settings.platform_url:
        raise SettingsError("没有平台地址。请在设置中填写 platform_url，或用 --platform 指定。")
    make_room(options.profile)
    redactor = Redactor()
    set_up_logging(options.profile / "log", redactor)
    link = Link(options.profile, settings.platform_url, settings, redactor, SystemClock())
    return await link.run()


if __name__ == "__main__":
    sys.exit(main())
