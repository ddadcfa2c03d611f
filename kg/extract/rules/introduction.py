"""What a paper introduces, and what kind of thing it is: read by :mod:`kg.extract.relations.introduction`."""

from kg.extract.rule import Rule

RULES = (
    Rule(
        id="introduction.verb",
        predicate="introduces",
        says="the authors or the paper introduce, present, propose, release ... a thing named right behind the verb",
        example="We introduce Zephon, a language model for weather reports.",
        finds=("PAPER", "Zephon"),
        counterexample="Zephon was introduced by others; we introduce no model.",
    ),
    Rule(
        id="introduction.apposition",
        predicate="introduces",
        says="the authors introduce something that a noun phrase describes, and its name stands beside the phrase",
        example="We propose a new language model for weather reports, Zephon.",
        finds=("PAPER", "Zephon"),
        counterexample="We propose a new method for language models, such as Zephon.",
    ),
    Rule(
        id="introduction.naming",
        predicate="introduces",
        says="a phrase for something new is followed by called, named, dubbed, which we call ... and a name",
        example="The result is a new language model, dubbed Zephon.",
        finds=("PAPER", "Zephon"),
        counterexample="We study an existing model called Zephon.",
    ),
    Rule(
        id="introduction.list",
        predicate="introduces",
        says="several things are introduced at once: in brackets behind their noun, or as members of what is released",
        example="We release three data sets (CloudMath, CloudCode, and CloudTalk).",
        finds=("PAPER", "CloudCode"),
        counterexample="We compare three data sets (CloudMath, CloudCode, and CloudTalk).",
    ),
    Rule(
        id="introduction.own",
        predicate="introduces",
        says="'our' before a name that is in the title, states its size or gives its long form",
        example="Our Zephon-7B beats larger models.",
        finds=("PAPER", "Zephon-7B"),
        counterexample="Our Zephon experiments took a week.",
    ),
    Rule(
        id="introduction.title",
        predicate="introduces",
        says="a name stands before the colon of the title, or is the title, and the abstract uses it",
        example="Zephon: A Language Model for Weather Reports\nForecasts are hard. Zephon writes them well.",
        finds=("PAPER", "Zephon"),
        counterexample="Weather Reports: A Study\nForecasts are hard.",
    ),
    Rule(
        id="introduction.family",
        predicate="introduces",
        says="a family, series or suite consists of, comprises or includes named members",
        example="We introduce Zephon. The Zephon family consists of Zephon Mini and Zephon Max.",
        finds=("PAPER", "Zephon Mini"),
        counterexample="The family of such methods is large, and Zephon Mini is old.",
    ),
    Rule(
        id="introduction.type",
        predicate="type",
        says="the noun of the phrase, copula or name of an introduced thing says what it is",
        example="We introduce Zephon, a language model for weather reports.",
        finds=("Zephon", "Model"),
        counterexample="Language models write weather reports.",
    ),
)
