"""Choosers and lists of vocabulary terms in the admin: what they offer, in which order, and how it is found."""

import lxml.html
import pytest
from django.urls import reverse
from wagtail.users.models import UserProfile

from resources.models import Helpline, Organisation, ProgrammePage
from tests.factories import (
    CountryFactory,
    EvaluationPageFactory,
    EvidenceLevelFactory,
    InterventionFactory,
    LanguageFactory,
    OrganisationFactory,
    ProgrammePageFactory,
    RegionFactory,
    StrategyFactory,
    TrainingPageFactory,
)
from tests.resources.test_admin_refusals import edit, new

pytestmark = pytest.mark.django_db


def test_choosers_do_not_offer_retired_terms(admin_client):
    EvidenceLevelFactory(key="retired", name_es="Nivel retirado", retired=True)
    EvidenceLevelFactory(key="offered", name_es="Nivel vigente")
    CountryFactory(code="AN", retired=True)
    CountryFactory(code="BR")
    for part in ("choose", "choose_results"):
        shown = admin_client.get(reverse(f"wagtailsnippetchoosers_resources_evidencelevel:{part}")).content.decode()
        assert "Nivel vigente" in shown
        assert "Nivel retirado" not in shown
    shown = admin_client.get(reverse("wagtailsnippetchoosers_resources_country:choose")).content.decode()
    assert "Brasil" in shown
    assert "Antillas" not in shown


def test_sign_languages_are_not_offered_for_the_language_of_words(admin_client):
    LanguageFactory(code="es")
    LanguageFactory(code="csn", sign=True, name_es="lengua de señas")
    form = admin_client.get(reverse("wagtailadmin_pages:edit", args=[ProgrammePageFactory().pk])).context["form"]
    edition = form.formsets["editions"].empty_form
    addresses = [
        field.field.widget.get_chooser_modal_url()
        for field in (form["title_language"], edition["title_language"], edition["language"])
    ]
    chooser = [admin_client.get(address).json()["html"] for address in addresses]
    assert ["lengua de señas" in html for html in chooser] == [False, False, True]
    # What is typed into the search field, and each further page, is asked for at the address of the results.
    [results] = lxml.html.fromstring(chooser[0]).xpath("//form[@data-chooser-modal-search]/@action")
    for query in ("", "&q=se%C3%B1as", "&q=espa"):
        assert "lengua de señas" not in admin_client.get(results + query).content.decode()
    assert "español" in admin_client.get(results + "&q=espa").content.decode()


def titles(response) -> list[str]:
    """The names of the terms in a list or a chooser."""
    shown = lxml.html.fromstring(response.content.decode())
    cells = shown.xpath('//td[contains(@class, "title")]')
    return [" ".join(cell.xpath("string((.//a[@href])[1])").split()) for cell in cells]


@pytest.mark.parametrize("place", ["choosers_resources_{}:choose_results", "s_resources_{}:list_results"])
@pytest.mark.parametrize(
    ("vocabulary", "query", "found"),
    [
        ("language", "español", "Spanish"),
        ("language", "INGLES", "English"),
        ("language", "الإسبانية", "Spanish"),
        ("language", "إسبانية", "Spanish"),
        ("language", "runa simi", "Quechua"),
        ("country", "brésil", "Brazil"),
        ("country", "co", "Colombia"),
        ("region", "américa do sul", "South America"),
        ("organisation", "oms", "World Health Organization"),
        ("intervention", "crianza-positiva", "Parenting"),
        ("intervention", "apoyo a los padres", "Parenting"),
    ],
)
def test_terms_are_found_by_names_in_any_language(admin_client, place, vocabulary, query, found):
    region = RegionFactory(code="005")
    for code in ("CO", "BR", "MX"):  # Mexico has a c and an o
        CountryFactory(code=code, region=region)
    LanguageFactory(code="qu", endonym="Runa Simi")
    for code in ("es", "en"):
        LanguageFactory(code=code)
    names = {"name_en": "World Health Organization", "name_es": "Organización Mundial de la Salud"}
    OrganisationFactory(key="who", acronym="OMS", **names)
    OrganisationFactory(key="unicef")
    InterventionFactory(key="crianza-positiva", name_en="Parenting", synonyms_es="crianza|apoyo a los padres")
    InterventionFactory(key="other")
    url = reverse("wagtailsnippet" + place.format(vocabulary))
    assert titles(admin_client.get(url, {"q": query}, headers={"accept-language": "en"})) == [found]


def test_a_chooser_is_searched_and_sorted_by_name(admin_client):
    for code in ("AT", "ZA", "ZM", "BR"):
        CountryFactory(code=code)
    in_portuguese = {"accept-language": "pt"}
    chooser = admin_client.get(reverse("wagtailsnippetchoosers_resources_country:choose"), headers=in_portuguese)
    assert 'name="q"' in chooser.json()["html"]
    results = admin_client.get(
        reverse("wagtailsnippetchoosers_resources_country:choose_results"), headers=in_portuguese
    )
    assert titles(results) == ["África do Sul", "Áustria", "Brasil", "Zâmbia"]
    assert "4 países" in results.content.decode()


@pytest.mark.parametrize(("code", "title"), [("es", "Seleccionar idioma"), ("ar", "اختاروا اللغة")])
def test_the_title_of_a_chooser_is_in_the_language_of_the_editor(admin_client, code, title):
    address = reverse("wagtailsnippetchoosers_resources_language:choose")
    chooser = lxml.html.fromstring(admin_client.get(address, headers={"accept-language": code}).json()["html"])
    assert " ".join(chooser.xpath("string(//h1)").split()) == title


def test_a_chooser_keeps_the_order_of_a_vocabulary_that_has_one(admin_client):
    for order, name in enumerate(("Fuerte", "Medio", "Débil")):
        EvidenceLevelFactory(key=f"level-{order}", order=order, name_es=name)
    results = admin_client.get(reverse("wagtailsnippetchoosers_resources_evidencelevel:choose_results"))
    assert titles(results) == ["Fuerte", "Medio", "Débil"]


def test_a_retired_term_stays_on_the_record_that_has_it(admin_client):
    level = EvidenceLevelFactory(key="retired", retired=True)
    page = ProgrammePageFactory(evidence_level=level, strategies=[StrategyFactory()])
    edit(admin_client, page).fill(title="Otro título").send()
    page.refresh_from_db()
    assert (page.title, page.evidence_level) == ("Otro título", level)


def test_a_session_keeps_a_retired_term_that_others_are_not_offered(admin_client):
    term, page = StrategyFactory(), TrainingPageFactory(strategies=[StrategyFactory()])
    form = edit(admin_client, page).add_row("sessions", title="Apertura", strategies=[term.pk])
    for rows in ("speakers", "materials"):
        form.fill(**{f"sessions-0-{rows}-{name}_FORMS": 0 for name in ("TOTAL", "INITIAL")})
    assert form.send().status_code == 302
    StrategyFactory(key="offered")
    type(term).objects.filter(pk=term.pk).update(retired=True)
    sessions = admin_client.get(form.url).context["form"].formsets["sessions"]
    kept, offered = sessions.forms[0]["strategies"].as_widget(), sessions.empty_form["strategies"].as_widget()
    assert f'value="{term.pk}" selected' in kept
    assert "<option" in offered
    assert f'value="{term.pk}"' not in offered


def test_countries_are_sorted_as_readers_of_the_language_sort(admin_client, admin_user):
    UserProfile.objects.create(user=admin_user, preferred_language="pt")
    for code in ("AT", "ZA", "ZM", "BR"):
        CountryFactory(code=code)
    form = admin_client.get(new(admin_client, ProgrammePage).url).context["form"]
    names = [name for _pk, name in form.fields["countries"].choices]
    assert names == ["África do Sul", "Áustria", "Brasil", "Zâmbia"]


def offered(response, name: str) -> list[str]:
    """What the list called `name` offers."""
    shown = lxml.html.fromstring(response.content.decode())
    return [option.text.strip() for option in shown.xpath(f'//select[@name="{name}"]/option')]


def test_countries_of_an_organisation_are_sorted_by_name_without_retired_ones(admin_client, admin_user):
    UserProfile.objects.create(user=admin_user, preferred_language="pt")
    for code in ("AT", "ZA", "ZM", "BR"):
        CountryFactory(code=code)
    retired = CountryFactory(code="AN", retired=True)
    form = admin_client.get(reverse(Organisation.snippet_viewset.get_url_name("add")))
    assert offered(form, "countries") == ["África do Sul", "Áustria", "Brasil", "Zâmbia"]

    organisation = OrganisationFactory(key="who")
    organisation.countries.add(retired)
    form = admin_client.get(reverse(Organisation.snippet_viewset.get_url_name("edit"), args=[organisation.pk]))
    assert len(offered(form, "countries")) == 5  # it keeps the one it has


def test_languages_of_helplines_and_sessions_are_sorted_by_name_without_retired_ones(admin_client, admin_user):
    UserProfile.objects.create(user=admin_user, preferred_language="es")
    for code in ("de", "en", "fr"):  # alemán, inglés, francés
        LanguageFactory(code=code)
    LanguageFactory(code="pt", retired=True)
    helpline = admin_client.get(reverse(Helpline.snippet_viewset.get_url_name("add")))
    assert offered(helpline, "languages") == ["alemán", "francés", "inglés"]
    training = admin_client.get(reverse("wagtailadmin_pages:edit", args=[TrainingPageFactory().pk]))
    session = training.context["form"].formsets["sessions"].empty_form["languages"].as_widget()
    names = [option.text.strip() for option in lxml.html.fromstring(session).xpath("//option")]
    assert names == ["alemán", "francés", "inglés"]


def test_an_outcome_is_added_by_the_name_of_one(admin_client):
    """In Arabic a button says “add outcome”, where the heading of a list says “the outcome”."""
    page = EvaluationPageFactory(strategies=[StrategyFactory()])
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = admin_client.get(address, headers={"accept-language": "ar"}).content.decode()
    assert ("إضافة نتيجة" in form, "إضافة النتيجة" in form) == (True, False)
