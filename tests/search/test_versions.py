"""Versions of changes grow, whatever the clock does."""

import time

import pytest

from search import versions
from search.models import VersionClock

pytestmark = pytest.mark.django_db


def test_versions_follow_the_clock(monkeypatch):
    before = time.time_ns() // 1000
    first = versions.next_version()
    assert before <= first <= time.time_ns() // 1000
    assert str(VersionClock.objects.get()) == str(first)


def test_versions_grow_when_the_clock_stands_or_goes_back(monkeypatch):
    first = versions.next_version()
    monkeypatch.setattr(versions.time, "time_ns", lambda: 1_000_000)
    assert [versions.next_version() for _ in range(3)] == [first + 1, first + 2, first + 3]


def test_a_database_that_was_set_back_gives_higher_versions_than_before(monkeypatch):
    first = versions.next_version()
    VersionClock.objects.update(value=first - 10**9)
    assert versions.next_version() > first
    VersionClock.objects.all().delete()
    assert versions.next_version() > first
