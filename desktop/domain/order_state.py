"""How far an order of the operator has come."""

from enum import StrEnum


class OrderCondition(StrEnum):
    QUEUED = "queued"  # written to the outbox
    SENT = "sent"  # on its way, answer not known
    ACCEPTED = "accepted"  # the platform said yes; the row turns with its event
    REFUSED = "refused"
    EXPIRED = "expired"  # not sent in time: never sent by itself
