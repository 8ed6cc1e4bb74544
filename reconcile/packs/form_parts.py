"""What a form is made of beside its fields: rows, totals, bases, headings, registers."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from reconcile.packs.problems import Wrong, compiled

IDENTIFIER = r"^[A-Za-z][A-Za-z0-9_]*$"
Identifier = Annotated[str, Field(pattern=IDENTIFIER)]
Label = str | list[str]
Language = Literal["ja", "en"]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, arbitrary_types_allowed=True, defer_build=True)


class Bilingual(Part):
    """A text in both languages."""

    ja: str
    en: str

    def get(self, lang: str) -> str:
        return self.ja if lang == "ja" else self.en


class BlockRows(Part):
    """The rows of a record in a block: version → its word, with further accepted words."""

    label: str
    versions: dict[str, str]
    also: dict[str, list[str]] = {}


class Total(Part):
    """A total or subtotal row of a table; a breakdown row stands below the total and splits it up.

    ``flag`` is the flag that the records bear which a breakdown row counts.
    """

    level: Literal["subtotal", "total", "breakdown"]
    label: str
    also: list[str] = []
    within: Identifier | None = None
    flag: Identifier | None = None

    @model_validator(mode="after")
    def _knows_its_flag(self) -> Self:
        if (self.level == "breakdown") != (self.flag is not None):
            raise Wrong("breakdown_flag")
        return self


class Tags(Part):
    """Two cells of the template between which the table stands; in each of them the tag and nothing else.

    The table reaches from the column of ``start`` to that of ``end`` where this stands further right, else to the edge
    of the sheet.
    """

    start: str
    end: str


class Examples(Part):
    """Rows that the template fills in to show how: the ``first`` so many below the header, and every row in which a
    text (of ``field``, or any of the row) begins with one of ``words``. They are no answers."""

    words: list[str] = []
    field: Identifier | None = None
    first: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _says_which(self) -> Self:
        if not self.words and not self.first:
            raise Wrong("examples_which")
        return self


class OfSheet(Part):
    """A value that a sheet states once for all that stands on it: beside one of the labels, or in the sheet's name.

    ``name`` is looked for in the name of the sheet as it is, then in the name folded (one width, no white space, no
    case); its first group is the value.
    """

    label: list[str] = []
    name: str | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if bool(self.label) == (self.name is not None):
            raise Wrong("label_or_name")
        return self

    @field_validator("name")
    @classmethod
    def _has_a_group(cls, value: str | None) -> str | None:
        if value is not None and compiled(value).groups < 1:
            raise Wrong("group_value")
        return value


class Relisted(Part):
    """How a row says that it is listed before (再掲): ``mark`` is looked for in the text of ``field``, folded as a
    name (one width, no white space, no case). Totals leave such rows out.

    ``reference``: the text of ``field`` is the number of the original, in whatever notation (１（１）① is 1-1①); it
    must be that of the register, and leads to the original where the register says nothing."""

    field: Identifier
    mark: str
    reference: bool = False

    @field_validator("mark")
    @classmethod
    def _compiles(cls, value: str) -> str:
        compiled(value)
        return value


class Inside(Part):
    """A table that stands inside each card of another form: its records belong to the card.

    ``key`` is the field that takes the card's own key, ``line`` the one that counts the rows, from 1; both are parts
    of the table's key, and neither has a column. ``below`` is the field of the card it is printed below (without it,
    below the card's texts); it is read wherever it stands.
    """

    form: Identifier
    key: Identifier
    line: Identifier
    below: Identifier | None = None


class Basis(Part):
    """How the basis of a record's total is found, in this order: column, label, register, unit, figures."""

    field: Identifier | None = None
    label: Identifier
    notes: str | None = None
    marks: dict[str, str] = {}
    register_column: str | None = Field(default=None, alias="register")
    units: dict[str, str] = {}
    first: list[str] = []
    total: str | None = None
    figures: str | None = None
    otherwise: str


class Above(Part):
    """What heads several sections: its label, and the columns of its key and name."""

    label: Bilingual
    key: str
    name: str


class Members(Part):
    """What belongs to a section, one row each: the columns of the section's key, of its own key and of its name."""

    file: str
    group: str
    key: str
    name: str


class Sections(Part):
    """How a printed form heads its records: one section a group, as a register lists them.

    ``key`` is the column that holds a record's group, ``departments`` the one that says who answers
    (several are parted by ``;``).
    """

    file: str
    key: str
    name: str
    label: Bilingual
    departments: str | None = None
    above: Above | None = None
    members: Members | None = None


class RegisterLink(Part):
    """Which records are expected, of whom, and under which names."""

    file: str
    key: str  # column of the register
    field: Identifier | None = None  # the field compared; without it the record's whole key
    names: dict[str, Identifier] = {}  # register column → field
    responsible: dict[str, Identifier] = {}  # register column → field that says who within the department answers
    department: str  # column of who answers; several, parted by ;, answer each
    selection: bool = False  # the form names some of the register's records, and owes none
