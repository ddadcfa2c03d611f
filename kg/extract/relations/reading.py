"""A paper as the relation rules read it: masked sentences, what the paper introduces, and who is meant by "it".

Rules ask three questions of a sentence: which names stand in the place of the subject before a cue
(:meth:`Reading.subjects`), which names are listed behind it (:func:`listed_names`), and what a phrase such as
"our models" means (:meth:`Reading.meant`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.extract.lexicon import TECHNIQUES
from kg.extract.mentions import Name, Sentence
from kg.extract.rule import confidence_of
from kg.extract.text import Document
from kg.model import PAPER, Claim, Evidence, Paper, Quantity, Result
from kg.names import is_extension, name_key, parse_name

__all__ = ["ADVERBS", "ANY_NAME", "NAME", "Reading", "is_near", "is_negated", "listed_names"]

#: A masked name of any kind but a licence, and words that may stand between a subject and its verb.
NAME = r"⟦[nd]\d+⟧"
ANY_NAME = r"⟦[ndc]\d+⟧"
ADVERBS = (
    r"(?:(?:[a-z]+ly|also|even|often|further|both|thus|still|already|not only|can|could|may|now|then|again"
    r"|well)(?: and (?=[a-z]+ly))? )*"
)

_OWN_NOUN = (
    r"(?:models?|methods?|approach(?:es)?|frameworks?|systems?|networks?|architectures?|algorithms?"
    r"|techniques?|agents?|pipelines?"
    r"|variants?|solution|design|strategy|paradigm|recipe|series|family|versions?|releases?|weights?"
    r"|checkpoints?|encoders?|LLMs?|VLMs?|MLLMs?|policy|"
    r"tokenizers?|transformers?|detector|benchmarks?|datasets?|suite)"
)
_OWN = (
    rf"(?:[Oo]ur|[Tt]his|[Tt]hese|[Tt]he(?: (?:proposed|resulting|final|trained|new|latter|resultant"
    rf"|released|obtained|full|largest|best|base|smallest|entire))+)"
    rf" (?:[\w$-]+ ){{0,4}}?{_OWN_NOUN}"
)
_CANDIDATE = re.compile(
    rf"(?P<name>{NAME})|\b(?P<own>{_OWN})\b(?! of\b)|\b(?P<it>[Ii]t|[Tt]hey|[Tt]he model|[Tt]he (?:method"
    rf"|framework|system|approach))\b|\b(?P<we>[Ww]e|[Oo]urs)\b"
)
#: A name behind one of these is no subject of the verb that follows.
_DEPENDENT = re.compile(
    r"\b(?:with|on|in|of|by|using|from|for|than|over|to|via|through|like|as|into|unlike|including|between"
    r"|against|toward|towards|under|"
    r"upon|within|without|compared (?:to|with)|versus|vs\.?|leveraging|adopting|applying|combining"
    r"|e\.g\.,)\s+(?:the |a |an |our |its |both |frozen |[a-z]+-[a-z]+ |standard |vanilla |original |previous |existing"
    r" |large |small |recent |popular |open |strong |powerful |proprietary |leading |advanced |conventional |pure )*$",
    re.IGNORECASE,
)
#: A name behind these is what something is: "X is a dense Transformer with 7B parameters".
_PREDICATIVE = re.compile(r"\b(?:is|are|was|were|as) (?:an?|the|our) (?:(?!(?:that|which)\b)[\w-]+,? ){0,5}$")
#: What a name is by apposition: "X, a fine-tuned Y model that outperforms".
_APPOSED = re.compile(rf"{NAME}(?: \([^()]*\))?, an? (?:[\w-]+ ){{0,5}}$")
#: The cue goes on with an earlier verb's subject: "..., and matches", "2) rivals", ", outperforming".
_CONTINUED = re.compile(rf"(?:,|\band|\bor|\d\)|;)\s+{ADVERBS}$")
_CONCESSION = re.compile(rf"(?:While|Although|Though|Since|Because|As) (?:the )?(?P<name>{NAME}) [a-z]")
_VERB_NEXT = re.compile(
    r"(?: \([^()]*\))?(?: (?:models?|series|family|variants?|\d\)))* (?:(?:both|also|not only|further"
    r"|consistently|[a-z]+ly) )*(?!(?:as|across|models|series|variants|baselines|methods|systems"
    r"|benchmarks|tasks|its|this|thus|plus|versus|of)\b)(?:[a-z]+(?:s|ed|es)|can|has|have|will|may|is|are"
    r"|was|were)\b"
)
_CLAUSE = re.compile(r";|:\s|\bwhile\b|\bwhereas\b|\balthough\b|\bbut\b|, yet\b")
_NEGATION = re.compile(
    r"\b(?:not|no longer|never|cannot|fails? to|without|instead of|rather than|neither|nor|unlike"
    r"|than relying on|n't)\b(?:(?!\bwhen\b)[^,;])*$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Reading:
    """One paper while it is read. ``sentences[0]`` is the title.

    ``canonical`` maps a name's key to the form in which claims write it; ``introduced`` maps each introduced artefact
    to its class, in order of introduction; ``introduced_in`` says in which sentence.
    """

    paper: Paper
    document: Document
    sentences: tuple[Sentence, ...]
    canonical: dict[str, str] = field(default_factory=dict)
    introduced: dict[str, str] = field(default_factory=dict)
    introduced_in: dict[str, int] = field(default_factory=dict)

    # -- names ----------------------------------------------------------------------------------------------------

    def written(self, name: Name | str) -> str:
        """Give the form in which claims of this paper write a name."""
        text = name if isinstance(name, str) else name.text
        return self.canonical.get(name_key(text), text)

    def is_introduced(self, name: str) -> bool:
        """Tell whether the paper introduces the artefact of that name."""
        return self.written(name) in self.introduced

    def is_named(self, name: str) -> bool:
        """Tell whether the abstract writes a name too, not only the title."""
        key = name_key(name)
        return any(name_key(n.text) == key for s in self.sentences[1:] for n in s.names)

    def long_form(self, name: str) -> str:
        """Give what an initialism of this paper is short for, or ``""``."""
        return next((n.alias for s in self.sentences for n in s.names if n.text == name and n.alias), "")

    def models(self) -> list[str]:
        """Give the introduced models, in order; a series that has introduced members is left out."""
        found = [n for n, t in self.introduced.items() if t == "Model"]
        return [n for n in found if _is_one_model(n) or not any(is_extension(other, n) for other in found)]

    def main(self, before: int | None = None) -> str:
        """Give the artefact that "our model" means: the first one introduced, models and methods before data."""
        title = name_key(self.document.text[: self.document.title_end].partition(":")[0])
        order = sorted(
            self.introduced,
            key=lambda n: (self.introduced[n] in ("Dataset", "Benchmark"), name_key(n) not in title, self._rank(n)),
        )
        if before is not None:
            order = [n for n in order if self.introduced_in[n] <= before] or order
        return order[0] if order else PAPER

    def _rank(self, name: str) -> int:
        return self.introduced_in[name] or len(self.sentences)

    def latest(self, index: int, *, members: bool = True) -> str:
        """Give the artefact that "it" means at the start of a sentence: the subject of the sentences before.

        A member of an introduced series counts as well, unless what is spoken of is all of it ("the weights").
        """
        for i in range(index - 1, 0, -1):
            sentence = self.sentences[i]
            for found in _CANDIDATE.finditer(sentence.masked):
                if found["name"]:
                    name = self.written(sentence.name(found["name"]))
                    member = members and any(is_extension(name, own) for own in self.introduced)
                    if name in self.introduced or member:
                        return name
                elif found["own"]:
                    return self.main(index)
        return self.main(index)

    # -- subjects -------------------------------------------------------------------------------------------------

    def subjects(self, index: int, position: int) -> list[str]:
        """Who does what the cue at ``masked[position:]`` of sentence ``index`` says; empty if nobody is named."""
        sentence = self.sentences[index]
        left = sentence.masked[:position]
        boundary = max((m.end() for m in _CLAUSE.finditer(left)), default=0)
        for start in dict.fromkeys((boundary, 0)):
            candidates = [
                found
                for found in reversed(list(_CANDIDATE.finditer(left, start)))
                if not _inside_brackets(left, found.start())
                and not (found["name"] and sentence.name(found["name"]).possessive)
                and not self._depends(sentence, left, found)
            ]
            if _CONTINUED.search(left):  # a second verb shares the subject of the first
                candidates.sort(key=lambda found: not _VERB_NEXT.match(left, found.end()))
            if candidates:
                chosen = candidates[0]
                if chosen["name"]:
                    return [self.written(n) for n in _coordinated(sentence, chosen)]
                return self.meant(chosen[0], index, sentence, chosen.start())
        return []

    def _depends(self, sentence: Sentence, left: str, found: re.Match[str]) -> bool:
        """Tell whether a candidate is part of a prepositional phrase, alone or as the last of a list in one."""
        begin = found.start()
        if found["name"] and self._is_no_subject(sentence, left, found):
            return True
        if found["name"]:
            chain = _CHAIN.search(left[:begin])
            listed = chain and (
                re.search(r"\b(?:and|or)\b|&", chain[0].rpartition("⟧")[2])
                or re.match(
                    rf"(?:(?: \([^()]*\))?, {NAME})*(?: \([^()]*\))?,? (?:and|or) (?:{NAME}|other |more )",
                    left[found.end() :],
                )
            )
            begin = chain.start() if chain and listed else begin
        return bool(_DEPENDENT.search(left[:begin]) or re.search(r"\d ?%? $", left[:begin]))

    def _is_no_subject(self, sentence: Sentence, left: str, found: re.Match[str]) -> bool:
        """Tell whether a name is a modifier ("X-based"), a predicate, or data that the paper does not introduce."""
        name = sentence.name(found["name"])
        return (
            left[found.end() : found.end() + 1] == "-"
            or re.match(r" (?:by \+?\d|(?:scores?|accuracy|metrics?|rates?|loss|values?)\b)", left[found.end() :])
            is not None
            or _PREDICATIVE.search(left[: found.start()]) is not None
            or _APPOSED.search(left[: found.start()]) is not None
            or ((name.kind == "data" or name.text.casefold() in TECHNIQUES) and not self.is_introduced(name.text))
        )

    def meant(self, phrase: str, index: int, sentence: Sentence, position: int) -> list[str]:
        """Give the artefacts that a phrase such as "it", "our models" or "the resulting model" stands for."""
        folded = phrase.casefold()
        if folded in ("it", "they"):
            before = [
                self.written(n)
                for n in sentence.names_in(0, position)
                if self.written(n) in self.introduced and not n.possessive
            ]
            actors = [n for n in before if self.introduced[n] not in ("Dataset", "Benchmark")]
            ahead = None if before or self.introduced else _CONCESSION.match(sentence.masked)
            if ahead:  # a paper that makes nothing: "While X is slow, it ..."
                return [self.written(sentence.name(ahead["name"]))]
            return [(actors or before)[0] if before else self.latest(index)]
        if re.search(r"\b(?:models|variants|checkpoints|weights|llms)$", folded) and len(self.models()) > 1:
            return self.models()
        if folded in ("the model", "the method", "the framework", "the system", "the approach"):
            return [self.latest(index)]
        return [self.main(index)]

    # -- claims ---------------------------------------------------------------------------------------------------

    def claim(self, rule: str, subject: str, predicate: str, obj: str | Quantity | Result, index: int) -> Claim:
        """Make a claim of a rule, as written, with sentence ``index`` of the paper as its evidence."""
        sentence = self.sentences[index]
        start, end = self.document.original(sentence.start, sentence.end)
        quote = self.paper.text[start:end]
        evidence = Evidence(
            paper=self.paper.iri, start=start, end=end, quote=quote, rule=rule, confidence=confidence_of(rule)
        )
        return Claim(subject=subject, predicate=predicate, object=obj, basis="extracted", evidence=(evidence,))


def _is_one_model(name: str) -> bool:
    """Tell whether a name states a size, so that it names one model even where others extend its name."""
    read = parse_name(name)
    return read.parameters is not None or read.experts is not None


def _inside_brackets(text: str, position: int) -> bool:
    return text.count("(", 0, position) > text.count(")", 0, position)


#: The names of a list before its last one.
_CHAIN = re.compile(rf"(?:{NAME}(?: ?\([^()]*\))?,? (?:and |or |& )?(?:the )?)*$")


def _coordinated_symbols(left: str, found: re.Match[str]) -> list[str]:
    """Give the symbols of the list that ends with the found name: ``A, B and C``."""
    chain = _CHAIN.search(left[: found.start()])
    joined = chain is not None and re.search(r"\b(?:and|or)\b|&", chain[0].rpartition("⟧")[2])
    run = (chain[0] if chain and joined else "") + found[0]
    if not re.search(r"\b(?:and|or|&)\b", run):
        run = found[0]
    return re.findall(r"⟦(\w\d+)⟧", run)


def _coordinated(sentence: Sentence, found: re.Match[str]) -> list[Name]:
    return [sentence.name(f"⟦{s}⟧") for s in _coordinated_symbols(found.string, found)]


def is_negated(sentence: Sentence, position: int) -> bool:
    """Tell whether the cue at ``position`` stands under a negation or contrast in its own clause."""
    left = sentence.masked[:position]
    boundary = max((m.end() for m in _CLAUSE.finditer(left)), default=0)
    return bool(_NEGATION.search(left[boundary:].replace("not only", "")))


_FILLER = (
    r"(?:(?!(?:on|in|across|when|by|at|under|while|where|which|that|than|we|is|are|was|were|has|have|and"
    r"|or|with|match(?:es|ing)|outperform\w*|surpass\w*|rival\w*)\b)[\w$%'’/.+-]+,? ){0,8}?"
)
#: What begins another statement behind "and".
_OTHER_VERBS = r"outperform|surpass|exceed|match|beat|rival|achiev|approach|perform|reach|attain|is |are |has |deliver"
_LEAD = re.compile(
    rf"\s*(?:(?:the )?(?:ones|those|that|accuracy|performance|results|quality|level|scores?) (?:[a-z]+ed )?"
    rf"(?:by|of|from|using) )?(?:[A-Z]\w+['’]s )?"
    rf"(?:(?:both )?(?:its|their|the) (?:own )?(?:base|original|teacher|larger|previous|vanilla)?"
    rf" ?(?:version|model|counterpart|variant|predecessor|teacher|baseline)s?(?: \([^()]*\))?,? and )?"
    rf"(?:(?:(?!(?:on|in|across|by|for|with|using|than)\b)[\w-]+ ){{0,5}}?(?:models|methods|baselines"
    rf"|approaches|systems"
    rf"|networks|LLMs|VLMs|techniques),? (?:and|as well as) (?:even )?(?=(?:an? |the "
    rf"|its )?(?:(?!{_OTHER_VERBS})[a-z-]+ ){{0,4}}{NAME}))?"
    rf"(?:(?:the |an? |our )?[a-z]+-[a-z-]+ and (?:[a-z]+ly )?[a-z]+-[a-z-]+ )?(?:{_FILLER}(?:\(?(?:such as"
    rf"|including|like|e\.g\.,?|i\.e\.,?|namely|(?<!, )(?:from|of|over|with"
    rf"|to))\s+)?(?:both |either |the |an? |its )*\(?)?"
    rf"(?:(?!(?:and|or|but|while|that|which|is|are|was|has|have|on|in|across|by|for|when|with|using|under|at|during"
    rf"|where|via|through|without|despite)\b)[a-z][\w'’-]* ){{0,5}}?(?={NAME})"
)
_BETWEEN = re.compile(
    rf"(?:'s|’s)?(?: ?\([^()]*\))?(?: -)?(?: with {NAME}(?=,? and {NAME}))?(?: (?:models?|variants?|baselines?"
    rf"|methods?|family|series|LLMs?"
    r"|VLMs?|systems?|models? of similar size|[a-z]+s?))?(?: ?\([^()]*\))?"
    rf"(?:, and|, or|,| and| or| &| as well as|, as well as| and even|, and even"
    rf"|/)\s*(?:[A-Z]\w+['’]s )?(?:the |an? |its "
    rf"|even |both |recent |other |much larger |larger )*"
    rf"(?:(?!{_OTHER_VERBS}|(?:on|in|with"
    rf"|using|by|for|to|from"
    rf"|of|that|which|while|we|where|when|via|integrat\w+|show\w*|demonstrat\w*|under|at|as) )[a-z][\w-]* ){{0,2}}?"
    rf"(?={NAME})"
    r"|\), (?:and )?(?:(?!(?:using|with|on|across|over|for|by|in)\b)[a-z][\w-]* ){0,4}(?:models?|methods?"
    r"|baselines?|approaches|systems?|LLMs?|VLMs?|agents?"
    rf"|frameworks?|algorithms?|networks?|ones) \((?:e\.g\.,? |such as |including )?(?={NAME})"
)
#: What may follow the last name of a list. Another noun says that the name only tells which: "the BERT score".
_KIND_NOUN = (
    r"(?:models?|baselines?|variants?|series|famil(?:y|ies)|LLMs?|VLMs?|LMs?|counterparts?|checkpoints?|architectures?"
    r"|frameworks?|methods?|approach(?:es)?|systems?|networks?|agents?|detectors?|optimizers?|algorithms?"
    r"|polic(?:y|ies)"
    r"|backbones?|encoders?|decoders?|transformers?|technolog(?:y|ies)|teachers?|predecessors?|engines?|simulators?"
    r"|tokenizers?|retrievers?|components?|modules?|techniques?|optimization|paradigm|transcription|design|platform"
    r"|library|codebase|versions?|performance|accuracy|quality|results|levels?)"
)
_LIST_END = re.compile(
    r"(?:'s|’s)|-(?:level|class|quality)\b|(?: ?\([^()]*\))?(?:\s*$|\s?[,.;:()\]!?—–]|\s--?-? |\s(?:and|or"
    r"|as|on|in|by|with|for|from|at|to|of"
    r"|across|when|while|where|which|that|using|via|despite|without|under|over|than|is|are|was|were|has|have|had|can"
    r"|both|even|given|per|if|respectively|trained|fine-?tuned|[a-z]+ing|[a-z]+ly|because|since|although"
    r"|but|yet|also|after"
    rf"|before|(?:based|built|released|introduced|proposed|published|developed) (?:on|by|in|as|from)|within"
    rf"|through|along|twice|half|into|onto|towards?|against|versus|whose|together|alongside"
    rf"|plus|only|via|so"
    rf"|then|thus|rather|instead|w\.r\.t|(?:[a-z]+ )??{_KIND_NOUN})\b|\s[\d⟦])"
)
_SCOPE = re.compile(
    rf"(?: models?)? (?:across|on|in|for) [^,;.⟦]*, and (?:the )?(?={NAME})"
    rf"| (?:on|in) (?:[a-z]+ ){{0,2}}{NAME}(?:[^,;⟦.]|\.\d){{0,40}}, and (?:the )?(?={NAME} (?:on|in|by)\b)"
)


#: Words that may stand between a cue and the name that it governs.
_NEAR = re.compile(
    rf"(?:\s|,|\(|:|[A-Z]\w+['’]s\b|and\b|or\b|both\b|the\b|an?\b|its\b|our\b|their\b|existing\b|original\b|popular\b"
    rf"|recent\w*\b|proposed\b|strong\b|powerful\b|vanilla\b|standard\b|frozen\b|pre-?trained\b|base\b"
    rf"|open\b|public\w*\b"
    rf"|novel\b|small\w*\b|large\w*\b|language\b|vision\b|text\b|image\b|foundation\b|backbones?\b"
    rf"|checkpoints?\b|models?\b|weights\b|architectures?\b|design\b|framework\b|series\b|family\b"
    rf"|teacher\b|of\b|from\b|such as\b|including\b|namely\b|like\b"
    rf"|intermediate\b|final\b|initial\b|early\b|released\b|resulting\b"
    rf"|representation\b|embedding\b|same\b|latest\b|previous\b|earlier\b|well-known\b|[a-z]+-[a-z-]+\b"
    rf"|state-of-the-art\b|multimodal\b"
    rf"|multilingual\b|deep\b|neural\b|physics\b|diffusion\b|transformer\b|predecessors?\b|different\b"
    rf"|two\b|three\b|several\b|{NAME})*$"
)


def is_near(sentence: Sentence, position: int, name: Name) -> bool:
    """Tell whether only articles and adjectives stand between a position and a name, so that a cue there governs it."""
    between = sentence.masked[position : sentence.masked.find(sentence.symbol(name), position)]
    return _NEAR.match(between) is not None


#: "existing models based on T, such as": what is listed behind it are the examples.
_EXAMPLES = re.compile(
    r"\s*(?:(?!(?:on|with|using|across|in|for|under|by|when|at)\b)[^\s⟦]+ ){0,8}?(?:models|methods"
    r"|baselines|approaches|systems|LLMs|LMs|VLMs|networks"
    r"|alternatives|competitors|counterparts|algorithms|techniques|frameworks)"
    r"(?: (?!than)[^.;,]{0,50}?)??,? \(?(?:such as|including|like|e\.g\.,?|namely)\s+"
)


#: "models, with X achieving the best": another clause begins there.
_DOES = re.compile(rf"{NAME} (?:[a-z]+ly )?[a-z]+ing\b")


def listed_names(sentence: Sentence, position: int, *, limit: int | None = None) -> list[Name]:
    """Give the names that follow ``masked[position:]`` as one list: ``Gopher (280B), GPT-3 (175B), and Jurassic-1``.

    Adjectives and "models such as" may stand before the list; a preposition that begins another phrase ends it.
    """
    masked = sentence.masked[:limit]
    examples = _EXAMPLES.match(masked, position)
    lead = _LEAD.match(masked, examples.end() if examples else position)
    excepted = lead and re.search(r"\b(?:except|excluding|other than|apart from|but)\b", lead[0])
    if not lead or excepted or (lead[0].endswith(" with ") and _DOES.match(masked, lead.end())):
        return []
    found: list[Name] = []
    position = lead.end()
    while True:
        symbol = re.compile(NAME).match(masked, position)
        if not symbol:
            return found
        found.append(sentence.name(symbol))
        between = _BETWEEN.match(masked, symbol.end()) or _SCOPE.match(masked, symbol.end())
        if not between:
            return found if _LIST_END.match(masked, symbol.end()) else found[:-1]
        position = between.end()
