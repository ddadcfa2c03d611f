"""Wordings in which a noun makes a named thing a part of another: "judges (X, Y)", "features from X"."""

from __future__ import annotations

from kg.extract.cue import Cue
from kg.extract.relations.reading import NAME

__all__ = ["PART_NAMED"]

_LIST = rf"(?P<part>{NAME}(?:(?:, and|,| and) {NAME})*)"
_ONE = rf"(?P<part>{NAME})"

#: Each wording by a word for it; the names of the parts are in the group ``part``.
PART_NAMED = {
    # "a frozen language model, X,"
    "names": Cue(
        rf"\b(?:frozen|pre-?trained|off-the-shelf|existing|open-source|advanced)(?: [a-z-]+){{0,4}}? (?:LLM"
        rf"|model|encoder"
        rf"|decoder|backbone|language model),? {_ONE}(?=,| to\b| and\b|\.)"
    ),
    # "using judges (X, Y)"
    "listed": Cue(
        rf"\b(?:using|with|via|by|through)(?: [\w-]+){{0,4}}? (?:judges?|backbones?|encoders?|annotators?|evaluators?"
        rf"|planners?|retrievers?|generators?) \((?:e\.g\.,? |i\.e\.,? )?{_LIST}\)"
    ),
    # "with three LLMs (X, Y, Z)", "passed to a generative model (X)"
    "bracket": Cue(
        rf"\b(?:[Uu]sing|[Ll]everaging|with|by|via|passed to|fed (?:in)?to|employs?|uses?) (?:an? |the |two "
        rf"|three |four )?"
        rf"(?:(?!(?:and|or|of|on|in)\b)[a-z-]+ ){{0,4}}?(?:embeddings?|models?|LLMs?|VLMs?|MLLMs?|encoders?"
        rf"|transformers?"
        rf"|detectors?|classifiers?|generators?) \((?:an? )?{_LIST}\)"
    ),
    # "integrates an X-based state-space model"
    "based": Cue(
        rf"\b(?:integrat|incorporat|combin|coupl|pair)(?:es|ing|e) (?:an? |the )?(?:[a-z-]+ ){{0,2}}{_ONE}-based "
        rf"(?:[a-z-]+ ){{0,3}}?(?:model|network|module|block|branch|classifier|agent|controller|planner)"
    ),
    # "a Refinement agent (X)"
    "role": Cue(
        rf"\b(?:[Aa]n?|[Tt]he|[Oo]ur) (?:[\w-]+ ){{0,3}}?(?:[Aa]gent|[Pp]lanner|[Jj]udge|[Cc]ritic|[Vv]erifier"
        rf"|[Rr]etriever|[Rr]eranker|[Ss]olver|[Bb]ackbone|[Gg]enerator) \((?:an? |the )?(?:fine-tuned "
        rf"|frozen )?{_ONE}\)"
    ),
    # "uses a language model called X"
    "called": Cue(
        rf"\b(?:us(?:es|ing)|leverag(?:es|ing)|with) (?:[\w-]+ ){{1,7}}?(?:model|encoder|backbone|LLM|network|detector)"
        rf" (?:called|named|namely) {_ONE}"
    ),
    # "features extracted with X"
    "from": Cue(
        rf"\b(?:embeddings?|features?|encoders?|representations?|activations) (?:from|extracted (?:from|by|with|using)"
        rf"|produced by|obtained from|derived from) (?:the )?(?:[a-z-]+ ){{0,3}}?{_LIST}"
    ),
    # "a language model (e.g., X)"
    "example": Cue(
        rf"\b(?:an? |the )?(?:[a-z-]+ ){{0,3}}(?:LLM|VLM|VFM|MLLM|LM|encoder|backbone|model|adapter|retriever|detector"
        rf"|generator)s? \((?:\\eg,|e\.g\.,?|i\.e\.,?|eg,) (?P<part>{NAME}(?:(?:, and|,| and| or) {NAME})*)\)"
    ),
    # "Using X, ..."
    "tool": Cue(
        rf"(?:^(?:Using|Employing|Leveraging|Utilizing)|\b[Ii]mplemented (?:with|using)) (?:the )?{_ONE}"
        rf"(?=(?: \([^()]*\))?(?: models?)?(?:,|\.| as\b| and\b))"
    ),
    # "leveraging models such as X"
    "such": Cue(
        rf"\b(?:leveraging|using|employing|utilizing|combining)(?: [a-z-]+){{0,3}}? (?:architectures|models|backbones"
        rf"|encoders|LLMs|LMs) (?:like|such as|including) {_LIST}"
    ),
}
