"""Which fields of which vocabularies exist once a language (django-modeltranslation)."""

from modeltranslation.translator import TranslationOptions, translator

from resources.models import Country, Language
from resources.models.registry import TERM_MODELS


class TermTranslation(TranslationOptions):
    fields = ("name", "description", "synonyms")


class CountryTranslation(TranslationOptions):
    fields = ("synonyms",)


class LanguageTranslation(TranslationOptions):
    fields = ("name",)


translator.register(TERM_MODELS, TermTranslation)
translator.register(Country, CountryTranslation)
translator.register(Language, LanguageTranslation)
