"""Sizes and licences of models: read by :mod:`kg.extract.relations.numbers` and its neighbours."""

from kg.extract.rule import Rule

RULES = (
    Rule(
        id="variant.name",
        predicate="variantOf",
        says="a name goes on behind the name of a series with a size, role or version; the paper introduces one",
        example="We introduce Zephon, a family of language models. Zephon Mini runs on a phone, a small model.",
        finds=("Zephon Mini", "Zephon"),
        counterexample="We introduce Zephon, a family of language models. Boreas Mini runs on a phone.",
    ),
    Rule(
        id="numbers.bracket",
        predicate="parameterCount",
        says="a number with a unit in brackets right behind a model's name",
        example="Our model outperforms Zephon (70B).",
        finds=("Zephon", "70000000000"),
        counterexample="Our model outperforms Zephon (70%).",
    ),
    Rule(
        id="numbers.parameters",
        predicate="parameterCount",
        says="a number of parameters, or a model of 7B, in apposition with a name or as its predicate",
        example="We introduce Zephon, a 7 billion parameter language model.",
        finds=("Zephon", "7000000000"),
        counterexample="We introduce Zephon, which beats models of more than 7 billion parameters.",
    ),
    Rule(
        id="numbers.active",
        predicate="activeParameterCount",
        says="how many parameters a mixture of experts activates for a token",
        example="We introduce Zephon, a mixture-of-experts model with 3B active parameters.",
        finds=("Zephon", "3000000000"),
        counterexample="We introduce Zephon, an active learning model with 3B parameters.",
    ),
    Rule(
        id="numbers.context",
        predicate="contextLength",
        says="a length of context in tokens",
        example="We introduce Zephon, a language model with a context window of 32K tokens.",
        finds=("Zephon", "32000"),
        counterexample="We introduce Zephon, a language model that needs context.",
    ),
    Rule(
        id="numbers.tokens",
        predicate="trainingTokens",
        says="how many tokens a model was trained on",
        example="We introduce Zephon, a language model trained on 1.5 trillion tokens.",
        finds=("Zephon", "1500000000000"),
        counterexample="We introduce Zephon, a language model that reads 1.5 million tokens at once.",
    ),
    Rule(
        id="numbers.member",
        predicate="parameterCount",
        says="sizes listed for a series; each is that of a member, named after its size",
        example="We introduce Zephon, a language model. Zephon is available in sizes of 3B and 8B parameters.",
        finds=("Zephon 3B", "3000000000"),
        counterexample="We introduce Zephon, a language model. It needs 3 and 8 hours.",
    ),
    Rule(
        id="licence.release",
        predicate="license",
        says="a sentence on the release of a thing names a licence",
        example="We introduce Zephon, a language model. Zephon is released under the Apache 2.0 license.",
        finds=("Zephon", "Apache-2.0"),
        counterexample="We introduce Zephon, a language model that reads licenses.",
    ),
    Rule(
        id="licence.bracket",
        predicate="license",
        says="a licence in brackets right behind a name",
        example="We introduce Zephon (Apache 2.0 license), a language model.",
        finds=("Zephon", "Apache-2.0"),
        counterexample="We introduce Zephon (a language model) and read the license.",
    ),
)
