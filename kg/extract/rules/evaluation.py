"""Data and figures: read by :mod:`kg.extract.relations.evaluation`."""

from kg.extract.rule import Rule

RULES = (
    Rule(
        id="evaluation.on",
        predicate="evaluatedOn",
        says="a sentence that reports an evaluation names a benchmark or data set as its place",
        example="We introduce Zephon, a language model. We evaluate Zephon on the CloudBench benchmark.",
        finds=("Zephon", "CloudBench"),
        counterexample="We introduce Zephon, a language model. The CloudBench benchmark is popular.",
    ),
    Rule(
        id="evaluation.trained-on",
        predicate="trainedOn",
        says="a model is trained, pre-trained or fine-tuned on, with or using named data",
        example="We introduce Zephon, a language model trained on the CloudText corpus.",
        finds=("Zephon", "CloudText"),
        counterexample="We introduce Zephon, a language model tested on the CloudText corpus.",
    ),
    Rule(
        id="evaluation.result",
        predicate="result",
        says="a figure with its metric or a per cent sign stands beside the benchmark that it was measured on",
        example="We introduce Zephon, a language model. Zephon achieves an accuracy of 67.5% on MMLU.",
        finds=("Zephon", "MMLU|accuracy|67.5%"),
        counterexample="We introduce Zephon, a language model. Zephon improves by 3% on MMLU.",
    ),
    Rule(
        id="evaluation.result-context",
        predicate="result",
        says="the paper's own thing achieves a figure with a metric, and the sentence before names one benchmark",
        example="We introduce Zephon, a language model, and test it on MMLU. Zephon achieves 67.5% accuracy.",
        finds=("Zephon", "MMLU|accuracy|67.5%"),
        counterexample="We introduce Zephon, a language model, and test it on MMLU. Boreas achieves 67.5% accuracy.",
    ),
)
