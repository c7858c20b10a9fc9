"""In which language a reader is shown a work that is not in hers, and an operator what a command tells."""

import pytest

from search.languages import best_locale, operator_language


@pytest.mark.parametrize(
    ("available", "reader", "shown"),
    [
        ({"es", "ar"}, "ar", "ar"),
        ({"en", "pt"}, "es", "pt"),
        ({"ar", "es"}, "fr", "es"),
        ({"de", "nl"}, "es", "de"),
        ({"pt", "en"}, "de", "en"),
    ],
)
def test_the_nearest_that_there_is(available, reader, shown):
    assert best_locale(available, reader) == shown


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "pt_BR.UTF-8"}, "pt"),
        ({"LANG": "es_PE.UTF-8", "LC_ALL": "fr"}, "fr"),
        ({"LANG": "ar"}, "ar"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_speaks_the_language_of_the_terminal(monkeypatch, variables, language):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, variables.get(name, ""))
    assert operator_language() == language
