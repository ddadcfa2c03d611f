"""Adapters: small weights trained on top of a frozen model. They add to the rules of lineage, they replace none."""

import re

from kg.extract.cue import Cue
from kg.extract.relations.reading import NAME
from kg.extract.rule import Rule

#: What trains few weights beside a model's own: a technique by name, or in words.
_TECHNIQUE = (
    rf"(?:(?P<technique>{NAME})|low-rank adapt(?:ation|ers?)|(?:lightweight |low-rank |language |task )?adapters?"
    r"|prefix[- ]tuning|prompt[- ]tuning|parameter-efficient (?:fine-?tuning|adaptation))"
)
_ADAPTER = re.compile(r"(?:\w*-)?(?:\w{0,4}LoRA|PEFT|IA3|Adapters?|Prefix[- ]Tuning|Prompt[- ]Tuning)", re.IGNORECASE)

RULES = (
    Rule(
        id="adaptation.adapter",
        predicate="adaptedFrom",
        says="an adapter, a LoRA or other few weights of, for or on top of a named model",
        example="We introduce Zephon, a low-rank adapter for Boreas 7B.",
        finds=("Zephon", "Boreas 7B"),
        counterexample="We introduce Zephon, a power adapter for laptops.",
        reader="descent",
        technique=_ADAPTER,
        cue=Cue(
            rf"{_TECHNIQUE}(?: (?:adapters?|modules?|weights|layers|fine-?tuning|fine-?tuned|training|trained))*"
            r" (?:of|for|on top of|to|on|over|from)\b"
        ),
    ),
    Rule(
        id="adaptation.by",
        predicate="adaptedFrom",
        says="a named model is fine-tuned or adapted with LoRA or adapters",
        example="We introduce Zephon, a language model, by fine-tuning Boreas 7B with low-rank adapters.",
        finds=("Zephon", "Boreas 7B"),
        counterexample="We introduce Zephon, a language model, by fine-tuning Boreas 7B with more data.",
        reader="descent",
        technique=_ADAPTER,
        cue=Cue(
            r"\b(?:fine-?tun(?:e|ed|es|ing)|adapt(?:s|ed|ing)?|post-?train(?:ed|ing)?|train(?:ed|ing)?|tun(?:ed|ing)"
            r"|applied|apply|applying)\b"
            rf"(?= (?:the |a |an )?(?:[a-z-]+ ){{0,3}}{NAME}(?: models?| backbones?)? (?:on [^.;⟦]{{1,40}} )?"
            rf"(?:with|using|via|through|by) (?:[a-z-]+ ){{0,3}}?{_TECHNIQUE})"
        ),
    ),
)
