"""What a model descends from; the subject stands before the cue, the ancestors behind it.

In order: where two cues overlap, the first one that gives a claim holds.
"""

import re

from kg.extract.cue import Cue
from kg.extract.relations.reading import NAME
from kg.extract.rule import Rule

_TUNED = (
    r"(?:(?:instruction|supervised|preference|post|further)[- ])*(?:fine-?tun(?:e|ed|es|ing)"
    r"|post-?train(?:ed|ing|s)?|instruction-?tuned|tuned|RL-trained)"
)
_DATA = (
    r"(?:data|traces?|outputs?|trajector(?:y|ies)|labels?|pseudo-labels|demonstrations?|completions?"
    r"|responses?|samples?|conversations?|examples|rationales|instructions|annotations?|dialogues"
    r"|preferences|captions?|knowledge|textbooks?|exercises|problems|questions|answers|solutions|stories|prompts"
    r"|explanations|critiques|feedback)"
)

RULES = (
    Rule(
        id="lineage.fine-tuned",
        predicate="fineTunedFrom",
        says="fine-tuned, post-trained or tuned versions of or from named models",
        example="Zephon is a fine-tuned version of Boreas 7B. We introduce Zephon, a language model.",
        finds=("Zephon", "Boreas 7B"),
        counterexample="We introduce Zephon, a language model. It was fine-tuned on CloudText.",
        reader="descent",
        cue=Cue(
            rf"\b{_TUNED}(?: and [a-z-]+ed)? (?:(?:versions?|variants?|checkpoints?|models?) )?(?:of|from|on top of"
            rf"|upon|based on|over|starting from)\b(?! data)",
            re.IGNORECASE,
        ),
    ),
    Rule(
        id="lineage.trained-on-top",
        predicate="fineTunedFrom",
        says="trained on top of a named model, or from it by reinforcement learning",
        example="We introduce Zephon, a language model trained with reinforcement learning on top of Boreas 7B.",
        finds=("Zephon", "Boreas 7B"),
        counterexample="We introduce Zephon, a language model. Heads are stacked on top of each other.",
        reader="descent",
        cue=Cue(
            r"\btrained\b[^.;⟦]{0,60}? on top of\b|\b(?:appl(?:y|ies|ied|ying)|perform(?:s|ed|ing)?|conduct(?:s|ed"
            r"|ing)?|us(?:es|ed|ing)|via|through)"
            r" (?:[\w⟦⟧-]+ ){0,3}(?:tuning|fine-?tuning|RLHF|SFT|DPO|RL|reinforcement learning|post-training)"
            r"(?: \([^()]*\))?(?: (?:and|followed by) (?:[\w⟦⟧-]+ ){0,3}[\w⟦⟧-]+(?: \([^()]*\))?)? (?:to|on|using|with)"
            r"(?= (?:the |an? )?⟦n\d+⟧ (?:base )?(?:models?|checkpoints?)\b)|\btrained (?:by|via|with|using"
            r"|through) [^.;⟦]{0,60}? (?:from"
            r"|starting from)\b|\b(?:RL|reinforcement learning|SFT|RLHF|DPO) on top of\b",
            re.IGNORECASE,
        ),
    ),
    Rule(
        id="lineage.fine-tuning",
        predicate="fineTunedFrom",
        says="fine-tuning or post-training a named model",
        example="We introduce Zephon, a language model, obtained by fine-tuning Boreas 7B on chats.",
        finds=("Zephon", "Boreas 7B"),
        counterexample="We introduce Zephon, a language model. It needs no fine-tuning.",
        reader="descent",
        cue=Cue(
            rf"(?:\b(?:fine-?tun(?:e|es|ing)|post-?train(?:s|ing)?)|\bwe (?:[a-z]+ )?(?:fine-?tuned|post-?trained))"
            rf" (?:the |a |an )?(?:(?!(?:on|with|using|via|for|and|or|of|in|by|that|which|framework|method|approach"
            rf"|strategy|pipeline|recipe|stage|techniques?|easily|outperforms?|improves?|achieves?)\b)[a-z-]+ ){{0,3}}?"
            rf"(?={NAME}(?: models?| checkpoints?| base)?(?: on| with| using| to| via| for|,|\.| and| from| in))",
            re.IGNORECASE,
        ),
    ),
    Rule(
        id="lineage.initialized",
        predicate="initializedFrom",
        says="weights initialised, upcycled, warm-started or continued from a named model",
        example="We introduce Zephon, a language model initialized from Boreas 7B.",
        finds=("Zephon", "Boreas 7B"),
        counterexample="We introduce Zephon, a language model initialized from random weights.",
        reader="descent",
        cue=Cue(
            r"\b(?:initiali[sz](?:ed|ing|es) (?:from|with|by|using)|warm-?started (?:from|with)|upcycled? (?:from"
            r"|of)?|upcycling|continual(?:ly)? pre-?train(?:ed|ing) (?:from|of|on top of)"
            r"|continued? pre-?training (?:of|from|on top of)|continu(?:ed|ing) (?:the )?training (?:of|from)"
            r"|continu(?:es?|ing) (?:to )?(?:pre-?)?train(?:ing)?(?= (?:the |an? )?(?:[a-z-]+ )?⟦n)"
            r"|(?:further|continually|continuously|additionally) (?:pre-?)?trained (?:from|on top of|upon)"
            r"|retrofit(?:ted|s)? (?:from)?|starting from (?:a |an |the )?(?:pre-?trained )?|inherit(?:s|ing"
            r"|ed)?(?: from)?|adapted from|converted from)",
            re.IGNORECASE,
        ),
    ),
    Rule(
        id="lineage.distilled",
        predicate="distilledFrom",
        says="distilled from a named teacher",
        example="We introduce Zephon, a language model distilled from Boreas 70B.",
        finds=("Zephon", "Boreas 70B"),
        counterexample="We introduce Zephon, a language model without distillation.",
        reader="descent",
        cue=Cue(
            rf"\bdistill(?:ed|ing|s)(?: [a-z-]+){{0,4}}? from\b|\bdistill(?:ing|s"
            rf"|ed)? (?=(?:the )?{NAME}(?! models?\b))"
            rf"|\bdistillation (?:from|of)\b|\bdistilled versions? of\b",
            re.IGNORECASE,
        ),
    ),
    Rule(
        id="lineage.generated-data",
        predicate="distilledFrom",
        says="trained on data that a named model generated",
        example="We introduce Zephon, a language model trained on conversations generated by Boreas 70B.",
        finds=("Zephon", "Boreas 70B"),
        counterexample="We introduce Zephon, a language model. Its reports are generated by hand.",
        reader="descent",
        cue=Cue(
            rf"\b(?:{_DATA} (?:generated|produced|distilled|synthesi[sz]ed|sampled|created)"
            rf"(?: [a-z]+)? (?:by|from|with|using)"
            rf"|generated (?:[a-z]+ ){{1,4}}(?:by|with|using)|learn(?:s|ed|ing)? from (?:[\w-]+ ){{1,5}}(?:of|from|by)"
            rf"|(?:guided|taught|supervised) by (?:[a-z]+ ){{1,3}}from"
            rf"|(?:(?:cold-start|synthetic|distillation|distilled|instruction(?:-following)?|preference|reasoning"
            rf"|teacher|SFT)"
            rf" {_DATA}|traces?|trajector(?:y|ies)|outputs|rationales|completions|responses|demonstrations) from)\b"
            rf"(?= (?:the |a |an |both |its )*(?:[a-z-]+ ){{0,3}}{NAME})",
            re.IGNORECASE,
        ),
    ),
    Rule(
        id="lineage.pruned",
        predicate="prunedFrom",
        says="pruned from a named model",
        example="We introduce Zephon, a language model pruned from Boreas 70B.",
        finds=("Zephon", "Boreas 70B"),
        counterexample="We introduce Zephon, a language model whose weights are pruned.",
        reader="descent",
        cue=Cue(
            r"\bprun(?:ed|ing)(?: [a-z]+){0,3}? (?:from|of|version of)\b|\bprun(?:ing|ed) (?=⟦n)",
            re.IGNORECASE,
        ),
    ),
    Rule(
        id="lineage.quantized",
        predicate="quantizedFrom",
        says="a quantized version of a named model",
        example="We introduce Zephon, a quantized version of Boreas 70B.",
        finds=("Zephon", "Boreas 70B"),
        counterexample="We introduce Zephon, a model whose weights are quantized to 4 bits.",
        reader="descent",
        cue=Cue(
            r"\bquanti[sz](?:ed|ing|ation)(?: (?:version|variant|checkpoint)s?)? (?:of|from)\b",
            re.IGNORECASE,
        ),
    ),
    Rule(
        id="lineage.merged",
        predicate="mergedFrom",
        says="merged from named models",
        example="We introduce Zephon, a language model merged from Boreas 7B and Notos 7B.",
        finds=("Zephon", "Notos 7B"),
        counterexample="We introduce Zephon, a method for merging models.",
        reader="descent",
        cue=Cue(
            r"\bmerg(?:ed from|ing|es|e of|ed version of)\b(?= (?:the )?⟦n)",
            re.IGNORECASE,
        ),
    ),
    Rule(
        id="lineage.same-budget",
        predicate="scaledFrom",
        says="the same compute budget, recipe or data as a named model",
        example="We introduce Zephon, a language model that uses the same compute budget as Boreas.",
        finds=("Zephon", "Boreas"),
        counterexample="We introduce Zephon, a language model. All baselines use the same compute budget.",
        reader="descent",
        cue=Cue(
            r"\bsame (?:[\w-]+ ){0,3}(?:budget|compute|recipe|pipeline|training (?:data|set|corpus|recipe)|data"
            r"|hyperparameters) (?:as|used (?:by|for|in))\b",
            re.IGNORECASE,
        ),
    ),
    Rule(
        id="lineage.scaled",
        predicate="scaledFrom",
        says="a scaled, larger or smaller version of a named model",
        example="We introduce Zephon, a scaled-up version of Boreas.",
        finds=("Zephon", "Boreas"),
        counterexample="We introduce Zephon, a larger model than any other.",
        reader="descent",
        cue=Cue(
            r"\b(?:scal(?:ed|ing)(?:[- ](?:up|down))?|larger|smaller|bigger|lighter|lightweight|compact"
            r"|distilled|reduced|simplified|truncated)(?:[- ][a-z]+)? (?:version|variant|sibling|counterpart"
            r"|form)s? of\b|\bscal(?:ing"
            r"|es?) (?:up )?(?=⟦n\d+⟧ (?:up|to (?!longer|new|more|other|long|higher)))",
            re.IGNORECASE,
        ),
    ),
    Rule(
        id="lineage.family-member",
        predicate="variantOf",
        says="the latest version of, or an addition to, a named family or series",
        example="We introduce Zephon 2, a new addition to the Zephon family.",
        finds=("Zephon 2", "Zephon"),
        counterexample="We introduce Zephon 2, a new addition to the tools of forecasters.",
        reader="descent",
        cue=Cue(
            rf"\b(?:version|member|model|addition|iteration|generation|entry|release|part)s? (?:of|in|to|from)"
            rf"(?= (?:the |our |its )?{NAME}(?: [a-z-]+){{0,2}} (?:family|series|line-?up|suite|collection)\b)"
        ),
    ),
    Rule(
        id="lineage.succeeds",
        predicate="succeeds",
        says="the successor, next version or improved version of a named model",
        example="We introduce Zephon 2, the successor of Zephon 1.",
        finds=("Zephon 2", "Zephon 1"),
        counterexample="We introduce Zephon, a new version of an old idea.",
        reader="descent",
        cue=Cue(
            r"\b(?:successors? (?:of|to)|succeeds|succeeding|(?:, |is |are |was |as |: )(?:the |our "
            r"|a )?next (?:version|generation|iteration) of|(?:improved"
            r"|upgraded|updated|new|newer|enhanced|latest|second|third|revised) (?:version|generation"
            r"|iteration) of|(?:, |is |are |as )(?:an? |the )?(?:natural )?(?:evolution|upgrade) of|(?:building"
            r"|builds|improv(?:es|ing)) (?:up)?on (?:its|the"
            r"|our) predecessors?,?|advanc(?:es|ing) (?:up)?on (?:its|our) predecessor|(?:upgrade|update)"
            r" (?:from|of)|(?:previous|earlier|preceding|prior|last) (?:version|generation|iteration"
            r"|release)s? of"
            r"|(?:updates?|upgrades?|improvements?) to(?= (?:the |our )?⟦n\d+⟧(?:[.,!]| (?:[a-z]+ )?(?:model"
            r"|method|series)))|(?:its|our|the) (?:direct |immediate )?predecessors?,?(?= (?:the )?⟦n))",
            re.IGNORECASE,
        ),
    ),
    Rule(
        id="lineage.same-architecture",
        predicate="basedOnArchitecture",
        says="the same architecture as a named model",
        example="We introduce Zephon, a language model with the same architecture as Boreas.",
        finds=("Zephon", "Boreas"),
        counterexample="We introduce Zephon, a language model. All heads have the same architecture.",
        reader="descent",
        cue=Cue(
            r"\b(?:same|identical) (?:[\w-]+ ){0,3}(?:architecture|structure|design|backbone) (?:as|of|to"
            r"|used (?:by|in))\b|\barchitecture (?:is )?(?:identical|similar) to\b",
            re.IGNORECASE,
        ),
    ),
    Rule(
        id="lineage.architecture",
        predicate="basedOnArchitecture",
        says="extends, generalises, adopts or modifies a named model, architecture or framework",
        example="We introduce Zephon, a language model that extends BoreasNet with memory.",
        finds=("Zephon", "BoreasNet"),
        counterexample="We introduce Zephon, a language model that extends the state of the art.",
        reader="descent",
        cue=Cue(
            r"\b(?:extend(?:s|ing|ed)?|(?:an?|the|our) (?:[a-z-]+ ){0,3}extension (?:of|to)|generali[sz](?:es|ing)"
            r"|an? generali[sz]ation of|adopt(?:s|ing"
            r"|ed)? (?:[a-z-]+ ){0,3}(?:architectures?|designs?|mechanisms?"
            r"|techniques|modules),? (?:including|such as|like|namely)"
            r"|(?<!widely )(?<!commonly )(?<!recently )adopt(?:s|ing|ed)?(?: the)?|hybrid of"
            r"|variants? of|modif(?:ies|ying|ication of)|inherits? (?:from|the)"
            r"|integrat(?:es|ing) ideas from|refinements? of|(?:that|which) (?:enhances|augments|improves|refines"
            r"|modifies|generali[sz]es|extrapolates)(?= (?:the )?⟦n\d+⟧(?:'s)? (?:[a-z]+ )?(?:by|with|through|via|to))"
            r"|derived from|follow(?:s|ing) the architecture of"
            r"|(?:changes|modifications?) to|improv(?:es|ing)(?= the ⟦n\d+⟧(?: and ⟦n\d+⟧)? (?:models?|architectures?))"
            r"|(?:build(?:s|ing)?|based|built) (?:up)?on the (?:[a-z]+ ){0,2}(?:architecture|design|backbone)"
            r"(?: and [a-z]+)? of)\b(?= (?:the |a |an "
            r"|our )?(?:[a-z-]+ ){0,3}(?:architecture of (?:the )?)?⟦n\d+⟧(?! (?:in)?to ⟦))",
            re.IGNORECASE,
        ),
    ),
    Rule(
        id="lineage.built-on",
        predicate="basedOnArchitecture",
        says="based or built on a named model, architecture or framework; weights where the name states a size",
        example="We introduce Zephon, a language model based on the BoreasNet architecture.",
        finds=("Zephon", "BoreasNet"),
        counterexample="We introduce Zephon, a language model based on ideas of others.",
        reader="descent",
        cue=Cue(
            r"\bimplemented on top of\b|\bwe (?:[a-z]+ )?build (?:up)?on\b|\b(?:based|built|building|builds"
            r"|founded|developed|constructed"
            r"|grounded)(?: directly| primarily| solely| entirely| further)? (?:(?:up)?on(?: top of)?|off)\b"
            r"|\bon the basis of\b|\bbuilt (?:from|around|with|atop)\b",
            re.IGNORECASE,
        ),
    ),
    Rule(
        id="lineage.variant",
        predicate="variantOf",
        says="an introduced thing is a variant or version of a named kind",
        example="We introduce Zephon, a Boreas variant for weather.",
        finds=("Zephon", "Boreas"),
        counterexample="We introduce Zephon, a new variant for weather.",
    ),
    Rule(
        id="lineage.kind-of",
        predicate="basedOnArchitecture",
        says="an introduced thing is a model, network or architecture of a named kind",
        example="We introduce Zephon, a BoreasNet-based language model.",
        finds=("Zephon", "BoreasNet"),
        counterexample="We introduce Zephon, a small language model.",
    ),
    Rule(
        id="lineage.named-after",
        predicate="basedOnArchitecture",
        says="an introduced thing leverages, extends or adapts a named one with whose name its own ends",
        example="We introduce AeroBoreas, a model of winds. AeroBoreas leverages Boreas for long sequences.",
        finds=("AeroBoreas", "Boreas"),
        counterexample="We introduce AeroBoreas, a model of winds. It is faster than Boreas.",
    ),
    Rule(
        id="lineage.next-version",
        predicate="succeeds",
        says="an introduced model's name is that of a named one with a higher version",
        example="We introduce Zephon 2, a language model. It is larger than Zephon 1.",
        finds=("Zephon 2", "Zephon 1"),
        counterexample="We introduce Zephon 2, a language model. It is larger than the others.",
    ),
    Rule(
        id="lineage.tuned-here",
        predicate="fineTunedFrom",
        says="a named model fine-tuned on, with or for something, by the paper itself",
        example="The best result is that of a Boreas 7B model fine-tuned on reports.",
        finds=("PAPER", "Boreas 7B"),
        counterexample="Compared to Boreas 7B fine-tuned on reports, people do better.",
    ),
    Rule(
        id="lineage.extended",
        predicate="basedOnArchitecture",
        says="a named thing is extended, adapted or upgraded to an introduced one",
        example="We extend BoreasNet to ZephonNet, a network with gates.",
        finds=("ZephonNet", "BoreasNet"),
        counterexample="We extend BoreasNet to new weather.",
    ),
    Rule(
        id="lineage.powered-by",
        predicate="usesComponent",
        says="a named model now powers a named system",
        example="We introduce Zephon, a language model. Zephon now powers BoreasChat.",
        finds=("BoreasChat", "Zephon"),
        counterexample="We introduce Zephon, a language model of many powers.",
    ),
    Rule(
        id="lineage.tuned-member",
        predicate="fineTunedFrom",
        says="an introduced model's name is that of another with Instruct, Chat or the like behind it",
        example="We introduce Zephon 7B and Zephon 7B Instruct, two language models.",
        finds=("Zephon 7B Instruct", "Zephon 7B"),
        counterexample="We introduce Zephon 7B and Zephon 13B, two language models.",
    ),
)
