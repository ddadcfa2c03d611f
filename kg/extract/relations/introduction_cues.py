"""The wordings in which authors introduce things: a name in the group ``names``, what follows it in ``after``."""

from __future__ import annotations

import re

from kg.extract.cue import Cue
from kg.extract.lexicon import HEAD_NOUN
from kg.extract.relations.reading import ADVERBS
from kg.extract.relations.reading import ANY_NAME as NAME

_VERB = (
    r"(?:(?:present|provide|report|share|describe|discuss) (?:the )?(?:[a-z]+ )?"
    r"(?:details|results|findings|lessons) (?:on|of|about|from) (?:the )?(?:training|development|design|creation) of"
    r"|introduc(?:e|es|ed|ing)|present(?:s|ed|ing)?|propos(?:e|es|ed|ing)|releas(?:e|es|ed|ing)"
    r"|open[- ]?sourc(?:e|es|ed|ing)|unveil(?:s|ed|ing)?|launch(?:es|ed|ing)?"
    r"|develop(?:s|ed|ing)?|creat(?:e|es|ed|ing)|construct(?:s|ed|ing)?|build|built|design(?:s|ed)?"
    r"|contribut(?:e|es|ed|ing)|provid(?:e|es)|offer"
    r"|announc(?:e|es|ed|ing)|curat(?:e|es|ed|ing)|devis(?:e|es|ed)|train(?:ed)?|describe|formulat(?:e|es)"
    r"|establish|pioneer|collect(?:ed)?|compil(?:e|es|ed|ing)|publish"
    r"|document the development of|detail)"
)
AUTHOR = (
    r"(?:\b[Ww]e|\b(?:le(?:d|ads)|leading|prompt(?:s|ed|ing)|motivat(?:es|ed|ing)|inspir(?:es|ed|ing)|allow(?:s|ed|ing)"
    r"|enabl(?:es|ed|ing)) us to|\b[Ii]|\b[Tt]his (?:[a-z]+ )?(?:paper|work|report|study|article"
    r"|manuscript|letter|thesis)"
    r"|\b[Tt]he (?:paper|authors?|present work)|\b[Tt]he (?:[\w]+ |⟦n\d+⟧ ){1,4}(?:community"
    r"|team),[^.]{0,200},)"
)
#: "we introduce", and the verbs coordinated with it: "and release", ", introducing".
CUE = Cue(
    rf"(?:{AUTHOR}(?:['’](?:re|ve))?(?: then| here| additionally| first| finally| now| are| have| also)*,?"
    rf"(?: (?:excited|proud|happy|pleased|delighted) to)? {ADVERBS}(?:{_VERB} and )?{_VERB}|(?:,"
    rf"| and)(?: also| finally| publicly| then)? (?:we )?{ADVERBS}{_VERB}|\bto {_VERB}|\b{_VERB}) "
)
_MODIFIER = (
    r"(?:(?!(?:of|for|to|that|which|with|on|in|by|from|based|using|as|how|than|and|or|is|are|via|through"
    r"|leveraging|like|such|utili[sz]ing|employing|combining|integrating|applying|extending|adapting|inspired"
    r"|into|between|whose|when|against|comprising|consisting|including|containing"
    r"|featuring)\b)[\w$%~'’\"/.+][\w$%~'’\"/.+-]* ){0,9}?"
)
_LIST_TAIL = (
    r"(?:(?: ?\([^()]*\))?(?:,? and (?:the |our |an? )?(?:(?:[a-z-]+ ){0,3}(?:versions?|variants?|models?"
    r"|counterpart),? )?"
    rf"|, ){NAME})*"
)
DIRECT = re.compile(rf"(?:\((?:\w|i+)\) )?(?:\"|“|‘)?{_MODIFIER}(?P<names>{NAME}{_LIST_TAIL})(?P<after>.{{0,60}})")
APPOSED = re.compile(
    rf"(?P<phrase>(?:an?|the|our|two|new|the first)\s[^.;:]{{4,170}}?)(?:,| --?-?| –| —|:)? (?:(?:namely"
    rf"|i\.e\.,?|called|named|dubbed|termed),? )?(?:the )?(?P<names>{NAME}{_LIST_TAIL})(?P<after>.{{0,40}})"
)
COORDINATED = re.compile(
    rf"(?P<phrase>(?:an?|the|our)\s(?:[\w-]+ ){{1,7}}?)and (?:an? |the "
    rf"|our )?(?:[a-z-]+ ){{0,5}}?(?P<names>{NAME})(?P<after>.{{0,40}})"
)
_RELEASED = (
    r"(?:models?|variants?|versions?|checkpoints?|data ?sets?|benchmarks?|corpus|corpora|architectures?|toolkit|library"
    r"|{0})"
)
#: "models (X, Y, and Z); a dataset (W)".
BRACKETED = re.compile(
    rf"(?P<phrase>\b(?:[\w-]+ )?{_RELEASED.format(r'[a-z]+s')}) \((?P<names>{NAME}(?:(?:, and|,"
    rf"| and) {NAME})+)\)(?P<after>)"
    rf"|(?P<phrase1>\b{_RELEASED.format('dataset')}) \((?P<names1>{NAME})(?P<after1>\))"
)
#: "we release small models, X and Y, as well as data sets, Z".
PLURALS = re.compile(
    rf"(?:^|as well as |, and )(?P<phrase>(?:[a-z][\w-]* ){{0,6}}?(?:models|variants|versions|checkpoints|datasets"
    rf"|benchmarks)), (?:namely |called )?(?P<names>{NAME}{_LIST_TAIL})(?P<after>.{{0,40}})"
)
#: What is named behind one of these is used, not introduced.
USES = re.compile(
    r"\b(?:on|using|with|from|than|like|evaluat\w*|outperform\w*|compare[ds]?|such as|including|based|via"
    r"|by|across|over"
    r"|to|leverag\w+|existing|previous|combin\w+)\b"
)
#: "A few months ago, we announced X": it was introduced then.
LONG_AGO = re.compile(
    r"\b(?:ago|[Ee]arlier this|[Ll]ast (?:year|month|week|spring|summer|fall|winter)|[Pp]reviously),? we [a-z]+ed "
)
#: "to build X: a new system".
APPOSED_NEW = re.compile(
    rf"{NAME}(?: \([^()]*\))?(?:,|:| --?-?| –| —) (?:an?|the first|our) (?:[a-z-]+ )*?{HEAD_NOUN}\b"
)
#: "X is a new model that", at the beginning of an announcement.
COPULA = re.compile(
    rf"(?:The )?(?P<names>{NAME})(?: \([^()]*\))?(?: models?| series)? (?:is|are) "
    r"(?P<phrase>(?:an?|the|our|[A-Z]\w+['’]s) [^.;:]{3,140})"
)
#: A study of what others made.
STUDIES = re.compile(
    r"\b(?:[Ww]e|[Tt]his (?:paper|study|work|article|survey|report)) (?:[a-z]+ )?(?:evaluat|investigat|stud(?:y|ies)"
    r"|examin|analy|assess|compar|explor|test|review|benchmark|prob(?:e|ing)|survey|propos|present|introduc|show|find)"
)
#: "a controlled evaluation of three models": what is named behind it was there before.
STUDY = re.compile(
    r"(?:an? |the |our )?(?:[a-z][\w-]*,? ){0,7}?(?:evaluation|study|audit|experiments?|comparison|analys[ie]s|survey"
    r"|review|investigation|assessment|examination|case stud(?:y|ies))"
    r"(?:,| of| in| on| across| among| between| identifying| comparing| evaluating| examining| using| with| where) "
)
MEANS = re.compile(rf"\b(?:through|via|with|by|using|called) (?P<names>{NAME}), (?P<after>(?:an?|our) [^,.;]{{3,120}})")
NAMING = Cue(
    rf"(?P<phrase>\b(?:an?|[Oo]ur|new|novel|such|the first|two|three)\s(?:[^.;:]"
    rf"|\.\d){{2,170}}?),? ?(?:\(?(?:called|named|termed|dubbed|coined|denoted(?: as)?"
    rf"|(?<!is )(?<!are )(?<!ly )referred to(?: as)?|(?:that"
    rf"|which) we (?:call|term|name|dub|refer to as|denote(?: as)?)|hereafter|we call(?: it)?"
    rf"|we name(?: it)?)),? (?:the |as )?(?:\"|“|‘)?(?P<names>{NAME}{_LIST_TAIL})(?P<after>.{{0,40}})"
)
_ACTS = (
    r"(?:enables?|allows?|lets?|helps?|makes?|achieves?|outperforms?|improves?|shows?|uses?|lifts?|boosts?|brings?"
    r"|turns?|trains?|guides?|reduces?|leverages?|augments?|extends?|adapts?|combines?|equips?|enhances?|employs?)"
)
OWN = Cue(
    rf"\b[Oo]ur (?P<new>(?:(?:proposed|new|novel|newly [a-z]+ed) )*)(?:(?!{_ACTS} )(?:(?!(?:models?|methods?"
    rf"|approach|framework"
    rf"|architecture|system|results?|experiments?|work|paper|code|findings?|analys[ie]s|evaluations?|study|pipeline"
    rf"|algorithm|of|for|to|with|on|in|at|by|from|than|that|demonstrates?|indicates?|reveals?"
    rf"|suggests?)\b)[a-z][\w-]* )){{0,4}}?(?:\""
    rf"|“)?(?P<names>{NAME})(?P<after>.{{0,40}})"
)
PROPOSED = Cue(r"\b[Tt]he (?:newly )?proposed (?P<names>⟦n\d+⟧)(?P<after>.{0,40})")
#: "our model X exceeds".
OWN_NAMED = Cue(
    rf"\b[Oo]ur (?:[a-z][\w-]* ){{0,3}}?(?P<noun>models?|methods?|approach|framework|system|agent|LLM|VLM"
    rf"|dataset|benchmark|bot|chatbot|engine|tool|toolkit|library|platform|program|assistant|simulator),?"
    rf" (?P<names>{NAME}(?:,? and {NAME})?)(?=,? (?:[a-z]+ly )?(?:[a-z]+(?:s|ed)|won|beat|took|became|can"
    rf"|has)\b)(?P<after>)"
)
#: "a pipeline that generates X, a data set of".
PRODUCES = re.compile(
    rf"\b(?:that|which|to) (?:[a-z]+ly )?(?:generat|produc|creat|yield|construct|build)(?:es?|s|) (?P<names>{NAME}), "
    rf"(?P<after>an? [^,.;]{{3,120}})"
)
#: "(1) X, a metric; and (2) Y, a data set".
NUMBERED = re.compile(rf"\((?:\d|i+|[a-d])\) (?:an? |the )?(?P<names>{NAME})(?=(?P<after>, an? .{{0,60}}))")
PASSIVE = Cue(
    rf"(?P<names>{NAME})(?P<after>(?:, [^,]{{3,120}},| \([^()]*\))?) (?:is|are) (?:[a-z]+ly )?(?:introduced"
    rf"|proposed|presented|released|open-sourced)\b(?! (?:in|by) (?:\[|⟦))"
)
MADE = Cue(
    rf"\b(?:train(?:ing|ed)?|build(?:ing)?|built|obtain(?:ing|ed)?|yield(?:s|ing|ed)?|result(?:s|ing"
    rf"|ed)? in|lead(?:s|ing)? to|develop(?:ment of|ing)|creat(?:ing|ion of)"
    rf"|call(?:ed)?|(?:adapt|tune|train|refine|align|convert) (?:it|them|the model) to (?:create|produce"
    rf"|obtain|build|get)) (?:the creation of )?"
    rf"(?:(?P<phrase>(?:an?|our|the first)\s[^.;:⟦]{{3,100}}?)(?:,| called"
    rf"| named) )?(?P<names>{NAME}{_LIST_TAIL})(?P<after>(?: models?)?[,.] ?.{{0,40}}|$)"
)
FLAVOURS = re.compile(
    rf"(?:models?|variants?|versions?|specializations?|flavors?|checkpoints?"
    rf"|series) \((?P<names>{NAME})(?=(?P<after>\)))"
)
MEMBERS = Cue(
    rf"\b(?:[Tt]he resulting|[Oo]ur(?: \w+)?|[Tt]hese|[Tt]he released|[Tt]hree|[Tt]wo|[Tt]he new) (?:models"
    rf"|variants|checkpoints|versions|datasets|benchmarks)(?:,? (?:including|namely|such as|called|i\.e\.,)"
    rf"|,|:) (?P<names>{NAME}{_LIST_TAIL})(?P<after>.{{0,40}})"
)
_DETERMINED = (
    r"(?:[Oo]ur (?:[a-z][\w-]* ){0,4}?"
    rf"|[Oo]ur (?:{NAME} and )?{NAME}(?:-[a-z]+| based) (?:[A-Za-z-]+ ){{0,3}}?"
    r"|[Tt]he (?:(?:resulting|final|improved|proposed|new|updated|obtained|resultant|flagship|complete"
    r"|[a-z]+-tuned)\b,? )+(?:[a-z][\w-]* ){0,2}?"
    r"|[Aa]n? (?:[a-z][\w-]* ){1,3}(?=(?:version|variant|extension)\b))"
)
#: "Our largest model, X, is": the name in apposition to the paper's own thing.
HEADED = Cue(
    rf"\b(?P<phrase>{_DETERMINED}(?:{HEAD_NOUN}|LLM|VLM|LM|MLLM|variants?|versions?|result|submission|configuration)),"
    rf" (?:called |named |dubbed |namely,? )?(?P<names>{NAME}{_LIST_TAIL})(?P<after>[,.;]| is| are| has|$)"
)
#: "training of a 22B-parameter X (X-22B)".
SIZED = Cue(rf"\b(?:an?|our|the) (?:[\w.-]+ ){{0,4}}?(?P<names>{NAME})(?P<after>)")
#: "At its core is the X (Y)".
CORE = Cue(
    rf"\b[Aa]t (?:its|the) (?:core|heart)(?: of (?:{NAME}|our [a-z]+|(?:this|the) [a-z]+))? (?:is"
    rf"|lies) (?:the |an? |our )?"
    rf"(?:[a-z][\w-]* ){{0,4}}?(?P<names>{NAME})(?P<after>.{{0,40}})"
)
#: "We call the resulting models X"; "this model, which we call X".
IS_CALLED = Cue(
    rf"\b(?:[Tt]his|[Tt]he|[Oo]ur) (?P<phrase>(?:[a-z][\w-]* ){{0,4}}?{HEAD_NOUN}) (?:is|are) (?:called"
    rf"|named|termed|dubbed)"
    rf" (?P<names>{NAME})(?P<after>.{{0,40}})"
)
CALL = Cue(
    rf"\b[Ww]e (?:then |hereafter )?(?:call|name|term|dub|denote|refer to) (?P<phrase>(?:the|this|these|our|it|them)\b"
    rf"(?: [\w-]+){{0,6}}?)(?: as| by)?,? (?:the )?(?:\"|“)?(?P<names>{NAME}{_LIST_TAIL})(?P<after>.{{0,40}})"
    rf"|\b(?P<phrase2>(?:[Tt]his|[Tt]he|[Tt]hese) [^.;:⟦]{{2,100}}?),? (?:that|which) we (?:call|term|name|dub"
    rf"|refer to as|denote(?: as| by)?) (?:the )?(?:\"|“)?(?P<names2>{NAME})(?P<after2>.{{0,40}})"
)
#: "a newly designed module, X"; "a new architecture (X)"; "a novel X technique".
_NEW = (
    r"\b(?:an?|one|the|our) (?:new|novel|newly [a-z]+ed|first)(?:,| and)? (?:(?!(?:of|for|that|to|with|in)\b)[\w-]+,? )"
    r"{0,5}?"
)
NOUN_THEN_NAME = Cue(
    rf"(?P<phrase>{_NEW}{HEAD_NOUN})(?:, (?:called |named |dubbed |namely )?| \(| (?:--?-?|–|—) (?:an? |the )?)"
    rf"(?P<names>{NAME})"
    rf"(?P<after>[,.;)]| (?:--?-?|–|—) | (?:that|which|to|for)\b|$)"
)
NOVEL_NAME = Cue(
    rf"\b(?:(?:an?|our) (?:novel|new|newly [a-z]+ed)|(?:demonstrate|showcase) (?:an?|our)(?: [a-z-]+)?)"
    rf" (?P<names>{NAME})(?P<after> (?:[a-z-]+ )?{HEAD_NOUN}\b)"
)
#: "two variants: X and Y"; "checkpoints for X and Y"; "we fine-tune a large model, X".
COUNTED = Cue(
    rf"(?P<phrase>\b(?:two|three|four|five|several|our|new) (?:[^.;:⟦]){{0,60}}?(?:models|variants|versions)):"
    rf" (?P<names>{NAME}{_LIST_TAIL})(?P<after>.{{0,40}})"
)
CHECKPOINTS = Cue(
    rf"\b(?:releas\w+|open-?sourc\w+|publish\w*|provid\w+)\b[^.;:]{{0,80}}?\b(?:checkpoints?|weights|code|models?)"
    rf" (?:for|of) (?:the |our )?(?P<names>{NAME}(?:(?:, and|,| and| &) (?:the )?{NAME})*)(?P<after>.{{0,40}})"
)
TUNED_MODEL = Cue(
    rf"\b[Ww]e (?:\w+ )?(?:fine-?tun|train|post-?train|adapt|distill?|pre-?train)\w* (?P<phrase>(?:an?"
    rf"|the) (?:[^.;:,]|\.\d){{3,80}}?"
    rf" (?:model|LLM|VLM|network|checkpoint|version|variant)s?), (?P<names>{NAME})(?P<after>[,.;]| (?:and"
    rf"|which|that)\b|$)"
)
#: "three techniques: X, which ...; Y, which ...; and Z".
ITEMS = re.compile(r"(?P<phrase>[^.:;⟦]{3,90}?):(?P<items> .*)")
ITEM_NAME = re.compile(
    rf"(?:^|; (?:and )?|, and |\) )(?:\(?\w{{1,3}}\) ?)?(?:the |an? )?(?P<names>{NAME})(?P<after>.{{0,40}})"
)
RESULTING = re.compile(
    r"(?:result|creat|yield)(?!ed)|(?:adapt|tune|train|refine|align|convert) (?:it|them|the model) to "
)
FAMILY = Cue(
    rf"(?:(?P<family>{NAME})? ?(?:model )?(?:family|series|suite|collection"
    rf"|line-?up)(?: of [a-z ]*models)?(?:,? which| that)?|^[Ii]t|^[Tt]hey)"
    rf" (?:consists? of|comprises?|includes?|contains?|features|encompass(?:es)?|spans|covers)(?P<members>[^.]*)"
    rf"|(?P<family2>{NAME}) (?:model )?(?:family|series|suite|line-?up)(?: of [a-z ]*models)?,?"
    rf" (?:including|comprising|consisting of|namely)(?P<members2>(?: (?:the )?{NAME}(?:,? and|,))+ {NAME})"
)
EXTENDED = Cue(
    rf"\b(?:extend(?:ed)?|adapt(?:ed)?|generali[sz]ed?|scaled?|upgraded?) (?:{NAME}|our [\w ]{{3,30}}?|it"
    rf"|this [a-z]+) (?:in)?to (?:an? |the )?(?:single |new |general )?(?P<names>{NAME})"
    rf"(?P<after>, (?:an?|which) .{{0,40}}| {HEAD_NOUN}\b)"
)
ORDINAL = Cue(
    rf"^(?:First(?:ly)?|Second(?:ly)?|Third(?:ly)?|Fourth|Finally|Additionally|Moreover|Furthermore"
    rf"|Next),? (?:the |our |an? )?(?:[a-z][\w-]* ){{0,3}}?(?P<names>{NAME})(?P<after>.{{0,40}})"
)
NOVEL = Cue(
    rf"(?P<names>{NAME}), (?P<after>(?:an? (?:new|novel|first)|the first"
    rf"|a first-of-its-kind)\b [^,.;]{{3,120}})"
)
ITEM = re.compile(rf"(?:\(?\b(?:\d|i{{1,3}}|iv|[a-e])\)) (?:[a-z-]+ ){{0,4}}?(?P<names>{NAME})(?=(?P<after>.{{0,40}}))")

#: "our X approach": the noun behind the name says that X is the approach.
ITS_NOUN = re.compile(
    r" (?:approach|method|framework|algorithm|system|architecture|pipeline|strategy|benchmark|dataset)\b"
)
#: What may follow the name of a thing that is introduced; anything else says that the name only modifies a noun.
GOOD_AFTER = re.compile(
    rf"^(?:'s|’s)?(?:\"|”|’)?(?:\s*$|\s?[,.;:()\[\]—–!?\"”]| --?-? | (?:and|or|that|which|to|for|by|with|as"
    rf"|on|in|is|are|was|at|from|where|can|has|achieves|under|over|using|via|through|along|alongside"
    rf"|trained|capable|based on|built|a|an|consisting"
    rf"|designed|comprising|containing|powered|developed|whose|together|sizes?|including|released"
    rf"|fine-tuned|finetuned|when|while|outperforms?|achieves?|surpass(?:es)?|publicly|openly|of|under|without"
    rf"|because|since|specifically)\b"
    rf"| (?:[\w-]+ ){{0,4}}?(?:{HEAD_NOUN}|family|project|paradigm|setting|task|protocol|principle|score"
    rf"|format|gap|problem)s?\b| ⟦c)"
)
#: "X (Y) Framework,": behind the short form of a name the rest of its long one.
NOUN_AFTER = re.compile(r"^ [A-Z][a-z]+(?:,| (?:that|which|for|to)\b)")
OWN_VERB = re.compile(
    r" (?:[a-z]+(?:s|ed)|won|beat|took|became|achieve|attain|reach|obtain|outperform|surpass|match|show|perform"
    r"|have|can)\b"
)
#: The name is a class, the thing is called by the next one: "a new vision Transformer, called Swin Transformer".
NAMED_NEXT = re.compile(r"(?: [a-z-]+)?,? (?:called|named|dubbed|termed) (?:the )?⟦")
KNOWN_BEFORE = re.compile(
    r"\b(?:recent(?:ly)?|existing|previous(?:ly)?|popular|well-known|widely|publicly available"
    r"|pre-existing|commonly|other|established|prior)\b"
)
USED_ON = re.compile(r"\b(?:on|across|over|in|with|using|from|evaluat\w*|test\w*)(?: [a-z]+)?,? ?$")
_DATA_CUE = re.compile(r"^ (?:benchmark|dataset|data set|corpus|leaderboard|challenge|task|test set)s?\b")
