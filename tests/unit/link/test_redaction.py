"""What must not be read in a log."""

import json
import logging

import pytest

from desktop.link.redaction import Redactor, set_up_logging


@pytest.mark.parametrize(
    "text",
    [
        "GET rtsp://admin:CANARY@10.0.0.1/live",
        "Authorization: Bearer CANARY",
        '{"password": "CANARY"}',
        "refresh_token=CANARY&x=1",
        "password='CANARY'",
        "it said CANARY-known here",
    ],
)
def test_that_a_secret_is_not_written(text):
    redactor = Redactor()
    redactor.know("CANARY-known")
    assert "CANARY" not in redactor.clean(text)


def test_that_log_lines_are_json_without_secrets_even_in_tracebacks(tmp_path):
    redactor = Redactor()
    redactor.know("CANARY-known")
    before = logging.getLogger().handlers[:]
    set_up_logging(tmp_path / "log", redactor)
    (handler,) = set(logging.getLogger().handlers) - set(before)
    try:
        raise ValueError("CANARY-known in an error")
    except ValueError:
        logging.getLogger("desktop.link.x").exception("failed with %s", "CANARY-known")
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()
    line = (tmp_path / "log" / "link.log").read_text("utf-8")
    assert "CANARY" not in line and "ValueError" in json.loads(line)["trace"]
