"""A loop of encoded pictures on disk, without its top band.

File: magic, length of the header (4 bytes, big endian), header in JSON, slices of all
pictures one after the other as they go on the wire.
"""

import json
import mmap
import os
from collections.abc import Sequence
from pathlib import Path

from desktop.standin.video.bitstream import (
    PictureNumbers,
    StreamParameters,
    read_parameters,
)
from desktop.standin.video.profiles import PROFILES, Profile, with_state

MAGIC = b"CKLOOP1\n"


class Loop:
    """Pictures of one scene that can be played end to end. Read-only, mapped, thread-safe."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if self._map[: len(MAGIC)] != MAGIC:
            raise ValueError(f"{path.name} is not a loop")
        start = len(MAGIC) + 4
        length = int.from_bytes(self._map[len(MAGIC) : start], "big")
        header = json.loads(self._map[start : start + length])
        self.profile_id: str = header["profile_id"]
        plain = PROFILES[self.profile_id]
        self.profile: Profile = with_state(plain) if header.get("has_state") else plain
        self.sps: bytes = bytes.fromhex(header["sps"])
        self.pps: bytes = bytes.fromhex(header["pps"])
        self.parameters: StreamParameters = read_parameters(self.sps, self.pps)
        self._places: list[tuple[int, int]] = []
        self.numbers: list[PictureNumbers] = []
        place = start + length
        for size, *numbers in header["frames"]:
            self._places.append((place, place + size))
            self.numbers.append(PictureNumbers(bool(numbers[0]), *numbers[1:]))
            place += size

    def __len__(self) -> int:
        return len(self.numbers)

    def slices(self, index: int) -> bytes:
        """The scene's slices of one picture, each with its start code."""
        first, last = self._places[index]
        return self._map[first:last]


def write_loop(
    path: Path,
    profile: Profile,
    sps: bytes,
    pps: bytes,
    pictures: Sequence[tuple[PictureNumbers, bytes]],
) -> None:
    """Writes the file in one step: a reader sees all of it or nothing."""
    frames = [
        [len(data), int(n.is_idr), n.ref_idc, n.frame_num, n.idr_pic_id, n.poc_lsb]
        for n, data in pictures
    ]
    header = json.dumps(
        {"profile_id": profile.profile_id, "has_state": profile.has_state, "sps": sps.hex(),
         "pps": pps.hex(), "frames": frames},
        separators=(",", ":"),
    ).encode()  # fmt: skip
    draft = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    with draft.open("wb") as file:
        file.write(MAGIC + len(header).to_bytes(4, "big") + header)
        for _, data in pictures:
            file.write(data)
    draft.replace(path)
