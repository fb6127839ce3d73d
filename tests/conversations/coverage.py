"""What the stories have seen of the procedure files, taken from what the product answered."""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from service.cases.procedures.model import Procedure, Question

Json = dict[str, Any]

KINDS = ("question", "choice", "document", "check", "step", "outcome", "turn", "return", "payout")


@dataclass(frozen=True, order=True)
class Item:
    """One thing that a procedure file promises."""

    procedure: str
    kind: str
    name: str


def promised(procedure: Procedure) -> Iterator[Item]:
    """Everything that a story can meet in this file."""

    def item(kind: str, name: str) -> Item:
        return Item(procedure.code, kind, name)

    for question in _questions(procedure):
        yield item("question", question.field)
        for choice in question.choices:
            yield item("choice", f"{question.field}={choice.value}")
            if choice.turns_to:
                yield item("turn", f"{question.field}={choice.value} → {choice.turns_to}")
        if question.nothing_there:
            yield item("question", f"{question.field}, and nothing is there")
    yield from (item("document", document.key) for document in procedure.documents)
    for check in procedure.checks:
        yield item("check", f"{check.key} held")
        yield item("check", f"{check.key} not held")
    yield from (item("step", step.key) for step in procedure.steps)
    said = ("closed",) if procedure.filing == "self_service" else ("approved", "rejected", "closed")
    yield from (item("outcome", name) for name in said)
    if procedure.machine_return:
        yield item("return", "machine on its way")
    if procedure.payout:
        ways = ("account on file", "another account") if procedure.payout.route == "account" else ("original way",)
        yield from (item("payout", way) for way in ways)


@dataclass
class Sightings:
    """Collects what was met, by procedure."""

    catalogue: Mapping[str, Procedure]
    seen: set[Item] = field(default_factory=set)

    def text(self, code: str, text: str) -> None:
        """Something that was said while an application of this procedure was at hand."""
        procedure = self.catalogue[code]
        for question in _questions(procedure):
            if question.prompt in text:
                self._see(code, "question", question.field)
            if question.nothing_there and question.nothing_there in text:
                self._see(code, "question", question.field, f"{question.field}, and nothing is there")
        for name, sentence in procedure.outcomes:
            if sentence in text:
                self._see(code, "outcome", name)

    def application(self, application: Json) -> None:
        """The application as its merchant sees it."""
        code = application["procedure"]["code"]
        procedure = self.catalogue[code]
        choices = {question.field for question in procedure.questions if question.choices}
        self._see(code, "document", *(document["key"] for document in application["documents"]))
        chosen = (f"{row['field']}={row['value']}" for row in application["answers"] if row["field"] in choices)
        self._see(code, "choice", *chosen)
        self._see(code, "step", *(step["key"] for step in application["steps"] if _is_here(step, application)))
        question = application["next_question"]
        if question and question["kind"] == "blocked":
            self._see(code, "check", f"{question['field']} not held")
        if application["state"] == "inspecting":
            self._see(code, "return", "machine on its way")
        if procedure.payout and application["payout"] and application["payout"]["state"] == "paid":
            self._see(code, "payout", _way(procedure, application))

    def turned(self, before: Json, after: Json) -> None:
        """An answer that went on in another procedure."""
        code, target = before["procedure"]["code"], after["procedure"]["code"]
        for answer in before["answers"]:
            question = self.catalogue[code].question(answer["field"])
            for choice in question.choices if question else ():
                if choice.value == answer["value"] and choice.turns_to == target:
                    self._see(code, "turn", f"{answer['field']}={choice.value} → {target}")

    def detail(self, detail: Json) -> None:
        """The application as the desk sees it."""
        self.application(detail["application"])
        code = detail["application"]["procedure"]["code"]
        titles = {check.title: check.key for check in self.catalogue[code].checks}
        for fact in detail["facts"]:
            key, value = titles.get(fact["label"]), fact["value"]
            if key and value.startswith(("符合", "不符合")):
                self._see(code, "check", f"{key} {'not held' if value.startswith('不') else 'held'}")

    def missing(self) -> list[Item]:
        return sorted(self._promised() - self.seen)

    def table(self) -> str:
        """Seen of promised, for each procedure and kind, and what is missing."""
        all_items = self._promised()
        shares = [(code, *_shares(all_items, self.seen, code)) for code in sorted(self.catalogue)]
        rows = [("procedure", *KINDS, "all"), *shares]
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        lines = ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
        covered = len(all_items & self.seen)
        lines.append(f"covered: {covered} of {len(all_items)} ({100 * covered / len(all_items):.1f} %)")
        missing = itertools.groupby(self.missing(), key=lambda item: f"{item.procedure} {item.kind}")
        lines += [f"not seen: {where}: {', '.join(item.name for item in items)}" for where, items in missing]
        return "\n".join(lines)

    def _promised(self) -> set[Item]:
        return {item for procedure in self.catalogue.values() for item in promised(procedure)}

    def _see(self, code: str, kind: str, *names: str) -> None:
        self.seen |= {Item(code, kind, name) for name in names}


def _questions(procedure: Procedure) -> list[Question]:
    return [*procedure.questions, *([procedure.machine_return.question] if procedure.machine_return else [])]


def _is_here(step: Json, application: Json) -> bool:
    is_end = application["state"] == "closed" and step == application["steps"][-1]
    return step["state"] in ("current", "failed") or is_end


def _way(procedure: Procedure, application: Json) -> str:
    terms = procedure.payout
    if terms is None or terms.route == "original":
        return "original way"
    chosen = {answer["field"]: answer["value"] for answer in application["answers"]}
    return "account on file" if chosen.get(terms.account_choice or "") == terms.on_file else "another account"


def _shares(promised_items: Iterable[Item], seen: set[Item], code: str) -> list[str]:
    mine = [item for item in promised_items if item.procedure == code]
    total, met = Counter(item.kind for item in mine), Counter(item.kind for item in mine if item in seen)
    cells = [f"{met[kind]}/{total[kind]}" if total[kind] else "–" for kind in KINDS]
    return [*cells, f"{met.total()}/{total.total()}"]
