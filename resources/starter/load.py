"""The whole load: everything is checked before anything is written, then each file in a transaction of its own."""

from collections.abc import Callable

from resources.starter import (
    countries,
    evaluations,
    helplines,
    practices,
    profiles,
    programmes,
    publications,
    structure,
    trainings,
    vocabularies,
    wordings,
)
from resources.starter.content import Content
from resources.starter.facts import Facts
from resources.starter.report import Report
from resources.starter.shelf import Shelf

# In this order: evaluations link to programmes.
WORKS = (
    (profiles.count_strategies, profiles.load_strategies),
    (programmes.count, programmes.load),
    (evaluations.count, evaluations.load),
    (publications.count, publications.load),
    (practices.count, practices.load),
    (trainings.count, trainings.load),
    (countries.count, countries.load),
    (helplines.count, helplines.load),
)
EXAMPLES = ((profiles.count_experts, profiles.load_experts),)


def steps(content: Content, examples: bool) -> int:
    """How often `load` calls `step`."""
    facts = Facts(content)
    parts = WORKS + (EXAMPLES if examples else ())
    return vocabularies.count(content) + structure.count(content) + sum(count(facts) for count, _load in parts)


def load(content: Content, examples: bool, step: Callable[[], None]) -> Report:
    """Put in what is not there yet."""
    report = Report()
    shelf = Shelf(report, step)
    facts = Facts(content)
    vocabularies.load(content, shelf)
    structure.load(content, shelf)
    wordings.load(facts, shelf)
    for _count, load_works in WORKS + (EXAMPLES if examples else ()):
        load_works(facts, shelf)
    return report
