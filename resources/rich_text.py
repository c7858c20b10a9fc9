"""Which HTML a rich text may hold, whoever wrote it: browsers run what is more than that."""

import re

from bs4 import BeautifulSoup
from bs4.element import PreformattedString
from wagtail.whitelist import Whitelister, attribute_rule, check_url

# What the editor of rich texts writes; a text in which no other "<" stands is left as it is.
PLAIN = re.compile(
    r"</?(?:p|h3|ul|ol|li|b|i|strong|em|a)>|<br ?/?>"
    r'|<(?:p|h3|ul|ol|li) data-block-key="[\w-]+">'
    r'|<a(?: linktype="(?:page|document)"| id="[0-9]+"| href="(?:https?:|mailto:|tel:)[^"<>]*")+>'
)


class RichTextWhitelister(Whitelister):
    """Of the elements that editors have buttons for. Links to pages and documents are kept as they are stored."""

    element_rules = {
        **dict.fromkeys(
            ("[document]", "p", "h3", "ul", "ol", "li", "b", "i", "strong", "em", "br"), attribute_rule({})
        ),
        "a": attribute_rule(
            {
                "href": check_url,
                "linktype": lambda value: value if value in ("page", "document") else None,
                "id": lambda value: value if value.isdecimal() else None,
            }
        ),
    }

    def clean_string_node(self, doc, node):
        """Wagtail's keeps declarations and the like, which browsers end elsewhere than the parser does."""
        if isinstance(node, PreformattedString):
            node.extract()


def cleaned(html: str) -> str:
    """The rich text `html`, as it is stored, without what no editor can enter."""
    return RichTextWhitelister().clean(html) if "<" in PLAIN.sub("", html) else html


def cleaned_piece(html: str) -> str:
    """A piece of a text, translated, without comments and the like, which wagtail-localize lets through."""
    html = html.replace("\0", "")
    if "<" not in html:
        return html
    soup = BeautifulSoup(html, "html.parser")
    hidden = [node for node in soup.descendants if isinstance(node, PreformattedString)]
    if not hidden:
        return html
    for node in hidden:
        node.extract()
    return str(soup)
