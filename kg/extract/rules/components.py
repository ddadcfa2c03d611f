"""What a system contains or is built around; the system stands before the cue, its parts behind it."""

import re

from kg.extract.cue import Cue
from kg.extract.rule import Rule

RULES = (
    Rule(
        id="component.powered-by",
        predicate="usesComponent",
        says="powered, driven or orchestrated by a named model",
        example="We introduce Zephon, an agent powered by Boreas 70B.",
        finds=("Zephon", "Boreas 70B"),
        counterexample="We introduce Zephon, an agent powered by sunlight.",
        reader="component",
        cue=Cue(
            r"\b(?:powered|driven|orchestrated) by\b",
            re.IGNORECASE,
        ),
    ),
    Rule(
        id="component.processed-with",
        predicate="usesComponent",
        says="inputs encoded, decoded, tokenized, retrieved ... with a named module",
        example="We introduce Zephon, a model. In Zephon, images are encoded with BoreasNet.",
        finds=("Zephon", "BoreasNet"),
        counterexample="We introduce Zephon, a model. Images are encoded with few bits.",
        reader="component",
        cue=Cue(
            r"\b(?:encoded|decoded|tokenized|embedded|rendered|retrieved|extracted|parsed|vocoded|processed"
            r"|segmented)(?: and [a-z]+ed)? (?:with|by|using|via)\b",
            re.IGNORECASE,
        ),
    ),
    Rule(
        id="component.uses",
        predicate="usesComponent",
        says="uses, employs or leverages a known model",
        example="We introduce Zephon, an agent. Zephon leverages GPT-4 to plan ahead.",
        finds=("Zephon", "GPT-4"),
        counterexample="We introduce Zephon, an agent. We use GPT-4 as a baseline.",
    ),
    Rule(
        id="component.with",
        predicate="usesComponent",
        says="does its work with, using or via a known model",
        example="We introduce Zephon, an agent. Zephon plans ahead with GPT-4.",
        finds=("Zephon", "GPT-4"),
        counterexample="We introduce Zephon, an agent. Zephon is on par with GPT-4.",
    ),
    Rule(
        id="component.combines",
        predicate="usesComponent",
        says="combines, uses or is equipped with a named model that its noun makes a part",
        example="We introduce Zephon, a model that combines a frozen BoreasNet encoder with a decoder.",
        finds=("Zephon", "BoreasNet"),
        counterexample="We introduce Zephon, a model that combines speed with accuracy.",
        reader="component",
        cue=Cue(
            r"\b(?:combin(?:es|ing)|integrat(?:es|ing)|incorporat(?:es|ing)|coupl(?:es|ing)|connect(?:s|ing)"
            r"|fus(?:es|ing)|equipped with|augmented with|pairs|consists of|composed of|comprises|wraps|employ(?:s"
            r"|ing)|utiliz(?:es|ing)|leverag(?:es|ing)|us(?:es|ing))\b",
            re.IGNORECASE,
        ),
    ),
)
