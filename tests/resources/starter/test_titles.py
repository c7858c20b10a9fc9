import pytest

from resources.starter.titles import Title, plain_title, without_last_note


@pytest.mark.parametrize(
    ("cell", "title"),
    [
        ("SASA! study (3ie Impact Evaluation Report 24)", Title("SASA! study (3ie Impact Evaluation Report 24)")),
        ("INSPIRE (launch page)", Title("INSPIRE (launch page)")),
        (
            "(Trial of a programme; full title not seen in the source extract)",
            Title("Trial of a programme", True, "full title not seen in the source extract"),
        ),
        ("(Realities of migration)", Title("Realities of migration", True)),
        ("(Rates; video)", Title("Rates; video", True)),
        ("Policy brief (descriptive title)", Title("Policy brief", True, "descriptive title")),
        (
            "Review of schools (scoping review; title from the record address)",
            Title("Review of schools (scoping review)", True, "title from the record address"),
        ),
        (
            "PREPARE (descriptive title; the exact title was not in the extract)",
            Title("PREPARE", True, "descriptive title; the exact title was not in the extract"),
        ),
        (
            "Guía (sobre el acoso; título tomado de la dirección del registro)",
            Title("Guía (sobre el acoso)", True, "título tomado de la dirección del registro"),
        ),
        ("(A) and (B)", Title("(A) and (B)")),
    ],
)
def test_remarks_on_the_title_become_notes(cell, title):
    assert plain_title(cell) == title


def test_the_last_note_of_a_training():
    assert without_last_note("Meeting Q3 (announced)") == Title("Meeting Q3", note="announced")
    assert without_last_note("Meeting (Q3) 2024") == Title("Meeting (Q3) 2024")
