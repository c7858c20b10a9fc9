from dataclasses import replace

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from resources.models import Session, SessionMaterial, TrainingPage
from resources.record import rows
from resources.record.classification import search_link, session_key
from resources.record.reading import Reading
from resources.record.shape import GlanceRow, Item, MaterialRow, Parts, SessionRow
from resources.record.texts import dates, day, listed, row, website, websites, wording, years
from search.documents import OPEN_END
from search.languages import standing_alone
from search.wording import listing


def parts(reading: Reading) -> Parts:
    """A course or event: when, where, in which languages, and its sessions in order."""
    work, terms = reading.work, reading.classification
    cancelled = work.status == TrainingPage.Status.CANCELLED
    return Parts(
        glance=[
            row(_("Kind"), work.get_kind_display()),
            row(_("Status"), work.get_status_display()),
            row(_("Date"), *_when(work)),
            row(_("Mode"), _mode(work)),
            row(_("Place"), work.place),
            rows.countries(reading),
            _languages(reading, _("Given in"), "languages"),
            _languages(reading, _("Interpretation into"), "interpretation"),
            row(_("Places"), number_format(work.capacity, force_grouping=True) if work.capacity else ""),
            *rows.organisations(reading, work.organisers_text),
            row(_("Who it is for"), wording(work.audience_text, reading.language(work.wording_language_id))),
            rows.material_languages(reading),
            row(_("Website"), website(work.website)),
        ],
        remarks=[_("This training was cancelled.")] if cancelled else [],
        relations={
            "trainers": _("Trainers"),
            "alumni": _("Experts trained here"),
            "adopted_by": _("Practices that took it up"),
        },
        terms={"strategy": [pk for pks in terms.by_detail("session_strategies").values() for pk in pks]},
        more={
            "sessions": tuple(_session(session, reading) for session in _sessions(reading)),
            "registration_url": "" if cancelled or _is_over(work) else work.registration_url,
        },
    )


def _is_over(work: TrainingPage) -> bool:
    last = work.last_day
    return work.status == TrainingPage.Status.HELD or bool(last and last < timezone.localdate())


def _when(work: TrainingPage) -> list[str]:
    last = work.end_date or work.start_date
    if work.date_to_be_announced or not last:
        return [_("Date to be announced")] if work.date_to_be_announced else []
    goes_on = work.last_day == OPEN_END
    begun = goes_on and work.start_date <= timezone.localdate()
    if work.only_year:
        return [years(work.start_date and work.start_date.year, None if begun else last.year)]
    if not work.start_date:
        return [_("Until %(date)s") % {"date": day(last)}]
    texts = [dates(work.start_date, work.end_date)]
    if goes_on:
        since = _("Since %(date)s") if begun else _("From %(date)s")
        texts = [since % {"date": day(work.start_date)}]
    if work.start_time:
        time = date_format(work.start_time, "TIME_FORMAT")
        zone = work.time_zone.replace("_", " ")
        values = {"time": time, "zone": zone}
        texts.append(_("%(time)s, time of %(zone)s") % values if zone else _("At %(time)s") % values)
    return texts


def _mode(work: TrainingPage) -> Item | None:
    return Item(work.get_mode_display(), search_link("mode", work.mode)) if work.mode else None


def _languages(reading: Reading, label: str, field: str) -> GlanceRow:
    items = reading.classification.items("language", reading.classification.pks(field))
    return row(label, *(replace(item, text=standing_alone(item.text)) for item in items))


def _sessions(reading: Reading):
    sessions = reading.work.sessions.all()
    return sessions if reading.unsaved else sessions.prefetch_related("materials")


def _session(session: Session, reading: Reading) -> SessionRow:
    terms = reading.classification
    words = reading.language(session.wording_language_id)
    languages = [*terms.items("language", terms.by_detail("session_languages").get(session_key(session), ()))]
    languages[:1] = [replace(item, text=standing_alone(item.text)) for item in languages[:1]]
    countries = (session.country_id, *terms.by_detail("session_more_countries").get(session_key(session), ()))
    return SessionRow(
        title=wording(session.title, words),
        described=_("A description: the title in the programme was not seen.") if session.described_title else "",
        languages=listed(languages, reading.locale),
        speakers=wording(session.speakers_text, words),
        profiles=tuple(
            Item(expert.title, expert.url, expert.lang, expert.dir) for expert in reading.links.speakers(session)
        ),
        country=listing(terms.names("country", countries), reading.locale),
        strategies=terms.items("strategy", terms.by_detail("session_strategies").get(session_key(session), ())),
        materials=tuple(_material(material, reading) for material in session.materials.all()),
        source=next(iter(websites(session.source_url)), None),
    )


def _material(material: SessionMaterial, reading: Reading) -> MaterialRow:
    title = wording(material.title, reading.language(material.language_id)) or Item(str(material.get_kind_display()))
    languages = reading.classification.items("language", [material.language_id])
    names = (replace(item, text=standing_alone(item.text)) for item in languages)
    return MaterialRow(replace(title, url=material.url), listed(names, reading.locale))
