"""What must not be read in a log."""

import json
import logging

import pytest

from desktop.link import redaction
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


def test_that_a_day_of_renewed_tokens_does_not_make_the_password_readable():
    redactor = Redactor()
    redactor.know_for_good("CANARY-password")
    for number in range(500):
        redactor.know(f"token-{number}", "CANARY-broker")
    assert "CANARY" not in redactor.clean("CANARY-password CANARY-broker")
    assert "token-499" not in redactor.clean("token-499")


def test_that_every_file_of_the_rotation_is_the_owners_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(redaction, "MAX_FILE_BYTES", 2000)
    before = logging.getLogger().handlers[:]
    set_up_logging(tmp_path / "log", Redactor())
    (handler,) = set(logging.getLogger().handlers) - set(before)
    for number in range(40):
        logging.getLogger("desktop.link.x").warning("line %d %s", number, "x" * 100)
    logging.getLogger().removeHandler(handler)
    handler.close()
    files = list((tmp_path / "log").iterdir())
    assert len(files) > 2 and {path.stat().st_mode & 0o777 for path in files} == {0o600}


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
