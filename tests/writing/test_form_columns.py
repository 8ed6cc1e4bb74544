"""The printed columns of a form follow from what the pack says of it, whatever the pack."""

from __future__ import annotations

from reconcile.packs import available, load
from reconcile.packs.model import Form
from reconcile.writing.form_columns import layout


def _form(**more: object) -> Form:
    words = {"ja": "様式", "en": "Form"}
    return Form.model_validate({"form": "f", "name": words, "title": words, "key": ["number"], **more})


def test_a_block_has_its_words_between_what_stands_once_and_what_stands_on_each_row() -> None:
    form = _form(
        layout="block",
        rows={"label": "区分", "versions": {"plan": "計画", "actual": "実績"}},
        fields={
            "number": {"type": "key", "label": "番号"},
            "basis": {"type": "text", "label": "種別", "optional": True},
            "value": {
                "type": "measure",
                "columns": [{"label": "現況値", "version": "baseline"}, {"label": "令和6年度", "period": "FY2024"}],
            },
            "reason": {"type": "text", "label": "理由", "longest": 600},
        },
    )
    found = layout(form)
    assert [column.head[-1] for column in found.columns] == ["番号", "現況値", "区分", "令和6年度", "理由"]
    assert [column.slots for column in found.columns] == [
        ("number",),
        ("value.baseline",),
        (),
        ("value.plan.FY2024", "value.actual.FY2024"),
        ("reason",),
    ]
    assert [column.head[-1] for column in found.extra] == ["種別"]
    assert (found.rows, found.head_rows) == (2, 1)


def test_a_table_has_the_header_lines_of_its_columns() -> None:
    form = _form(
        layout="table",
        unit="千円",
        fields={
            "number": {"type": "key", "label": "番号"},
            "amount": {
                "type": "money",
                "columns": [
                    {"label": ["当初", "令和4年度"], "version": "initial", "period": "FY2022"},
                    {"label": ["実績", "令和4年度"], "version": "actual", "period": "FY2022"},
                ],
            },
        },
    )
    found = layout(form)
    assert found.head_rows == 2
    assert [(number, column.slots) for number, column in found.figures()] == [
        (2, ("amount.initial.FY2022",)),
        (3, ("amount.actual.FY2022",)),
    ]


def test_every_slot_of_every_form_of_every_pack_is_printed_once() -> None:
    for name in available():
        for form in load(name).forms.values():
            found = layout(form)
            printed = [slot for column in (*found.columns, *found.extra) for slot in column.slots]
            carried = {
                f"{field.carries.field}.{field.carries.version}" for field in form.fields.values() if field.carries
            }
            assert sorted(printed) == sorted(set(form.slots()) - carried), (name, form.form)
