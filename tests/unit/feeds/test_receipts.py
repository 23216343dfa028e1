"""Receipts as they come by MQTT."""

import pytest

from desktop.domain.outreach import ReceiptState
from desktop.feeds.receipts import decode_receipt
from desktop.feeds.wire import DecodeError

BODY = b'{"unit_id":"R-1","state":"accepted","at":"2026-11-21T19:00:00+08:00","by":"","note":""}'


def test_that_the_order_comes_from_the_topic():
    told = decode_receipt("city/990100/receipt/M-1", BODY)
    assert (told.order_id, told.unit_id, told.state) == ("M-1", "R-1", ReceiptState.ACCEPTED)


@pytest.mark.parametrize(
    ("topic", "body"),
    [
        ("city/990100/receipt/", BODY),
        ("city/990100/receipt/M-1", BODY.replace(b"accepted", b"vanished")),
        ("city/990100/receipt/M-1", b'{"unit_id":"R-1","state":"read"}'),
    ],
)
def test_that_what_is_no_receipt_is_refused(topic, body):
    with pytest.raises(DecodeError):
        decode_receipt(topic, body)
