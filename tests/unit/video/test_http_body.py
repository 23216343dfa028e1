"""HTTP as far as a stream needs it."""

import random
from urllib.parse import urlsplit

import pytest

from desktop.video.http_body import BadAnswer, Chunks, request, split_head

PAYLOAD = bytes(range(256)) * 40


def chunked(data: bytes, random_: random.Random) -> bytes:
    out = b""
    while data:
        size = random_.randint(1, 1500)
        part, data = data[:size], data[size:]
        out += b"%x;name=value\r\n%b\r\n" % (len(part), part)
    return out + b"0\r\n\r\n"


@pytest.mark.parametrize("seed", range(20))
def test_that_a_chunked_body_comes_out_whole_however_it_was_cut(seed):
    random_ = random.Random(seed)
    wire, chunks, out = chunked(PAYLOAD, random_), Chunks(), b""
    while wire:
        size = random_.randint(1, 700)
        out += b"".join(chunks.take(wire[:size]))
        wire = wire[size:]
    assert out == PAYLOAD and chunks.ended


@pytest.mark.parametrize(
    "noise",
    [b"garbage\r\n", b"-5\r\n", b"\r\n", b"f" * 400, b"1_0\r\n", b"+5\r\n", b"f" * 17 + b"\r\n"],
)
def test_that_a_size_that_is_none_is_refused(noise):
    with pytest.raises(BadAnswer):
        Chunks().take(noise)


def test_that_the_head_is_taken_once_it_is_whole_and_the_body_goes_on_behind_it():
    answer = b"HTTP/1.1 200 OK\r\nTRANSFER-encoding: Chunked\r\nX: y\r\n\r\n5\r\nab"
    end = answer.index(b"\r\n\r\n") + 4
    assert all(split_head(answer[:n]) is None for n in range(1, end))
    head, rest = split_head(answer)
    assert (head.status, head.is_chunked, rest) == (200, True, b"5\r\nab")


@pytest.mark.parametrize(
    "noise",
    [b"ICY 200 OK\r\n\r\n", b"\x47\x40", b"HTTP/1.1\r\n\r\n", b"HTTP/1.1 " + b"x" * 70000],
)
def test_that_what_is_no_http_is_refused(noise):
    with pytest.raises(BadAnswer):
        split_head(noise)


def test_that_an_account_goes_as_basic_and_leaves_the_host_line():
    said = request(urlsplit("http://ad%40min:p%2Fw@camera:8080/live.ts?a=1")).decode()
    assert said.startswith("GET /live.ts?a=1 HTTP/1.1\r\nHost: camera:8080\r\n")
    assert "Authorization: Basic YWRAbWluOnAvdw==\r\n" in said
    assert "Authorization" not in request(urlsplit("http://a:b@c/"), with_account=False).decode()


def test_that_a_chunk_without_end_is_passed_on_and_not_waited_for():
    chunks = Chunks()
    assert chunks.take(b"8000000000000000\r\nabc") == [b"abc"]
    assert chunks.take(b"def") == [b"def"] and not chunks.ended


def test_that_an_interim_answer_is_passed_over():
    answer = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 x\r\nLink: y\r\n\r\n"
    assert split_head(answer) is None
    head, rest = split_head(answer + b"HTTP/1.1 200 OK\r\n\r\nab")
    assert (head.status, rest) == (200, b"ab")


@pytest.mark.parametrize(
    "noise",
    [
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n",
        b"HTTP/1.1 100 x\r\n\r\n" * 4096,
        "HTTP/1.1 ² OK\r\n\r\n".encode("latin-1"),
        b"HTTP/1.1 " + b"9" * 5000 + b" OK\r\n\r\n",
    ],
    ids=["packed", "interim for ever", "power", "long"],
)
def test_that_an_answer_that_cannot_be_played_is_refused(noise):
    with pytest.raises(BadAnswer):
        split_head(noise)


def test_that_a_path_goes_as_ascii_and_what_is_escaped_stays():
    said = request(urlsplit("http://c/直 播.ts?t=%2F&u=a+b,c")).decode("ascii")
    assert said.startswith("GET /%E7%9B%B4%20%E6%92%AD.ts?t=%2F&u=a+b,c HTTP/1.1\r\n")
    assert "Accept-Encoding: identity\r\n" in said
