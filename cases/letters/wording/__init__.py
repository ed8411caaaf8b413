"""What letters say in every language, kept as data: words around a letter, rules in words, how to appeal.

A file a language and topic, with the same keys in every language. What a text depends on is named by the codes of the
rule data; `{braces}` are filled in here and nowhere else.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from cases import law
from cases.law import Basis, Rule
from cases.letters.contents import AppealRights, DecisionLetter, LeaseLetter, Letter, StatementLetter

_FOLDER = Path(__file__).parent
_TO = "\N{EN DASH}"
#: The files of one language.
TOPICS = ("common", "acts", "rules", "appeal", "decisions", "titles", "fields", "sample")


class NotWorded(LookupError):
    """There are no words for this in the letter's language."""


@dataclass(frozen=True)
class AppealWords:
    """The box on appeal: paragraphs on where and how, and on seeing the file."""

    paragraphs: tuple[str, ...]
    file_access: str


@cache
def texts(language: str, topic: str) -> dict[str, Any]:
    """One file's texts."""
    return tomllib.loads(source(language, topic))


@cache
def source(language: str, topic: str) -> str:
    return (_FOLDER / language / f"{topic}.toml").read_text()


def common(language: str) -> dict[str, Any]:
    """The words that stand around every letter."""
    return texts(language, "common")


def title_of(letter: Letter) -> str:
    """The letter's title, without names: the heading, and what lists and archives call it."""
    title = _at(texts(letter.language, "titles"), letter.heading)
    return _filled(title, **_nouns(letter.language, getattr(letter, "kind", "") or getattr(letter, "about", "")))


def outcome_of(letter: DecisionLetter) -> str:
    """What is decided, in one sentence."""
    sentences = texts(letter.language, "decisions")["outcome"]
    sentence = sentences[letter.move][letter.result]
    return _filled(sentence, unit=letter.sender.unit, **_nouns(letter.language, letter.kind))


def way_on(letter: DecisionLetter) -> tuple[str, ...]:
    """What happens next, where something does."""
    told = texts(letter.language, "decisions")["way_on"]
    stage = "granted" if letter.is_granted else "otherwise"
    known = {
        "stay_months": number(letter.language, law.value("stay.limit_months", on=letter.issued_on)),
        "plan_days": str(law.value("plan.within_days", on=letter.issued_on)),
    }
    return tuple(_filled(each, **known) for each in told.get(letter.kind, {}).get(stage, ()))


def said_of(letter: Letter) -> dict[str, Any]:
    """What a template says beside its own words: all that the wording files have for this letter's codes."""
    language = letter.language
    told = {field.name: getattr(letter, field.name) for field in fields(letter)}
    rules = {name: value for name, value in told.items() if isinstance(value, Rule)}
    said: dict[str, Any] = {
        "law": {name: cited(language, [rule]) for name, rule in rules.items()},
        "number": {name: number(language, rule.value) for name, rule in rules.items() if isinstance(rule.value, int)},
    }
    for name in ("kind", "about"):
        code = getattr(letter, name, "")
        said[name] = _nouns(language, code)["noun"] if code in texts(language, "decisions")["kinds"] else ""
    body, appeal = getattr(letter, "body", None), getattr(letter, "appeal", None)
    said["body"] = body_name(language, body) if body else ""
    if appeal is not None:
        said["appeal"] = appeal_in_words(language, appeal, unit=letter.sender.unit, reference=letter.reference)
    if isinstance(letter, LeaseLetter):
        said["most_months"] = number(language, letter.most_months)
    if isinstance(letter, DecisionLetter | StatementLetter):
        said["rule"] = rule_in_words(language, letter.basis, on=letter.issued_on)
    if isinstance(letter, DecisionLetter):
        said["outcome"], said["way_on"] = outcome_of(letter), way_on(letter)
    return said


def rule_in_words(language: str, basis: Basis, *, on: date) -> tuple[str, ...]:
    """The rule that a decision is founded on as it read that day, and where it stands.

    :raises NotWorded: when the rule has no words for that day
    """
    for row in texts(language, "rules")["rule"]:
        ended = row.get("until")
        if row["basis"] == basis.code and row["from"] <= on and (ended is None or on < ended):
            return (*row["text"], _where_it_stands(language, basis))
    raise NotWorded(f"{basis.code} {on}")


def appeal_in_words(language: str, rights: AppealRights, *, unit: str, reference: str) -> AppealWords:
    """How and where to appeal, and the right to see the file, after the act in force."""
    told = texts(language, "appeal")
    by_body, by_act = told["body"][rights.body], told["act"][rights.act]
    known = {
        "unit": unit,
        "reference": reference,
        "body": by_body["name"],
        "weeks": number(language, rights.weeks),
        "years": number(language, rights.years, is_neuter=True),
        "law": cited(language, rights.rules),
        "file_law": cited(language, [rights.file_access]),
    }
    paragraphs = [by_body["where"], *by_act["how"]]
    return AppealWords(
        paragraphs=tuple(_filled(each, **known) for each in paragraphs), file_access=_filled(by_act["file"], **known)
    )


def body_name(language: str, body: str) -> str:
    return str(texts(language, "appeal")["body"][body]["name"])


def cited(language: str, rules: Iterable[Rule]) -> str:
    """Where rules stand, each act once: `sosialtjenesteloven § 47 og forvaltningsloven §§ 29, 33 og 42`."""
    by_act: dict[str, list[str]] = {}
    for rule in rules:
        paragraphs = by_act.setdefault(rule.act.code, [])
        for paragraph in _numbers(rule.paragraph):
            if paragraph not in paragraphs:
                paragraphs.append(paragraph)
    named = texts(language, "acts")
    return listed(
        language, [f"{named[act]['name']} {_sections(language, found)}".strip() for act, found in by_act.items()]
    )


def listed(language: str, items: list[str]) -> str:
    """`a, b og c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {common(language)['and']} {items[-1]}"


def number(language: str, value: int, *, is_neuter: bool = False) -> str:
    """A small number in words, a larger one in digits."""
    words = common(language)
    forms = {**words["numbers"], **words["neuter"]} if is_neuter else words["numbers"]
    return str(forms.get(str(value), value))


def _where_it_stands(language: str, basis: Basis) -> str:
    sentences, act = texts(language, "rules"), texts(language, "acts")[basis.act.code]
    sentence = sentences["stands_in"] if basis.paragraph else sentences["stands_in_act"]
    paragraph = _sections(language, _numbers(basis.paragraph)) if basis.paragraph else ""
    return _filled(sentence, paragraph=paragraph, **act)


def _numbers(paragraph: str) -> list[str]:
    """The single paragraphs of a citation: `§§ 6 og 7` → 6, 7. A chapter stays as it is."""
    if not paragraph.startswith("§"):
        return [paragraph] if paragraph else []
    return [each.strip() for each in paragraph.strip("§ ").replace(" og ", ",").split(",")]


def _sections(language: str, paragraphs: list[str]) -> str:
    if not paragraphs:
        return ""
    if paragraphs[0].startswith("kap"):
        return paragraphs[0].replace("kap.", common(language)["chapter"]).replace(" ", "\N{NO-BREAK SPACE}")
    sign = "§" if len(paragraphs) == 1 and _TO not in paragraphs[0] else "§§"
    numbers = listed(language, [each.replace(" ", "\N{NO-BREAK SPACE}") for each in paragraphs])
    return f"{sign}\N{NO-BREAK SPACE}{numbers}"


def _nouns(language: str, kind: str) -> dict[str, str]:
    kinds: dict[str, dict[str, str]] = texts(language, "decisions")["kinds"]
    return kinds.get(kind, kinds["other"])


def _at(told: dict[str, Any], dotted: str) -> str:
    found: Any = told
    for key in dotted.split("."):
        found = found[key]
    return str(found)


def _filled(text: str, **known: str) -> str:
    for name, value in known.items():
        text = text.replace(f"{{{name}}}", value)
    return text
