"""Who beats whom, and who is on par; the subject stands before the cue, those it is compared with behind it."""

from kg.extract.cue import Cue
from kg.extract.relations.reading import ADVERBS
from kg.extract.rule import Rule

_WIN = (
    r"(?:outperform(?:s|ed|ing)?|surpass(?:es|ed|ing)?|exceed(?:s|ed|ing)?|beats?|beating|outpac(?:es?|ed"
    r"|ing)|outscor(?:es?|ed|ing)|overtak(?:es?|ing)|eclips(?:es?|ing)"
    r"|outclass(?:es|ed|ing)?|dominat(?:es?|ed|ing)|improv(?:es?|ed|ing) (?:significantly "
    r"|substantially )?(?:up)?on(?! (?:the )?(?:state(?!-of-the-art ⟦n)|task|average))"
    r"|(?:is|are|was|were) (?:[a-z]+ly )?(?:superior|preferred|favou?red) (?:to|over)|(?:shows?"
    r"|demonstrates?|its) (?:clear )?superiority (?:to|over)"
    r"|(?:outcompet(?:es?|ed|ing))|(?:wins|won|winning) (?:[\d–-]+ )?against|bests|top(?:s|ping)|(?:doubl"
    r"|tripl|quadrupl)ing the performance of"
    r"|superior (?:[a-z]+ ){1,3}(?:to|over))"
)
_DRAW = (
    r"(?:(?<!\bto )(?:matches|match|(?<!through )(?<!with )(?<! by )(?<! of )(?<! the )(?<! a )"
    r"(?<! for )(?<!train )(?<!trained )(?<!using )(?<!under )matched)(?! with)"
    r"|(?<!score )(?<!flow )(?<!feature )matching(?! (?:lower|upper) bound| (?:methods|approaches"
    r"|techniques|algorithms|models|based)\b)(?= (?:or |and |the |[a-z]+ "
    r"|⟦))(?! with)|rival(?:s|ed|ing|l?ing)?|(?:(?<=⟧ )|(?<=it )|(?<=and )|(?<=hat )|(?<=ich )|(?<=ly )"
    r"|(?<=en )|(?<=, ))approach(?:es|ed)"
    r"|approaching(?= (?:the )?(?:performance|level|quality|accuracy|⟦n))|nears|near(?:ing)? the performance of"
    r"|compet(?:es?|ing) (?:favou?rably |closely )?with|parity with|reach(?:es|ing)? the (?:level|performance) of"
    r"|(?:reach|attain|match|approach|achiev)(?:es|ing|ed|e)?(?= ⟦n\d+⟧(?:-level)? (?:[a-z]+ )?(?:quality|performance"
    r"|accuracy|level|results)\b)"
    r"|as (?:accurate|good|capable|strong|effective|powerful|competitive|fast) as|performs? (?:comparabl[ey]|similarly"
    r"|competitively|on par|on a par) (?:to|with)|equals?"
    r"|on[ -]par with|on a par with|(?<!cost )(?<!size )(?<!budget )(?<!compute )"
    r"(?<!parameters )comparabl[ey] (?:to|with)|competitive(?:ly)? (?:with|to|against)"
    r"|(?<!cost )(?<!size )(?<!budget )comparable (?:[a-z]+ ){0,3}(?:to|with)"
    r"|competitive (?:[a-z]+ ){1,3}(?:with|to|against)|similar (?:[a-z]+ ){0,2}?(?:performance|results?|accuracy"
    r"|sample quality|quality) (?:to|as)|close (?:performances?"
    r"|results) (?:with|to)|(?:sample )?quality similar to|achiev\w+ parity with|(?:gets?"
    r"|comes?) close to|sometimes exhibiting the behaviors of)"
)
#: Both at once: only the weaker claim is certain.
_EITHER = (
    rf"(?:{_WIN}|{_DRAW})(?:,? and (?:sometimes |often |even |in some cases )*|,? or (?:even )?"
    rf"|/){ADVERBS}(?:{_WIN}|{_DRAW})"
)
_BETTER = (
    r"(?:better|higher|stronger|superior|lower|faster|greater)(?: [\w@-]+){0,8}? (?:than"
    r"|compared (?:to|with))|compared favou?rably (?:to|with)"
    r"|prefer(?:red)? (?:⟦n\d+⟧|it|our [a-z]+) over|win(?:ning|s)?[ -]rates? (?:over|against)(?! ⟦n\d+⟧ from)"
    r"|(?:generational |significant |substantial )(?:leap|improvements?|gains?|advantages?) over"
    r"|advantages? over|more (?:[a-z]+ly )?(?:capable|efficient|accurate|effective|robust|powerful|stable) than"
    r"|speed-?ups? (?:of [^,;⟦]{1,20} )?(?:over|compared to|relative to)|\d+%? over|fewer (?:[a-z]+ ){0,2}than"
    r"|improv(?:es?|ed|ing) [^,;.⟦]{3,80}? over(?= (?:the |its |our )?(?:[a-z-]+ ){0,2}⟦n)"
    r"|(?:improvements?|gains?) (?:of [^,;⟦]{1,30} )?over|[\d.]+x? over|wins? over"
)

RULES = (
    Rule(
        id="comparison.either",
        predicate="matches",
        says="outperforms or matches: only the weaker of the two is certain",
        example="We introduce Zephon, a language model. Zephon matches or exceeds Boreas.",
        finds=("Zephon", "Boreas"),
        counterexample="We introduce Zephon, a language model. Zephon exceeds all hopes.",
        reader="comparison",
        cue=Cue(rf"\b{_EITHER}\b"),
    ),
    Rule(
        id="comparison.win",
        predicate="outperforms",
        says="outperforms, surpasses, exceeds, beats, is superior or preferred to",
        example="We introduce Zephon, a language model. Zephon outperforms Boreas (280B) and Notos.",
        finds=("Zephon", "Notos"),
        counterexample="We introduce Zephon, a language model. Zephon does not outperform Boreas.",
        reader="comparison",
        cue=Cue(rf"\b{_WIN}\b"),
    ),
    Rule(
        id="comparison.better",
        predicate="outperforms",
        says="better, higher, faster ... than; gains or advantages over",
        example="We introduce Zephon, a language model. Zephon achieves higher accuracy than Boreas.",
        finds=("Zephon", "Boreas"),
        counterexample="We introduce Zephon, a language model of more than 7 layers.",
        reader="comparison",
        cue=Cue(rf"\b(?:{_BETTER})\b"),
    ),
    Rule(
        id="comparison.loses",
        predicate="outperforms",
        says="lags behind, falls short of, is worse than or underperforms: what stands behind it is better",
        example="We introduce Zephon, a language model. Zephon still lags behind Boreas.",
        finds=("Boreas", "Zephon"),
        counterexample="We introduce Zephon, a language model. The lag behind the wind is small.",
        reader="comparison",
        reversed=True,
        cue=Cue(
            r"\b(?:(?:lag|trail|fall)(?:s|ed|ging|ing)? (?:[a-z]+ )?behind(?: that of)?|falls? short of"
            r"|underperform(?:s|ed|ing)?"
            r"|(?:worse|weaker) than|inferior to|outperformed by|surpassed by)\b"
        ),
    ),
    Rule(
        id="comparison.cheaper-draw",
        predicate="outperforms",
        says="on par with a named thing, yet faster, smaller or cheaper",
        example="We introduce Zephon, a language model. Zephon is on par with Boreas while being three times faster.",
        finds=("Zephon", "Boreas"),
        counterexample="We introduce Zephon, a language model. Zephon is on par with Boreas in speed.",
    ),
    Rule(
        id="comparison.figures",
        predicate="outperforms",
        says="a better figure, beside that of a named thing",
        example="We introduce Zephon, a language model. Zephon solves 28.8% of the tasks, while Boreas solves 11.4%.",
        finds=("Zephon", "Boreas"),
        counterexample="We introduce Zephon, a language model. Zephon makes 28.8% errors, while Boreas makes 11.4%.",
    ),
    Rule(
        id="comparison.compared-to",
        predicate="outperforms",
        says="compared to a named thing, another is better, faster, smaller: the clause beside says so",
        example="We introduce Zephon, a language model. Compared to Boreas, Zephon achieves higher accuracy.",
        finds=("Zephon", "Boreas"),
        counterexample="We introduce Zephon, a language model. Compared to Boreas, Zephon achieves similar accuracy.",
    ),
    Rule(
        id="comparison.draw",
        predicate="matches",
        says="matches, rivals, is on par, comparable or competitive with",
        example="We introduce Zephon, a language model. Zephon is on par with Boreas.",
        finds=("Zephon", "Boreas"),
        counterexample="We introduce Zephon, a language model that is comparable to a person.",
        reader="comparison",
        cue=Cue(rf"\b{_DRAW}\b"),
    ),
)
