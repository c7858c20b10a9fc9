"""A link is entered once, at one end, on any page of the work, and shown at both ends to every reader."""

import datetime

import pytest
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from resources.models import PAGE_MODELS
from tests import factories
from tests.resources.admin_form import AdminForm
from tests.resources.record_page import Shown, address, show

pytestmark = pytest.mark.django_db
RAN_OUT = {"consent_on": datetime.date(2019, 1, 1), "consent_until": datetime.date(2020, 1, 1)}


def test_evaluation_and_programme_show_each_other(client):
    programme = factories.ProgrammePageFactory(title="Families")
    evaluation = factories.EvaluationPageFactory(title="A trial of Families")
    factories.EvaluatedProgrammeFactory(page=evaluation, target=programme)

    assert show(client, programme).related() == {"Evaluations of this programme": ["A trial of Families"]}
    shown = show(client, evaluation)
    assert shown.related() == {"Programmes evaluated": ["Families"]}
    assert address(programme, "en") in shown.links


def test_a_title_that_is_a_description_is_marked_in_lists(client):
    programme = factories.ProgrammePageFactory()
    study = factories.EvaluationPageFactory(title="A study in Tumaco", described_title=True)
    in_french = factories.EvaluationPageFactory(title="Une étude à Tumaco", translation_of=study, language="fr")
    trial = factories.EvaluationPageFactory(title="A trial of Families")
    for evaluation in (study, trial):
        factories.EvaluatedProgrammeFactory(page=evaluation, target=programme)
    factories.RelatedWorkFactory(page=study, target=factories.PracticePageFactory(described_title=True, title="Farm"))

    assert lines(show(client, programme)) == ["A study in Tumaco Descriptive title", "A trial of Families"]
    assert lines(show(client, programme, "fr")) == ["A trial of Families", "Une étude à Tumaco Titre descriptif"]
    assert "Farm Practice · Descriptive title" in lines(show(client, in_french))


def lines(shown) -> list[str]:
    """Lists of works as readers read them."""
    return [item.get_text(" ", strip=True) for item in shown.soup.select(".related li")]


def test_programmes_show_what_they_were_adapted_from_and_into(client):
    original = factories.ProgrammePageFactory(title="First")
    adapted = factories.ProgrammePageFactory(title="Second", adapted_from=original)

    assert show(client, original).related() == {"Adapted into": ["Second"]}
    assert show(client, adapted).related() == {"Adapted from": ["First"]}


def test_practice_and_what_it_takes_up_show_each_other(client):
    programme = factories.ProgrammePageFactory(title="Families")
    practice = factories.PracticePageFactory(title="In our town", adopted_from=programme)

    assert show(client, programme).related() == {"Practices that took it up": ["In our town"]}
    assert show(client, practice).related() == {"Adopted from": ["Families"]}


def test_trainings_and_experts_show_each_other(client):
    expert = factories.ExpertPageFactory(title="Ana")
    given = factories.TrainingPageFactory(title="Given")
    attended = factories.TrainingPageFactory(title="Attended")
    conference = factories.TrainingPageFactory(title="Conference")
    factories.TrainerFactory(page=given, target=expert)
    factories.TrainedAtFactory(page=expert, target=attended, year=2019)
    session = factories.SessionFactory(page=conference, title="Opening")
    factories.SessionSpeakerFactory(session=session, target=expert)

    shown = show(client, expert)
    assert shown.related() == {"Trainings given": ["Given"], "Spoke at": ["Conference"], "Trained at": ["Attended"]}
    assert [item.note for group in shown.record.related for item in group.items] == ["", "", "2019"]
    assert show(client, given).related() == {"Trainers": ["Ana"]}
    assert show(client, attended).related() == {"Experts trained here": ["Ana"]}
    sessions = show(client, conference).record.sessions
    assert [(item.text, item.url) for item in sessions[0].profiles] == [("Ana", address(expert, "en"))]


def test_related_works_show_each_other_once(client):
    publication = factories.PublicationPageFactory(title="Handbook")
    programme = factories.ProgrammePageFactory(title="Families")
    factories.RelatedWorkFactory(page=publication, target=programme)
    factories.RelatedWorkFactory(page=programme, target=publication)

    assert show(client, publication).related() == {"Related works": ["Families"]}
    (group,) = show(client, programme).record.related
    assert [(item.title, item.type_label) for item in group.items] == [("Handbook", "Publication")]


def test_links_are_of_the_work_whichever_page_they_point_to(client):
    programme = factories.ProgrammePageFactory(title="Familias")
    in_arabic = factories.ProgrammePageFactory(title="عائلات", translation_of=programme, language="ar")
    evaluation = factories.EvaluationPageFactory(title="Un ensayo")
    factories.EvaluationPageFactory(title="تجربة", translation_of=evaluation, language="ar")
    factories.EvaluatedProgrammeFactory(page=evaluation, target=in_arabic)

    for locale, title in (("es", "Un ensayo"), ("ar", "تجربة"), ("fr", "Un ensayo")):
        (group,) = show(client, programme, locale).record.related
        (item,) = group.items
        assert (item.title, item.url) == (title, address(evaluation, locale))
        assert (item.lang, item.dir) == (("es", "ltr") if locale == "fr" else ("", ""))


def test_only_works_that_everyone_may_see_are_shown(client):
    programme = factories.ProgrammePageFactory()
    hidden = factories.EvaluationPageFactory(title="Not published", live=False)
    restricted = factories.EvaluationPageFactory(title="For some")
    PageViewRestriction.objects.create(page_id=restricted.pk, restriction_type=PageViewRestriction.LOGIN)
    for page in (hidden, restricted):
        factories.EvaluatedProgrammeFactory(page=page, target=programme)
    expert = factories.ExpertPageFactory(title="Ana", **RAN_OUT)
    factories.RelatedWorkFactory(page=programme, target=expert)

    assert show(client, programme).related() == {}


def test_a_profile_whose_consent_ran_out_is_not_found(client):
    expert = factories.ExpertPageFactory(title="Ana", **RAN_OUT)
    factories.ExpertPageFactory(title="آنا", translation_of=expert, language="ar", consent_on=None)

    for locale in ("es", "ar", "fr"):
        response = client.get(address(expert, locale))
        assert response.status_code == 404
        assert "Ana" not in response.content.decode()


def test_a_title_is_in_the_language_of_the_material_whose_title_it_keeps(client):
    publication = factories.PublicationPageFactory(title="دليل", language="en")
    factories.LanguageFactory(code="ar", direction="rtl")
    factories.LanguageFactory(code="csn", sign=True)
    for code in ("csn", "fr", "ar"):
        factories.EditionFactory(page=publication, language=code, title="Guide" if code == "fr" else "دليل")
    both = factories.PublicationPageFactory(title="INSPIRE", language="en")
    for code in ("pt", "en"):
        factories.EditionFactory(page=both, language=code, title="INSPIRE")
    own = factories.PublicationPageFactory(title="Z", language="en")
    practice = factories.PracticePageFactory()
    for work in (publication, both, own):
        factories.RelatedWorkFactory(page=practice, target=work)

    for locale, expected in (
        ("es", {"دليل": ("ar", "rtl"), "INSPIRE": ("en", "ltr"), "Z": ("en", "ltr")}),
        ("ar", {"دليل": ("", ""), "INSPIRE": ("en", "ltr"), "Z": ("en", "ltr")}),
    ):
        (group,) = show(client, practice, locale).record.related
        assert {item.title: (item.lang, item.dir) for item in group.items} == expected


@pytest.fixture(params=["plain page", "list", "home", "root"])
def no_work(request):
    """A page that is not that of a work."""
    made = {
        "plain page": lambda: factories.StandardPageFactory(title="Acerca de"),
        "list": lambda: factories.index_page("publication"),
        "home": factories.home_page,
        "root": Page.get_first_root_node,
    }
    return made[request.param]()


def test_what_was_linked_without_being_a_work_is_left_out(client, no_work):
    publication = factories.PublicationPageFactory()
    programme = factories.ProgrammePageFactory(title="Families")
    for target in (no_work, programme):
        factories.RelatedWorkFactory(page=publication, target=target)
    practice = factories.PracticePageFactory()
    type(practice).objects.filter(pk=practice.pk).update(adopted_from=no_work)

    assert show(client, publication).related() == {"Related works": ["Families"]}
    assert show(client, practice).related() == {}


def test_only_works_can_be_linked(admin_client, no_work):
    publication, practice = factories.PublicationPageFactory(), factories.PracticePageFactory()
    related, adopted = (
        AdminForm(admin_client, reverse("wagtailadmin_pages:edit", args=[page.pk])) for page in (publication, practice)
    )
    for form in (related, adopted):
        form.fill(strategies=factories.StrategyFactory().pk)
    answers = [related.add_row("related_works", target=no_work.pk).send(), adopted.fill(adopted_from=no_work.pk).send()]

    for answer in answers:
        assert answer.status_code == 200
        assert "Elija una ficha: esta página no lo es." in answer.content.decode()
    assert not publication.related_works.exists()


def test_their_choosers_offer_no_other_pages(admin_client):
    for page in (factories.PublicationPageFactory(), factories.PracticePageFactory()):
        html = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert "wagtailcore.page" not in html
        assert all(model._meta.label_lower in html for model in PAGE_MODELS)


@pytest.mark.parametrize("kind", ["record", "plain page"])
def test_a_link_in_a_text_leads_to_where_the_reader_sees_the_page(client, kind):
    translated, alone, half, draft, hidden = (factories.ProgrammePageFactory() for _target in range(5))
    profile = factories.ExpertPageFactory(**RAN_OUT)
    plain = factories.StandardPageFactory(slug="acerca-de")
    draft.unpublish()
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    factories.ProgrammePageFactory(translation_of=translated, language="pt", slug="em-portugues")
    factories.ProgrammePageFactory(translation_of=half, language="pt", live=False)
    ids = [page.pk for page in (translated, alone, half, plain, hidden, draft, profile)] + [0]
    texts = [("paragraph", f'<p><a linktype="page" id="{pk}">aqui</a></p>') for pk in ids]
    body = [*texts, ("quote", {"text": '<a linktype="page" id="1">', "source": ""}), ("heading", "a < b")]
    if kind == "record":
        page = factories.PracticePageFactory(language="pt", body=body)
        url = address(page, "pt")
    else:
        url = factories.StandardPageFactory(language="pt", body=body).url
    shown = Shown(client.get(url))
    found = [link.get("href") for link in shown.soup.main.find_all("a", string="aqui")]
    assert found[:2] == ["/pt/programme-list-pt/em-portugues/", address(alone, "pt")]
    assert found[2:] == [address(half, "pt"), "/pt/acerca-de/", address(hidden, "pt"), None, None, None]
    assert "&lt;a linktype=&quot;page&quot; id=&quot;1&quot;&gt;" in shown.html
    assert "a &lt; b" in shown.html
