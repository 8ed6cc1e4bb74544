"""What the outputs say of findings and rules, in the language of the run."""

from __future__ import annotations

from dataclasses import dataclass, field

from reconcile import catalogue, messages
from reconcile.findings import CellRef, Finding
from reconcile.messages.places import at, row_name
from reconcile.normalise import fold_key
from reconcile.packs.model import Pack
from reconcile.writing.proposals import proposed
from reconcile.writing.words import word


@dataclass(frozen=True)
class Voice:
    """The sentences and words of one run: its pack and its language."""

    pack: Pack
    lang: str
    _sentences: dict[str, str] = field(default_factory=dict)

    def word(self, key: str, **data: object) -> str:
        """One of the master's own words."""
        return word(key, self.lang, **data)

    @property
    def comma(self) -> str:
        """What stands between the items of a list."""
        return "、" if self.lang == "ja" else ", "

    def term(self, group: str, key: str) -> str:
        """A word of the catalogue: a severity, a verdict, the status of a form."""
        return catalogue.term(group, key, self.lang)

    def sentence(self, finding: Finding) -> str:
        """The whole message: where, what, what was expected, what to do. Made once a finding."""
        if not finding.id:
            return messages.render(finding, self.pack, self.lang)
        if finding.id not in self._sentences:
            self._sentences[finding.id] = messages.render(finding, self.pack, self.lang)
        return self._sentences[finding.id]

    def at(self, finding: Finding) -> str:
        """The place in the return: ``様式1!F18``."""
        return at(finding, self.lang)

    def row(self, finding: Finding) -> str:
        """The record a finding is about: its key and its name."""
        printed = self._labels(finding.form, finding.record)
        if printed:
            return printed
        name = row_name(finding, self.pack)
        known = name.startswith(finding.record) or finding.record.endswith(("total", "subtotal", "breakdown"))
        return name if known else f"{finding.record} {name}"

    def _labels(self, form: str, record: str) -> str:
        """The printed labels of a row of a matrix, that of its table before it: the keys are the pack's own."""
        own = self.pack.forms.get(form)
        parts = record.split("/")
        if own is None or own.lines is None or len(parts) != len(own.key):
            return ""
        labels = []
        for key, part in zip(own.key, parts, strict=True):
            for told in (own.tables, own.lines):
                if told is not None and told.field == key:
                    rows = self.pack.tables[told.file].rows
                    labels += [row[told.label] for row in rows if fold_key(row[told.key]) == part][:1]
        return "　".join(labels)

    def record(self, form: str, record: str) -> str:
        """The record of a value: its key and its name."""
        return self.row(Finding("", CellRef(""), form=form, record=record))

    def cause(self, finding: Finding) -> str:
        """What was probably meant, by which slip, and how sure that is; empty where nothing is proposed."""
        return proposed(finding, self.lang)

    def title(self, code: str) -> str:
        """The heading of a rule."""
        return catalogue.entry(code).title.get(self.lang)

    def meaning(self, code: str) -> str:
        """What a rule means, in two or three sentences."""
        return catalogue.entry(code).meaning.get(self.lang)

    def why(self, why: str) -> str:
        """Why something could not be judged."""
        return messages.why_text(why, self.lang)

    def form(self, form: str) -> str:
        """The name of a form, as its sheet is called."""
        if form == self.pack.cover.form:
            return self.pack.cover.name.get(self.lang)
        return self.pack.forms[form].name.get(self.lang) if form in self.pack.forms else form

    def slot(self, version: str, period: str) -> str:
        """``当初計画 令和4年度``: what a figure is of."""
        names = (self.pack.file.versions.get(version), self.pack.file.periods.get(period))
        shown = [name.get(self.lang) if name else raw for name, raw in zip(names, (version, period), strict=True)]
        return " ".join(part for part in shown if part)
