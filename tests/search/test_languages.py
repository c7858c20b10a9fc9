"""In which language a reader is shown a work that is not in hers."""

import pytest

from search.languages import best_locale


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
