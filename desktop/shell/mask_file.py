"""Reads the administrator's privacy masks at the start."""

import logging
from pathlib import Path

import msgspec

from desktop.domain.privacy_masks import FILE, Masks, decode

log = logging.getLogger(__name__)


def read_masks(profile: Path) -> Masks | None:
    """Without a file there are none. None for a file that cannot be read: no picture is painted
    by this station then, for it might be one that is to be masked."""
    try:
        return decode((profile / FILE).read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, msgspec.DecodeError) as error:
        log.error("privacy masks are not used, nor are pictures of low latency: %s", error)
        return None
