"""The blocks a body is made of."""

from django.utils.html import conditional_escape
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import RichText

from resources.rich_text import cleaned

RICH_TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"))
    source = blocks.CharBlock(label=_("Who said or wrote it"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "resources/blocks/quote_block.html"


class FigureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Image"))
    alternative_text = blocks.CharBlock(
        label=_("Alternative text"),
        help_text=_("What the image says, for readers who do not see it. Empty for a mere ornament."),
        required=False,
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "resources/blocks/figure_block.html"


class BodyBlock(blocks.StreamBlock):
    heading = blocks.CharBlock(
        label=_("Heading"), icon="title", template="resources/blocks/heading_block.html", form_classname="title"
    )
    paragraph = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT_FEATURES)
    quote = QuoteBlock()
    figure = FigureBlock()

    def stored_html(self, value: blocks.StreamValue, context: dict | None = None) -> str:
        """As Wagtail renders it, but with links as they are stored."""
        rendered = (
            cleaned(child.value.source)
            if isinstance(child.value, RichText)
            else conditional_escape(child.render(context))
            for child in value
        )
        types = (child.block_type for child in value)
        return "\n".join(
            f'<div class="w-block-{name} block-{name}">{html}</div>' for name, html in zip(types, rendered, strict=True)
        )

    def render_basic(self, value, context=None):
        """As Wagtail's, but what links lead to is read once, not for each block."""
        return RichText(self.stored_html(value, context)).__html__()
