"""The words of an English crew: who is told with or without a number, what joins them, and what says how many they are in all."""

from __future__ import annotations

import re

from nlu.cues import people

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
TENS = {word: 10 * (rank + 2) for rank, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())}
NUMBER = (
    rf"(?<!hundred and )(?<!thousand and )(?:\d{{1,4}}|(?:{'|'.join(TENS)})(?:[ -](?:{'|'.join(ONES[1:10])}))?"
    rf"|{'|'.join(ONES[1:])})(?![\w%.,/]*\d)(?!-?(?:year"
    rf"|month|yr)| (?:dozen|hundred|thousand))"
)
#: Behind a word for workers: it names a thing, a vet clinic or a barber shop.
_OF_A_THING = (
    r"| (?:clinics?|shops?|stores?|salons?|practices?|schools?|hospitals?|supplies|chairs?|uniforms?|kits?|rooms?|seats?"
    r"|courses?|licen[cs]es?"
    r"|agenc(?:y|ies)|houses?|costs?|tables?|rides?|stations?|groups?|compan(?:y|ies)|tools?)\b"
)
_BEFORE = rf"(?:(?:{people.CREW_BEFORE})[ -]){{0,3}}"
_ROLE = rf"(?:{people.CREW_ROLE})(?: members?)?(?![\w'-]{_OF_A_THING})"
_KIN = rf"(?:{people.CREW_KIN})(?![\w'-])"
_MINE = r"(?:my|our|the|her|his|a|an|one)"

#: The owner, one person of the family or the staff, several of either.
_SELF = (
    rf"(?:(?:me|myself) (?:plus|and|\+|&) (?P<more>{NUMBER})(?= ?(?:$|[,.;!?)]))|(?:the )?(?P<ours>{NUMBER}) of us"
    rf"|(?:it's |just |only )*(?:me|myself|meself|yours truly|muggins)|i(?= (?:on|with|do|cook|drive)\b| (?:and|n|&) (?:my"
    rf"|the|our|a|one)\b)|i(?=$"
    rf"|[,.;!?])|i(?:'m| am) (?:the |a |an )?(?:{people.CREW_ROLE})(?=,? (?:plus|and|with)\b))(?: (?:too|alone|included|here))?"
)
_PLACED = (
    rf"(?:(?:people |staff )?(?:in|at|on|behind|out on) (?:the |our )?(?:back )?(?:{people.CREW_PLACE})(?![\w'-]| (?:we|is|are|costs?)\b)"
    r"|on (?:salary|commission)|(?:part|full)[- ]tim(?:e(?! (?!n\b|and\b|plus\b)[a-z])|ers?)|hired(?= ?(?:$|[.,;]))"
    rf"|(?:for |in |on |doing )?(?:{people.CREW_JOB})(?=,| and\b| &| plus\b| \+|\.|;|$))"
)
_OTHERS = (
    rf"(?:a )?(?:staff|team|crew|gang|squad) of (?P<team>{NUMBER})(?![\w'-])"
    rf"|(?P<others>{NUMBER})(?: nos\.?(?: of)?)? (?:(?:others?|more|neighbours)(?: {_BEFORE}{_ROLE})?|{_PLACED})(?![\w'-])"
)
_SEVERAL = (
    rf"(?:(?:my|our|her|his|the|another|about|some|with) )?(?P<many>{NUMBER}) {_BEFORE}(?:{_ROLE}|(?:{people.CREW_KINS})(?![\w'-]))"
    rf"(?: (?:&|and|or) {_ROLE})?"
)
_SINGLE = (
    rf"(?P<single>(?:{_MINE} (?:other |old |young |big |little |elder |younger |older )?)?{_KIN}|(?:(?:little|big|elder|younger) {_KIN})"
    rf"|(?P<role>(?:a|an|one|the|my|our) {_BEFORE}{_ROLE}"
    r"|(?<=plus )[a-z]{3,9}(?= (?:in|on|at) the\b)|(?<=there's )(?!a |an |me\b|my |no |one |some )[a-z]{3,9}(?=,| and\b)"
    r"|(?:xiao|lao|mr|mrs|ms|miss|auntie|uncle) (?!me\b|and\b|plus\b)[a-z]{2,9}(?=,| and\b| who\b| plus\b)))(?: of mine)?"
)
_PARENTS = r"(?P<parents>(?:my |our )?parents)\b"
PART = re.compile(
    rf"(?<![\w'-])(?:(?P<self>{_SELF})|{_OTHERS}|{_SEVERAL}|{_PARENTS}|{_SINGLE})"
    r"(?P<with>,? ?\(?(?:incl(?:uding|\.)? (?:me|myself|the owner|the boss|wife and me)|me included|counting me"
    r"|with me (?:counted )?in|with me counted|me counted in|me(?=\)))\b\)?\.?)?"
    r"(?P<besides>,? ?(?:besides|apart from|on top of|not counting|as well as|plus|\+|and) (?:me|myself|i|the owner)(?![\w'-])"
    r"|,? (?:who )?(?:helps?|helping|assists?|assisting|works? (?:with|beside|alongside)|with) (?:me|us)(?: out)?(?![\w'-]))?"
    r"(?: (?:in|on|at|for|who|that) (?:the |our |a |its )?[\w-]+(?: (?:the |our )?[\w-]+)?(?=,|\.|;|$| and\b| plus\b| &| \+)"
    rf"| (?:who )?(?:{people.CREW_WORKS})(?: (?!and\b|my\b|me\b)[a-z'-]+){{0,4}}(?=,| and\b|\.|;|$)| the (?:[a-z]+ing|[a-z]+)(?=,|\.|;|$))?"
)
JOIN = re.compile(r",? ?(?:and|plus|with|n|&|\+|as well as|,|;)(?: also)?(?: (?:then )?there(?:'s| is| are))? |, ?")
_QUITE = r"(?:(?:only|just|about|still|now|in total|total|all|a|currently|at present|around|roughly) ){0,2}"
#: We are seven; seven of us; there are three of us; headcount 14; a gang of five.
WHOLE = re.compile(
    rf"(?<![\w'-])we(?:'re| are| were) {_QUITE}(?P<we>{NUMBER})(?= of us\b| ?(?:$|[,.;:!?)])| in all\b| in total\b| all told\b"
    rf"| altogether\b"
    rf"| from the same\b| {_BEFORE}(?!partner|mate|founder|friend|brother|sister){_ROLE}"
    rf")|(?<![\w'-])we (?P<kin>{NUMBER})(?= (?:brothers|sisters|mums|mates|lads) (?:go|work|run|do|make|drive)\b)"
    rf"|(?<![\w'-])(?:there(?:'s| are)|so|now|it's) {_QUITE}(?P<there>{NUMBER})(?= in all\b| in total\b| all told\b| altogether\b"
    rf"| (?:people|staff|heads|souls)\b)"
    rf"|(?<![\w'-])(?<!founded by )(?<!set up by )(?P<us>{NUMBER}) of us\b(?! (?:who )?(?:own|hold|share|are|sign|wear|went|got|have))"
    rf"|\b(?:headcount|manpower|workforce|staff strength|(?:team|crew|gang|staff|squad) (?:is|of|size))[ :]{{1,2}}(?:now |about "
    rf"|is |of |only )*(?P<named>{NUMBER})(?![\w'-]| ?(?:%|per|k\b|thousand|yuan|rmb|m\b|wan\b|month|year))(?P<me> (?:plus"
    rf"|and) me\b)?"
    rf"|(?:^|[,.;/(\n] ?)(?:ppl|people|persons?|emp|employes?|manpower|crew)[ :=-]{{1,3}}(?P<ppl>{NUMBER})(?= ?(?:$|[,.;/)\n]))"
    rf"|\b(?:payroll|wages|salar(?:y|ies)|pay)(?: (?:is |falls )?due)? for (?:all |our |my |the )?(?P<paid>{NUMBER})"
    rf"(?= ?(?:$|[.;!?)]|,(?! (?:myself|me|and)\b)|on the\b|on friday|this month|next|due|of us|people|staff|workers))"
    rf"|(?<![\w'-])(?P<wages>{NUMBER}) (?:wages|salaries) to pay\b"
    rf"|(?<![\w'-])(?P<behind>{NUMBER}) (?:pairs of hands|on (?:the |my |our )?(?:payroll|staff|team|books)(?! at)"
    rf"|{_BEFORE}{_ROLE} (?:in all|in total|total|all told|altogether))(?![\w'-])"
)
#: Fewer or more than before: the last number stands.
MOVED = re.compile(
    rf"\b(?:staff|team|headcount|crew|people|we|employees|workers|us)\b[^.;!?\d]{{0,14}}(?:went|gone|came|dropped|fell|shrank|grew"
    rf"|cut|reduced?|down|up|are)[^.;!?\d]{{0,10}}from (?:{NUMBER})(?: (?:{_BEFORE}{_ROLE}))? (?:(?:down|up|reduce"
    rf"|cut) )?to (?P<to>{NUMBER})(?! ?(?:%|k\b|thousand|yuan|rmb|m\b|million|wan\b))"
    rf"|\b(?:we were|had|used to be|once) (?:{NUMBER})(?: (?:{_BEFORE}{_ROLE}))?(?: (?:before|once|in \w+))?, (?:but )?(?:only "
    rf"|just )?(?:now |today )?(?:we're |we are |there are |there's |only |just )*(?P<now>{NUMBER})(?= ?(?:$|[.,;!?]|now|today"
    rf"|left|because"
    rf"|after))"
    rf"|\b(?:hired|left|quit|lost|joined|sacked|went|retired)\b[^.!?]{{0,60}},? so (?:only |just )?(?:that's |we're |we are |now "
    rf"|it's )?(?P<so>{NUMBER})(?= ?(?:$"
    rf"|[.;!?]|in all|now))"
    rf"|(?<![\w'-])(?:{NUMBER}) (?:{_BEFORE}{_ROLE}) (?:before|at the peak|at peak|last year|in \w+), (?:now "
    rf"|only )?(?P<today>{NUMBER})(?= (?:at the moment|today|now|left)|[.,;]|$)"
)
#: In an answer that counts again: hang on, Li left, so four; put 16.
PUT = re.compile(
    rf"\b(?:so|put(?: down)?|make (?:it|that)|that's|call it|now|leaves|leaving|sorry|no|actually),? (?:it's |that's |we're "
    rf"|we are |only |just )?(?P<put>{NUMBER})"
    r"(?= ?(?:$|[.!]|in all|then|now|people|staff))"
)
#: The owner and those told with him: I have three colleagues; I repair bikes with my sister; no employee except my cousin.
_WORKS = (
    "run|repair|fix|mend|make|sell|bake|cook|carve|do|work|drive|grow|weave|sew|clean|print|build|press|raise|keep|farm|fish|deliver"
    "|paint|brew"
)
WITH_ME = re.compile(
    rf"\bi (?:have|ride with|work with|work alongside|drive with) (?P<colleagues>{NUMBER}) (?:other )?(?:colleagues?|fellas|mates?"
    rf"|others|lads|people|workers|helpers|guys)\b"
    rf"|\bi (?:{_WORKS})\b(?: [a-z'-]+){{0,4}},? (?:together )?with (?:my|a|one) (?:old "
    rf"|young )?(?:{people.CREW_KIN})(?P<third> and (?:a|an|my|one) (?:{people.CREW_KIN}|{people.CREW_ROLE}))?(?= ?(?:$|[,.;!?]"
    rf"| in\b| at\b))"
    rf"|\b(?:repairs?|sewing|alone but|shop|stall|business|farm|bakery|sell [a-z ]{{3,30}}|cart) (?:together )?with (?:my "
    rf"|the )?(?:old |young )?"
    rf"(?:{people.CREW_KIN})(?= ?(?:$|[,.;!?]))"
    rf"|\bno (?:employees?|staff|workers?|help) (?:except|but|besides|apart from|other than) (?:for )?(?:my|a"
    rf"|one) (?:{people.CREW_KIN}|{people.CREW_ROLE})\b"
)
#: Everybody, in words that speak of something else: insurance for all 34; 18 of my 40 were hired this year; a family of five all work.
ALL = re.compile(
    rf"\b(?:insurance|insured|social security|pensions?)\b[^.;!?\d]{{0,20}}\b(?:all|every one of|each of) (?:the |our "
    rf"|my )?(?P<insured>{NUMBER})(?= ?(?:$|[,.;!?]|and\b|of us|of them|staff|people|workers|employees))"
    rf"|(?<![\w'-])(?:{NUMBER}) of (?:my|our|the) (?P<of>{NUMBER})(?= (?:were|are|have|people|staff|workers|employees)\b)"
    rf"|\bfamily of (?P<family>{NUMBER})(?=,? (?:all )?(?:work|works|working|in it|in the business|run)\b)"
    rf"|\bemployment[ :]{{1,2}}(?P<employment>{NUMBER})(?![\w'-]| ?%)"
)
ALONE = re.compile(
    r"\b(?:nobody (?:else )?works for me|no(?:body| one)(?: else)? but me|no employees?(?: but| except) (?:me|myself)"
    r"|i work (?:all )?alone|(?:all )?on my own(?= ?(?:$|[,.;!?]))"
    r"|(?:^|[,.;] ?)solo(?= ?(?:$|[,.;!?]))|by myself(?= ?(?:$|[,.;!?]))|i'm the lot|(?:that|it)'s just me(?! (?:comparing"
    r"|asking|checking|wondering|being|thinking)\b)"
    r"|one (?:driver|man|woman|person),? \((?:me"
    r"|myself)(?=\))|just me(?= ?(?:$|[,.;!?]| here| and (?:taobao|my (?:van"
    r"|truck|trike|cart))))|only me(?= ?(?:$|[,.;!?]))|me alone|myself only|only myself|one[- ]m[ae]n band"
    r"|work alone|(?:drive|run|do) (?:\w+ ){0,3}(?:all )?alone(?= ?(?:$|[,.;!?])))\b"
)
#: Behind a chain: somebody else, who is not counted.
GOES_ON = re.compile(
    r",? (?:and|&|\+|plus) (?!we\b|i\b|it\b|they\b|no\b|have\b|rent\b|that|this\b|our\b|a\b|an\b|the\b|need|want|all\b|not|so\b"
    r"|sell|make|do\b|in\b|on\b|\d|my \w+ (?:is|was|has|does|wants))"
)
#: In the clause of a chain: these are not the staff.
NOT_STAFF = re.compile(
    r"\b(?:want|need|looking|look|plan|hope|would|could|if|will|hiring|to hire|shareholders?|own|owns|hold|holds|holding|split|shares?"
    r"|guarant\w*"
    r"|support|feed|competitor\w*|customers?|clients?"
    r"|pupils|students|guests|kids to|children|loan|lend|lent|owes?|friend of|live|lives|rent|married|divorced|father's|pledge"
    r"|between|partnership|court|sued?|shareholding|equal parts|founded)\b|%"
)
#: How far around a chain they may stand.
REACH = 36
LARGEST = 3000


def value_of(word: str) -> int:
    """The number that a match of NUMBER says."""
    if word.isdigit():
        return int(word)
    head, _, tail = word.replace("-", " ").partition(" ")
    if head in TENS:
        return TENS[head] + (ONES.index(tail) if tail else 0)
    return ONES.index(head)
