"""Certificate forms for tests: made-up ones of every sort."""

from __future__ import annotations

from hypothesis import strategies as st

from reports.kit.form_parts import PARTS
from reports.kit.forms import (
    CodeArea,
    Fit,
    Form,
    FormBox,
    FormField,
    FormFrame,
    FormLine,
    PhotoArea,
    RowField,
    Rows,
    SealArea,
)

lengths = st.floats(0, 1200).map(lambda one: round(one, 2))
points = st.tuples(lengths, lengths)
colours = st.from_regex(r"\A#[0-9A-F]{6}\Z")
words = st.text(max_size=20).map(lambda one: one.replace("{", "").replace("}", ""))
texts = st.builds(lambda a, b: f"{a}{{name}}{b}", words, words) | words


@st.composite
def fields(draw):
    """A text of a form."""
    raw = draw(
        st.fixed_dictionaries(
            {
                "key": words,
                "text": texts,
                "x": lengths,
                "y": lengths,
                "width": st.floats(0.5, 1200),
            },
            optional={
                "role": st.sampled_from(["song", "kai", "hei", "fang", "biaosong"]),
                "size": st.floats(4, 200),
                "colour": colours,
                "tracking": st.floats(0, 100),
                "align": st.sampled_from(["left", "center", "right"]),
                "leading": st.floats(1, 100),
                "lines": st.integers(1, 60),
                "indent": st.floats(0, 20),
                "value_role": st.sampled_from(["song", "kai"]),
            },
        )
    )
    if "leading" in raw:
        raw["fit"] = draw(st.sampled_from(Fit))
    return FormField.model_validate(raw)


columns = st.builds(
    RowField,
    key=words,
    text=texts,
    x=lengths,
    width=st.floats(0.5, 200),
    align=st.sampled_from(["left", "center", "right"]),
)
rows = st.builds(
    Rows,
    first_y=lengths,
    pitch=st.floats(1, 200),
    count=st.integers(1, 60),
    columns=st.lists(columns, min_size=1, max_size=3).map(tuple),
)

forms = st.builds(
    Form,
    name=st.from_regex(r"\A[a-z][a-z0-9-]{0,12}\Z"),
    title=st.text(min_size=1, max_size=12),
    width=st.floats(21, 1200),
    height=st.floats(21, 1200),
    frame=st.builds(FormFrame, kind=st.sampled_from(["none", "plain", "meander"]), colour=colours),
    fields=st.lists(fields(), max_size=4).map(tuple),
    lines=st.lists(st.builds(FormLine, start=points, end=points), max_size=2).map(tuple),
    boxes=st.lists(
        st.builds(FormBox, x=lengths, y=lengths, width=lengths, height=lengths), max_size=2
    ).map(tuple),
    photo=st.none() | st.just(PhotoArea(x=10, y=10, width=25, height=35)),
    code=st.none() | st.builds(CodeArea, x=lengths, y=lengths, size=st.floats(15, 100)),
    rows=st.none() | rows,
    seal=st.none() | st.builds(SealArea, x=lengths, y=lengths, text=words),
)


def new_part(slot, **changes):
    """A part of a kind as the designer adds it."""
    kind = PARTS[slot]
    return kind.model.model_validate({**kind.start, **changes})


def small_form(*fields, **changes):
    """A form of 200 × 100 mm with these texts."""
    raw = {"name": "small", "title": "小样", "width": 200, "height": 100}
    return Form.model_validate({**raw, "fields": fields, **changes})
