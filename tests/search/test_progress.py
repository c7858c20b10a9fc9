import io

import pytest
from django.utils import translation

from search import progress
from search.progress import ProgressBar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    with translation.override("en"):
        yield now


def test_a_bar_grows_on_a_terminal_and_tells_the_time_that_is_left(clock):
    stream = Terminal()
    bar = ProgressBar(10, "Works", stream)
    clock[0] += 1
    bar.advance()
    assert stream.getvalue() == "\r[███···························] Works: 1 of 10, 9 s left\x1b[K"
    bar.advance(2)  # too soon to be drawn
    assert stream.getvalue().count("\r") == 1
    bar.reach(10)
    assert stream.getvalue().endswith("[██████████████████████████████] Works: 10 of 10, 0 s left\x1b[K")
    bar.close()
    assert stream.getvalue().endswith("0 s left\x1b[K\n")


def test_more_steps_than_were_announced_do_no_harm(clock):
    stream = Terminal()
    bar = ProgressBar(2, "Works", stream)
    bar.advance(5)
    assert "[██████████████████████████████] Works: 5 of 2, 0 s left" in stream.getvalue()
    assert bar.done == 5


def test_elsewhere_one_line_at_the_end(clock):
    stream = io.StringIO()
    bar = ProgressBar(3, "Works", stream)
    for _ in range(3):
        bar.advance()
    assert stream.getvalue() == ""
    clock[0] += 2.25
    bar.close()
    assert stream.getvalue() == "Works: 3 of 3 in 2.2 s\n"


@pytest.mark.parametrize("stream", [Terminal(), io.StringIO()])
def test_work_that_did_not_begin_is_not_told(clock, stream):
    ProgressBar(440, "Works", stream).close()
    assert stream.getvalue() == ""


def test_nothing_to_do_is_done(clock):
    stream = Terminal()
    ProgressBar(0, "Works", stream).close()
    assert stream.getvalue() == "\r[██████████████████████████████] Works: 0 of 0, 0 s left\x1b[K\n"
