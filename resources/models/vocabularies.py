"""The vocabularies works are classified by: one class a vocabulary, one row a term (design: domain)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from resources import cldr
from resources.models.terms import InLanguages, Term, UseProtected, key_validator, search_words, synonyms_field
from search.documents import NEXT_NAME
from search.languages import LOCALES


class Strategy(Term):
    """One of the seven strategies of INSPIRE, or of its two cross-cutting activities."""

    class Kind(models.TextChoices):
        STRATEGY = "strategy", _("Strategy")
        CROSS_CUTTING = "cross-cutting", _("Cross-cutting activity")

    letter = models.CharField(_("letter"), max_length=1, blank=True, help_text=_("Its letter in the word INSPIRE."))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.STRATEGY)
    colour = models.CharField(_("colour"), max_length=7, default="#1d4f76", help_text=_("For example #1d4f76."))

    class Meta(Term.Meta):
        verbose_name = _("strategy")
        verbose_name_plural = _("strategies")


class Intervention(Term):
    """An approach under a strategy; a row of the evidence map."""

    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="+", verbose_name=_("strategy"))

    class Meta(Term.Meta):
        verbose_name = _("intervention")
        verbose_name_plural = _("interventions")


class Outcome(Term):
    """What an evaluation measures; a column of the evidence map."""

    class Group(models.TextChoices):
        VIOLENCE = "violence", _("Violence")
        CAREGIVERS = "caregivers", _("Caregivers")
        NORMS = "norms", _("Norms and attitudes")
        CHILD_WELL_BEING = "child-well-being", _("Child well-being")
        HEALTH = "health", _("Health")
        EDUCATION = "education", _("Education")
        ECONOMIC = "economic", _("Household economy")
        SERVICES = "services", _("Programmes and services")

    group = models.CharField(_("group"), max_length=30, choices=Group.choices)

    class Meta(Term.Meta):
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")


class Sector(Term):
    class Meta(Term.Meta):
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")


class ViolenceType(Term):
    class Meta(Term.Meta):
        verbose_name = _("type of violence")
        verbose_name_plural = _("types of violence")


class Setting(Term):
    class Meta(Term.Meta):
        verbose_name = _("setting")
        verbose_name_plural = _("settings")


class Topic(Term):
    class Meta(Term.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


class Population(Term):
    class Meta(Term.Meta):
        verbose_name = _("population")
        verbose_name_plural = _("populations")


class EvidenceLevel(Term):
    """INSPIRE's own scale; ratings by other schemes stand beside it, never merged into it."""

    class Meta(Term.Meta):
        verbose_name = _("evidence level")
        verbose_name_plural = _("evidence levels")


class EvaluationStatus(Term):
    class Meta(Term.Meta):
        verbose_name = _("evaluation status")
        verbose_name_plural = _("evaluation statuses")


class StudyDesign(Term):
    class Meta(Term.Meta):
        verbose_name = _("study design")
        verbose_name_plural = _("study designs")


class Audience(Term):
    class Meta(Term.Meta):
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")


class SDGTarget(Term):
    class Meta(Term.Meta):
        verbose_name = _("SDG target")
        verbose_name_plural = _("SDG targets")


class Region(UseProtected):
    """A region of UN M49; its name comes from CLDR."""

    code = models.CharField(_("UN M49 code"), max_length=3, unique=True, validators=[key_validator])
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("part of")
    )

    class Meta:
        ordering = ("code",)
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    def __str__(self):
        return self.label(get_language() or "es")

    def clean(self):
        super().clean()
        if self._state.adding and not cldr.is_region(self.code):
            raise ValidationError({"code": gettext("CLDR has no name for this code.")})
        above, seen = self.parent, []
        while above and above.pk not in seen:
            seen.append(above.pk)
            above = above.parent
        if self.pk in seen:
            raise ValidationError({"parent": _("A region cannot be part of itself: choose one that is not within it.")})

    @property
    def key(self) -> str:
        return self.code

    def label(self, locale: str) -> str:
        """Its CLDR name in `locale`."""
        return cldr.territory(self.code, locale)

    def label_language(self, locale: str) -> str:
        """The language of `label`: CLDR names all of them in all locales."""
        return locale


class Country(UseProtected):
    """A country of ISO 3166-1; its name comes from CLDR and is never typed by hand.

    `synonyms` exist once a language: what else it and its people are called.
    """

    code = models.CharField(_("ISO 3166-1 code"), max_length=2, unique=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("region"))
    synonyms = synonyms_field()
    retired = models.BooleanField(_("retired"), default=False)

    class Meta:
        ordering = ("code",)
        verbose_name = _("country")
        verbose_name_plural = _("countries")

    def __str__(self):
        return self.label(get_language() or "es")

    def clean(self):
        super().clean()
        if self._state.adding and not cldr.is_country(self.code):
            raise ValidationError({"code": gettext("CLDR has no name for this code.")})

    @property
    def key(self) -> str:
        return self.code

    def label(self, locale: str) -> str:
        """Its CLDR name in `locale`."""
        return cldr.territory(self.code, locale)

    def label_language(self, locale: str) -> str:
        """The language of `label`: CLDR names all of them in all locales."""
        return locale

    def search_words(self, locale: str) -> str:
        """Name and synonyms in `locale`, as the search index takes them."""
        return search_words(self.label(locale), getattr(self, f"synonyms_{locale}"))


class Language(InLanguages, UseProtected):
    """A language of ISO 639 (sign languages: 639-3). CLDR names it; `name_xx` only where CLDR does not."""

    class Direction(models.TextChoices):
        LTR = "ltr", _("left to right")
        RTL = "rtl", _("right to left")

    code = models.CharField(_("ISO 639 code"), max_length=8, unique=True, validators=[key_validator])
    name = models.CharField(
        _("name"), max_length=120, blank=True, help_text=_("Only for languages that CLDR does not name.")
    )
    endonym = models.CharField(_("name in the language itself"), max_length=120, blank=True)
    direction = models.CharField(
        pgettext_lazy("writing", "direction"), max_length=3, choices=Direction.choices, default=Direction.LTR
    )
    sign = models.BooleanField(_("sign language"), default=False)
    retired = models.BooleanField(pgettext_lazy("language", "retired"), default=False)

    class Meta:
        ordering = ("code",)
        verbose_name = _("language")
        verbose_name_plural = _("languages")

    def __str__(self):
        return self.label(get_language() or "es")

    def clean(self):
        super().clean()
        named = any(cldr.language(self.code, code) or getattr(self, f"name_{code}") for code in LOCALES)
        if self._state.adding and not named:
            message = gettext("CLDR has no name for this code: give one in one language at least, or correct the code.")
            raise ValidationError({"code": message})

    @property
    def key(self) -> str:
        return self.code

    def label(self, locale: str) -> str:
        """Its name in `locale`: CLDR's, else our own with fallback, else the endonym or the code."""
        return cldr.language(self.code, locale) or self.translated("name", locale) or self.endonym or self.code

    def label_language(self, locale: str) -> str:
        """The language of `label`; "" for a code, and for the name that users of a sign language write."""
        if cldr.language(self.code, locale):
            return locale
        named_in = self.language_of("name", locale)
        return named_in or (self.code if self.endonym and not self.sign else "")


class Organisation(Term):
    """Who published, developed, ran, paid for or organised a work."""

    class Type(models.TextChoices):
        UN = "un", _("United Nations agency or body")
        REGIONAL = "regional", _("Regional organisation or platform")
        GOVERNMENT = "government", pgettext_lazy("type of organisation", "Government")
        DEVELOPMENT_BANK = "development-bank", _("Development bank")
        UNIVERSITY = "university", _("University")
        RESEARCH = "research", _("Research centre or network")
        NGO = "ngo", _("Non-governmental organisation")
        ALLIANCE = "alliance", _("Alliance or coalition")
        PARTNERSHIP = "partnership", _("Partnership")
        FAITH = "faith", _("Faith-based organisation")
        PROFESSIONAL = "professional", _("Professional association")
        PHILANTHROPY = "philanthropy", _("Philanthropy")
        TRADE_UNION = "trade-union", _("Trade union")
        EMPLOYERS = "employers", _("Employers’ organisation")
        COMPANY = "company", _("Company")
        OTHER = "other", pgettext_lazy("type of organisation", "Other")

    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    type = models.CharField(_("type"), max_length=20, choices=Type.choices, default=Type.OTHER)
    countries = models.ManyToManyField(Country, blank=True, related_name="+", verbose_name=_("countries"))
    url = models.URLField(_("web address"), max_length=500, blank=True)
    logo = models.ForeignKey(
        "wagtailimages.Image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("logo"),
    )

    class Meta(Term.Meta):
        ordering = ("key",)
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def search_words(self, locale: str) -> str:
        return NEXT_NAME.join(filter(None, (super().search_words(locale), self.acronym)))
