"""What a reversed first migration takes away beside its tables: the pages that were kept in them.

A page has a row in Wagtail's own table too. Left there without its other half, it keeps its address from whatever is
made afterwards and answers with an error.
"""

from collections.abc import Iterator

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState
from django.db.models import Q, QuerySet

STEP = len("0001")  # length of a level in the paths of Wagtail's tree
BATCH = 500  # databases limit how many values a statement may have

# Tables that name content by type and number, and the fields in which they do, in the order of deletion. They do not go
# by themselves, and numbers begin anew with new tables.
REFERENCES = {
    ("wagtailcore", "WorkflowState"): [("content_type", "object_id")],
    ("wagtailcore", "Revision"): [("content_type", "object_id")],
    ("wagtailcore", "ReferenceIndex"): [("content_type", "object_id"), ("to_content_type", "to_object_id")],
    ("wagtailcore", "ModelLogEntry"): [("content_type", "object_id")],
    ("wagtailsearch", "IndexEntry"): [("content_type", "object_id")],
    ("wagtailadmin", "EditingSession"): [("content_type", "object_id")],
    ("wagtailadmin", "FormState"): [("content_type", "object_id")],
    ("taggit", "TaggedItem"): [("content_type", "object_id")],
    ("wagtail_localize", "TranslationSource"): [("specific_content_type", "object")],
    ("wagtail_localize", "TranslatableObject"): [("content_type", "translation_key")],
}
NAMED_BY_KEY = ("object", "translation_key")  # all translations of a page at once


class RemovePages(migrations.RunPython):
    """Forwards nothing. Place it first: backwards it comes last, when no table refers to those pages any more."""

    def __init__(self) -> None:
        super().__init__(migrations.RunPython.noop, migrations.RunPython.noop)

    def deconstruct(self) -> tuple[str, list, dict]:
        return self.__class__.__name__, [], {}

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Delete the pages of the app `app_label` and all that is kept about its content."""
        # Built anew: where the migrations of several apps were taken back, classes of one model from before and after
        # a step are mixed in the state, and a deletion refuses those of the others.
        fresh = ProjectState({key: model.clone() for key, model in from_state.models.items()}, from_state.real_apps)
        _remove_pages(app_label, fresh, schema_editor)


def _remove_pages(app_label: str, state: ProjectState, schema_editor: BaseDatabaseSchemaEditor) -> None:
    database = schema_editor.connection.alias

    def rows(*model: str) -> QuerySet:
        return state.apps.get_model(*model)._base_manager.using(database)

    pages = rows("wagtailcore", "Page")
    found = list(pages.filter(content_type__app_label=app_label).values_list("pk", "path", "translation_key"))
    numbers, paths, keys = (list(column) for column in zip(*found, strict=True)) if found else ([], [], [])
    for model, fields in REFERENCES.items():
        for of_type, of_number in fields:
            rows(*model).filter(**{f"{of_type}__app_label": app_label}).delete()
            # Others call every page a page, whatever its type.
            of_pages = Q(**{f"{of_type}__app_label": "wagtailcore", f"{of_type}__model": "page"})
            for some in _batches(keys if of_number in NAMED_BY_KEY else numbers):
                rows(*model).filter(of_pages, **{f"{of_number}__in": some}).delete()
    for some in _batches(numbers):
        pages.filter(pk__in=some).delete()
    for path in {path[:-STEP] for path in paths}:
        parent = pages.filter(path=path)
        parent.update(numchild=pages.filter(path__startswith=path, depth=len(path) // STEP + 1).count())


def _batches(values: list) -> Iterator[list]:
    return (values[start : start + BATCH] for start in range(0, len(values), BATCH))
