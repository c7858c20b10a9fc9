"""Images within texts."""

import pytest
from bs4 import BeautifulSoup
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning")  # of Wagtail, which makes the picture
def test_nothing_is_left_of_an_image_that_was_deleted(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    image = get_image_model().objects.create(title="a.png", file=get_test_image_file(size=(80, 40)))
    figure = {"image": image, "alternative_text": "Una casa", "caption": "La casa"}
    page = factories.StandardPageFactory(body=[("figure", figure), ("paragraph", "<p>Texto</p>")])

    def main():
        return BeautifulSoup(client.get(page.url).content, "html5lib").main

    assert main().img["alt"] == "Una casa"
    assert main().figcaption.get_text() == "La casa"
    image.delete()
    assert main().select("img, figure, figcaption") == []
    assert "Texto" in main().get_text()
