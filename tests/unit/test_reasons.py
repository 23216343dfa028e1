"""No text of the system or of a library reaches an operator."""

import errno
import os
import re
import sqlite3
import ssl
import tomllib

import pytest

from desktop.reasons import storage_reason, system_reason, toml_reason

ENGLISH = re.compile(r"[A-Za-z]{3,}")


@pytest.mark.parametrize("number", [*range(1, 134), None])
def test_that_every_error_of_the_system_has_words(number):
    error = OSError(number, os.strerror(number)) if number else OSError("the text of a library")
    words = system_reason(error)
    assert words and not ENGLISH.search(words)


def test_that_what_an_operator_can_change_is_named():
    assert system_reason(OSError(errno.ENOSPC, "No space left on device")) == "磁盘已满"
    assert system_reason(PermissionError(errno.EACCES, "Permission denied")) == "没有权限"


@pytest.mark.parametrize("code", [9, 10, 18, 19, 20, 21, 23, 24, 62, 64, 99])
def test_that_certificates_are_told_apart_by_their_code(code):
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code = code
    assert "证书" in system_reason(error)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("(sqlite3.OperationalError) database or disk is full [SQL: INSERT ...]", "磁盘已满"),
        ("attempt to write a readonly database", "数据文件只读"),
        ("database is locked", "数据文件被别的程序占用"),
        ("disk I/O error", "磁盘读写出错"),
        ("no such table: entries", "数据文件内容不全"),
    ],
)
def test_that_a_database_that_refuses_is_told_without_sql(text, words):
    assert storage_reason(sqlite3.OperationalError(text)) == words


def test_that_a_wrong_file_is_named_by_line_and_column():
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads("a = 1\nb = \n")
    assert toml_reason(caught.value) == "第 2 行第 5 列不是有效的 TOML"
