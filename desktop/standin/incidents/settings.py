"""Levers of tests and demonstrations: how fast crews answer and drive, and who answers how."""

import msgspec

from desktop.standin.messages import Manner, manner_of

QUICK = Manner(0.6, 2.0, 4.0)
MANNERS = {
    "quick": QUICK,
    "declines": Manner(0.6, 2.0, 4.0, declines=True),
    "reads": Manner(0.6, 2.0, None),
    "silent": Manner(None, None, None),
}


class Settings(msgspec.Struct):
    """`speed`: of crews and people, not of clocks. `second_s` replaces the plan's window."""

    speed: float = 1.0
    second_s: float | None = None
    manners: dict[str, str] = {}
    """unit_id or person -> one of MANNERS; `*`: everybody else."""

    def is_given(self, person_id: str) -> bool:
        return person_id in self.manners or "*" in self.manners

    def manner(self, person_id: str, seed: int) -> Manner:
        """Seconds at speed 1."""
        word = self.manners.get(person_id) or self.manners.get("*", "")
        return MANNERS[word] if word else manner_of(person_id, seed)
