"""All rules of extraction, one file for each family; a new file here is found by itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from kg.extract.rule import Rule

__all__ = ["all_rules", "rules_for", "rules_of"]


@cache
def all_rules() -> Mapping[str, Rule]:
    """Give every rule by its id; files in the order of the alphabet, rules in the order of their file."""
    files = sorted(module.name for module in iter_modules(__path__))
    found = [rule for file in files for rule in import_module(f"{__name__}.{file}").RULES]
    return {rule.id: rule for rule in found}


@cache
def rules_of(reader: str) -> tuple[Rule, ...]:
    """Give the rules that a reader applies, in order."""
    return tuple(rule for rule in all_rules().values() if rule.reader == reader)


def rules_for(reader: str, words: frozenset[int]) -> list[Rule]:
    """Give the rules of a reader whose cue may match a sentence with these gate words, in order."""
    return [rule for rule in rules_of(reader) if rule.cue.may_match(words)]
