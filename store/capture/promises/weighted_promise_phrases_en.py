"""The English rules: words by which somebody takes on to do something, and what speaks for and against it."""

from __future__ import annotations

from store.capture.promises.phrase_rule import FIRM, SOFT, Rule

_DONE = (
    r"(?:sent(?: out)?|shared|circulated|prepared|drafted|submitted|provided|transmitted|forwarded|finali[sz]ed|completed|translated|updated|published|signed|nominated|appointed"
    r"|designated|established|set up|organi[sz]ed|held|convened|launched|developed|distributed|delivered|funded|financed|covered|paid|invited|informed|included|added"
    r"|installed|trained|reviewed|revised|presented|communicated|answered|made available|made|given|put|issued|issued|arranged|conducted|carried out|drawn up|scheduled"
    r"|continued|expanded|done|produced|printed|purchased|bought|sold|hired|repaired|procured|booked|hosted|chaired|led|coordinated|facilitated|supplied|tabled|uploaded|recorded|registered|selected|identified|named|confirmed|clarified|extended|equipped|granted|offered|corrected|checked|edited|introduced|adopted|ratified|tested|translated|collected|compiled|consulted|notified|returned|handed over|sought|supported|implemented|taken|created)"
)
_NOT_AN_ACT = r"(?!(?:the|a|an|this|that|it|its|their|his|her|our|these|those|all|any|such|terms|date|peace|democracy|human|mutual|each|one|both)\b)"
_NEVER = r"(?!not\b|never\b|no longer\b|be\b|have (?!it\b|them\b|the \w+ \w+ed\b)|only be\b|also be\b|need\b|require\b|depend\b|remain\b|become\b|and\b|of\b|to\b|or\b)"

TO_DO_VERBS = frozenset(
    """
add address advise agree amend analyse analyze announce answer appoint approve arrange ask assess assist attend award begin book brief build call cancel
carry change check circulate clarify close collect come compile complete conduct confirm connect consider consult contact continue contribute convene coordinate
correct cover create deliver deploy designate determine develop discuss dispatch disseminate distribute draft draw embed enable engage enhance ensure establish evaluate
examine exchange expand explore facilitate file fill finalise finalize find finish fix follow forward fund give hand help hold host identify implement improve include inform
initiate install integrate introduce invite issue join launch lead lend let link list look mail maintain make map meet monitor name nominate notify obtain offer open organise
organize participate pay pilot plan prepare present print procure produce propose provide publish purchase put ratify reach recommend reconvene record refer register
release remind renew reply report request research resend resolve respond return review revise schedule second secure seek select send set share sign start strengthen
submit suggest supply support survey take test train transfer translate transmit update upgrade upload use verify visit work write
""".split()
)
"""What an item under a heading of actions begins with, as an order."""

TO_DO = "|".join(sorted(TO_DO_VERBS))
"""The pattern of one of them."""

CUES: tuple[Rule, ...] = (
    Rule(
        "agreed to",
        3.0,
        rf"\b(?:agree(?:d|s)?|consent(?:s|ed)?|concur(?:s|red)?) <adv>to <adv>{_NOT_AN_ACT}(?=[a-z])",
        "The Ministry agreed to nominate two analysts.",
        "The Board agreed to the proposal of the chair.",
        FIRM,
        "agree consent concur",
    ),
    Rule(
        "agreed that … will",
        3.0,
        r"\b(?:agreed|decided|concluded|resolved|settled|determined) <adv>(?:(?:on|with|between) [\w ]+?)?that\b[^.;]{0,140}?\b(?:will|would|should|shall|is to|are to) <adv>(?!not\b|be (?:useful|good|helpful|important)\b|have\b)(?=[a-z])",
        "It was agreed that the Agency would share its list.",
        "They agreed that trade brings stability.",
        FIRM,
        "agreed decided concluded resolved settled determined",
    ),
    Rule(
        "agreed that … be done",
        2.6,
        rf"\b(?:agreed|decided|concluded|resolved|settled|determined) <adv>(?:(?:on|with|between) [\w ]+?)?that\b[^.;]{{0,140}}?(?<!\bwill )(?<!\bshall )(?<!\bshould )(?<!\bwould )(?<!\bto )\bbe <adv>(?={_DONE}\b)",
        "It was agreed that the plan be drawn up by May.",
        "It was agreed that the plan be good.",
        FIRM,
        "agreed decided concluded resolved settled determined",
    ),
    Rule(
        "agreed on doing",
        2.4,
        r"\bagree(?:d|s)? <adv>(?:up)?on (?=(?:[a-z]+ing\b(?! of\b)|(?:the |a |an )?(?:[a-z]+ )?(?:establishment|creation|launch|organi[sz]ation|exchange|development|convening|holding|preparation|provision|appointment|nomination|introduction|opening|translation)\b))",
        "The sides agreed on holding quarterly calls.",
        "They agreed on the importance of training.",
        FIRM,
        "agree",
    ),
    Rule(
        "committed to",
        2.8,
        rf"(?<!\bare )(?<!\bis )(?<!\bbe )(?<!\bbeen )(?<!\bremain )(?<!\bremains )(?<!\bwas )(?<!\bwere )(?<!\bfully )(?<!\bstrongly )\b(?:re)?commit(?:s|ted)? <adv>(?:themselves |itself |ourselves |himself |herself )?to <adv>{_NOT_AN_ACT}(?=[a-z])",
        "Participants committed to pursue a series of talks.",
        "Both sides are committed to peace.",
        FIRM,
        "commit",
    ),
    Rule(
        "is committed to",
        2.2,
        rf"\b(?:are|is|remains?|stands?|be|been|were|was) <adv>(?:committed|dedicated|determined|resolved) to <adv>(?=(?:{_NOT_AN_ACT}[a-z]+|the (?:[a-z]+ )?(?:implementation|development|continuation|completion|delivery|provision|establishment|expansion))\b)",
        "They are committed to working on a joint list.",
        "They are committed to the region.",
        SOFT,
        "committed dedicated determined resolved",
    ),
    Rule(
        "undertook to",
        3.0,
        rf"\b(?:undertook|undert(?:ake|akes|aken)|pledge[ds]?|promise[ds]?|vow(?:s|ed)?|volunteer(?:s|ed)|guarantee[ds]?|accept(?:s|ed)|agreed in principle|bound (?:itself|themselves)) <adv>to <adv>{_NOT_AN_ACT}(?=[a-z])",
        "PGO undertook to answer both requests by 31 March.",
        "It accepted to the letter.",
        FIRM,
        "undert pledge promise vow volunteer guarantee accept agreed bound",
    ),
    Rule(
        "took it upon itself",
        2.6,
        r"\b(?:took|takes?|taken|assumed?) (?:it )?(?:up)?on (?:itself|themselves|himself|herself)(?: the task)? (?:to|of) ",
        "The Institute took it upon itself to print the manual.",
        "It took place on Tuesday.",
        FIRM,
        "upon on",
    ),
    Rule(
        "decided to",
        2.6,
        rf"\b(?:decide[ds]?|resolve[sd]?|chose|elected) <adv>(?:to|on) <adv>(?={_NOT_AN_ACT}[a-z]+)",
        "The Council decided to open a liaison office.",
        "The Court decided the case.",
        FIRM,
        "decide resolve chose elected",
    ),
    Rule(
        "will",
        2.2,
        rf"(?<!\ba )(?<!\bthe )(?<!\bpolitical )(?<!\bgood )(?<!\bfree )(?<!\btheir )(?<!\bits )\b(?:will|shall)\b(?:, [^,;.]{{3,90}}, | )<adv>{_NEVER}(?=[a-z])|[’']ll <adv>{_NEVER}(?=[a-z])",
        "The Embassy will transmit the protocol.",
        "The good will of the parties is known; it will not help.",
        FIRM,
        "will shall ll",
    ),
    Rule(
        "will be done",
        2.2,
        rf"\b(?:will|shall) <adv>be <adv>(?={_DONE}\b)",
        "A summary will be sent out in July.",
        "It will be in attendance.",
        FIRM,
        "will shall",
    ),
    Rule(
        "will be ready",
        2.2,
        r"\b(?:will|shall|would) be (?=(?:ready|with (?:us|you))\b[^.;]*\b(?:by|before|(?:no|not) later than)\b)",
        "The list will be ready by 1 May.",
        "The list will be ready soon.",
        FIRM,
        "ready with_us with_you",
    ),
    Rule(
        "is to do",
        2.2,
        rf"\b(?:is|are) to <adv>(?=(?:be {_DONE}|(?!be\b|the\b|a\b|promote\b|improve\b|strengthen\b|help\b|support\b|ensure\b|make\b|increase\b|provide\b|enhance\b|build\b|bring\b|raise\b|enable\b|reduce\b|develop\b|share\b|foster\b|create\b)[a-z]+)\b)",
        "The Unit is to report on the results in May.",
        "The aim is to promote trade.",
        FIRM,
        "is_to_ are_to_",
    ),
    Rule(
        "said it would",
        2.4,
        r"\b(?:said|state[ds]|informed|confirm(?:ed|s)|indicate[ds]|announce[ds]?|explained|assure[ds]|told|advised|replied|added|promised|clarified|reported|reaffirmed|mentioned|declared|signalled|noted|answered|responded|reassured|pledged|offered|insisted|repeated|undertook|undertaken|guaranteed|vowed|agreed|accepted|gave (?:its|their|his|her|our|an?) (?:assurance|word|undertaking)s?)\b[^.;]{0,90}?\bwould <adv>(?!not\b|be (?:prepared to|ready to|willing to|able to|with (?:us|you)|grateful|glad|happy|useful|needed|required|interested|held|important|possible|difficult)|like\b|have\b|appreciate|welcome|prefer|need|require|depend|help|allow|enable|make it)(?:be )?(?=[a-z])",
        "The Agency said that it would send the forms.",
        "The Agency said that it would like to receive the forms.",
        FIRM,
        "would",
    ),
    Rule(
        "would",
        1.7,
        r"\bwould <adv>(?!not\b|be\b|like\b|have\b|appreciate|welcome|prefer|need|require|depend|help|allow|enable|make|benefit|also like\b|become\b)(?=[a-z])",
        "UNODC would provide the interpreters.",
        "They would like to know more.",
        FIRM,
        "would",
    ),
    Rule(
        "intends to",
        2.4,
        r"\b(?:intend(?:s|ed)?|mean(?:s|t)) <adv>to <adv>(?=[a-z])|\b(?:the|its|their|our|his|her|an|confirm\w*|express\w*|announc\w*) (?:\w+ )?intention (?:to|of) (?=[a-z])",
        "We intend to promote transparency.",
        "The intended effect was reached.",
        SOFT,
        "intend mean",
    ),
    Rule(
        "plans to",
        2.2,
        r"\b(?:plan(?:s|ned|ning)?|is going|are going|[’']s going|[’']re going|expects?) <adv>to <adv>(?!the\b|a\b|be\b|receive\b)(?=[a-z])|\b(?:has|have|had) plans to |\bplan(?:s|ned|ning)? (?:on|for) (?=[a-z]+ing\b)",
        "The Office plans to hold a course in May.",
        "The plan to the north was dropped.",
        SOFT,
        "plan going expect",
    ),
    Rule(
        "aims to",
        2.1,
        r"\b(?:aims?|strives?|seeks?|aspires?|aspired|endeavou?rs?) (?:and strive |and seek )?<adv>to <adv>(?=[a-z])|\baspirations? (?:to|of) ",
        "We aim to promote the use of digital tools.",
        "The aim of the course was clear.",
        SOFT,
        "aim strive seek aspir endeavo",
    ),
    Rule(
        "is ready to",
        2.4,
        r"\b(?:ready|willing|prepared|happy|glad|keen|disposed|open) to <adv>(?!hear|learn|note|see|inform|announce|read|the\b|all\b)(?=[a-z])|\b(?:readiness|willingness|preparedness|openness) (?:to|for|in) ",
        "UNODC is ready to pay for the translation.",
        "They were happy to learn of it.",
        SOFT,
        "ready willing prepared happy glad keen disposed open preparedness",
    ),
    Rule(
        "affirmed a commitment",
        2.4,
        rf"\b(?:re)?(?:affirm|iterat|confirm|underscor|underlin|renew|express|stat|stress|declar|announc|reinforc|emphasi[sz]|voic|show|signal|made|record|restat|giv|gave)\w* (?:[\w’'-]+ ){{0,7}}?(?:commitments?|determination|resolve|desire|readiness|willingness|intention|intent|aspirations?|assurances?|pledges?) (?:to|in|of) <adv>(?={_NOT_AN_ACT}[a-z]+)(?!(?:region|values|principles)\b)",
        "The countries reaffirmed their steadfast commitment to reduce the harm.",
        "They reaffirmed their commitment to the region.",
        SOFT,
        "commitment determination resolve desire readiness willingness intent aspiration assurance pledge",
    ),
    Rule(
        "expressed interest",
        1.2,
        r"\b(?:express\w*|confirm\w*|voic\w*|show\w*|reiterat\w*|signal\w*) (?:[\w’'-]+ ){0,5}?interest in (?=[a-z]+ing\b)",
        "The Institute expressed interest in hosting the next round.",
        "They are interested in the topic.",
        SOFT,
        "interest",
    ),
    Rule(
        "offered to",
        2.4,
        r"\boffer(?:s|ed)? <adv>(?:to (?=[a-z])|(?:its|their|his|her|the|further|technical) (?:\w+ )?(?=(?:support|assistance|help|expertise|services|facilities)\b))|\b(?:stands?|stood) ready to |\bcan (?:also )?(?=(?:offer|provide|host|cover|lend|second)\b)|\bcould <adv>(?=(?:offer|provide|host|cover|lend|second|support|fund|finance|arrange|organi[sz]e|share|contribute)\b)",
        "The Institute offered to host the next round.",
        "The offer was made to all.",
        SOFT,
        "offer ready can could",
    ),
    Rule(
        "promised something",
        2.3,
        r"\b(?:promise[sd]|pledge[sd]|offer(?:s|ed)|commit(?:s|ted)|volunteer(?:s|ed)) (?P<to>(?:(?:the )?(?-i:[A-Z])[\w’'\-]* (?:of |for |on )?){0,5})(?=(?:up to |another |further |additional |an? (?!apolog|toast|tribute|prayer|warm|vote|view|opinion|glimpse)|its (?=premises|help|support|assistance|venue|experts?|trainers?)|the (?=list|register|data|figures|results|report|draft|catalogue|use of)|some )?(?!that\b)(?:\d[\d,.]*|two|three|four|five|six|seven|eight|ten|twelve|(?:[a-z]+ ){0,2}(?:answer|reply|list|register|data|figures|results|catalogue|samples|keys|report|copy|draft|funding|funds|support|assistance|places?|seats?|experts?|officers?|trainers?|translation|training|course|workshop|premises|equipment|help|venue|grant|contribution)\b))",
        "INTERPOL offered SBS two places in the course.",
        "INTERPOL offered a toast.",
        FIRM,
        "promise pledge offer commit volunteer",
    ),
    Rule(
        "must",
        1.5,
        r"\b(?:must|has to|have to) <adv>(?!be\b|have\b|not\b|need)(?=[a-z]+\b[^.;]*\b(?:by|before|no later than|not later than|until) (?:the end|\d|end|(?-i:[A-Z])))",
        "The Agency must submit the figures by 1 June.",
        "We must not forget the victims.",
        FIRM,
        "must has have",
    ),
    Rule(
        "does by a date",
        1.7,
        rf"\b(?=(?:{TO_DO})s\b)(?=\w+ [^.;]*\b(?:by|before|no later than|not later than) (?:the end|end|close|\d|(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday)\b))",
        "UNODC sends the draft by 15 April.",
        "UNODC sends the draft by post.",
        FIRM,
        "_by_ _before_ later_than",
    ),
    Rule(
        "does it regularly",
        1.7,
        rf"\b(?=(?:{TO_DO})s\b)(?=\w+ [^.;]*\b(?:every|each|monthly|weekly|quarterly)\b[^.;]*\b(?:starting|beginning|from|as of)\b)",
        "SBS sends the list every Monday, starting on 1 May.",
        "SBS sends the list every Monday.",
        FIRM,
        "every each monthly weekly quarterly",
    ),
    Rule(
        "announced plans",
        2.2,
        r"\bannounc\w+ (?:[\w’'-]+ ){0,3}?plans? to (?=[a-z])",
        "The United States announced plans to continue its work.",
        "The plans were announced.",
        SOFT,
        "plan",
    ),
    Rule(
        "was tasked to",
        2.6,
        r"\b(?:was|were|is|are|been|be) <adv>(?:tasked|instructed|mandated|entrusted|charged|assigned|asked by the (?:meeting|chair|board)) (?:(?:to(?! [A-Z])|with)\b |(?=the (?:\w+ing|preparation|organi[sz]ation|translation|task)\b))",
        "The secretariat was tasked with drafting the note.",
        "The tasks were clear.",
        FIRM,
        "tasked instructed mandated entrusted charged assigned asked",
    ),
    Rule(
        "tasked others",
        2.2,
        r"\b(?:instructed|tasked|directed|mandated|charged) (?:their|its|the|our) (?:[\w’'-]+ ){1,6}?(?:to|with) (?=[a-z])",
        "The ministers instructed their experts to prepare a draft.",
        "The instructions were clear.",
        FIRM,
        "instructed tasked directed mandated charged",
    ),
    Rule(
        "takes the lead",
        2.2,
        r"\b(?:takes?|took|taken|assume[sd]?|accept(?:s|ed)) (?:on |over |up )?(?:the |an |a |full |main )*(?:lead|responsibility|obligation|task) (?:on|in|for|of|to) |\b(?:is|are) (?:responsible|in charge) (?:for|of) (?=[a-z])",
        "IOM takes the lead on the glossary.",
        "The lead was taken by others.",
        FIRM,
        "lead responsib obligation task charge",
    ),
)

REQUEST = Rule(
    "a request",
    -2.5,
    r"\b(?:request(?:s|ed|ing)?|asked|asks|asking|invite[ds]?|inviting|urge[ds]?|urging|call(?:s|ed|ing)? (?:up)?on|called for|encourage[ds]?|appeal(?:s|ed)?|grateful|would like(?! to (?:confirm|inform|assure|state|announce|advise|reiterate|reaffirm))|would appreciate|please|recommend(?:s|ed)?|suggest(?:s|ed)?|wondered)\b",
    "The Embassy would be grateful if the Office could confirm.",
    "The Embassy will confirm.",
)
HOPE = Rule(
    "a hope",
    -2.0,
    r"\b(?:hope[sd]?|hoping|look(?:s|ed|ing)? forward|expect(?:s|ed)? that|wish(?:es|ed)?(?! to (?:confirm|inform|assure|state|announce|advise|reiterate|reaffirm))|trusts?|believe[sd]?|confident)\b",
    "They hope that the course will be held.",
    "They agreed to meet again.",
)
DISCUSSED = Rule(
    "only discussed",
    -2.0,
    r"\b(?:discuss(?:ed|es|ing)?|considered|reviewed|examined|debated|exchanged|explored|assessed|asked|talked|deliberated|questioned|wondered|reflected|spoke|compared|explained|described|outlined|detailed|recalled|recalls)\b",
    "They discussed how the Task Force will work.",
    "They agreed to work on it.",
)
REPORTED = Rule(
    "a view",
    -1.0,
    r"\b(?:recogni[sz]e[ds]?|acknowledge[ds]?|noted|notes|noting|underscored|underlined|stressed|emphasi[sz]e[ds]?|highlighted|stressing|welcome[ds]?|welcoming|commended|praised|appreciated|thanked|congratulated|regretted|considers?|thinks?)\b",
    "The sides noted that the system will be in use.",
    "The sides will use the system.",
)
PAST = Rule(
    "of the past",
    -1.5,
    r"\b(?:had|previously|earlier|formerly|last (?:year|month|week|autumn|spring|summer|winter)|in the past|already|since then|years? ago|months? ago|originally|initially|at the time)\b",
    "In 2021 the Agency had committed to send monthly figures.",
    "The Agency committed to send monthly figures.",
)
CONDITION = Rule(
    "a condition",
    0.0,
    r"\b(?:provided that|(?<=, )provided(?= (?:[A-Z]{2,}|the|its?|they|we|he|she)\b)|subject to|if|should the|in case|where (?:necessary|needed)|if need be|pending (?=the\b|its\b|their\b|a\b|further\b|approval|confirmation|receipt|agreement|clearance|funding)|on condition|as long as|depending on|once)\b",
    "IOM would pay, provided that the budget allows it.",
    "IOM will pay.",
)
EFFECT = Rule(
    "an effect",
    -1.2,
    r"^(?:also |further |both |now )?(?:help|enable|allow|improve|deepen|stimulate|contribute|include|serve|lead|benefit|mean|facilitate|make (?:it|the)|bring|result|increase|reduce|underscore|highlight|demonstrate|reflect|signal|mark|emphasi[sz]e|strengthen|enhance|support|foster|boost|ensure|provide|cover|focus|feature|address|advance|reinforce|promote|build|create|give|run|last|show|form|take into|play|represent|open|begin|start|end|continue|go|come|apply|enter|hold|expire|consist|amount|cost|have)\b",
    "help to find related cases",
    "send the list",
)
"""What a thing as subject does by itself: it follows a cue."""
PROGRAMME = Rule(
    "programme of an event",
    -1.6,
    r"^(?:travel|attend|visit|arrive|depart|speak|address|deliver|open the|lead (?:a|the) delegation|head (?:a|the) delegation|meet with|accompany|participate in|take part|join|host|convene|chair|preside|highlight|emphasi[sz]e|showcase|feature|mark|celebrate|bring together|gather|discuss|outline|lay|present|receive|hold talks|hold (?:a )?(?:bilateral|meetings)|stay|land|leave|need|wait)\b",
    "travel to Geneva",
    "send the list",
)
"""What follows a cue in the announcement of an event."""
LEARNS = Rule(
    "no act",
    -2.0,
    r"^(?:learn|benefit|receive|gain|see|know|find|understand|be able|need|enjoy|feel|become|grow|remain|depend|suffer|face|lose|get)\b",
    "benefit from the course",
    "send the list",
)
"""What is no act of the subject: it follows a cue."""
MEETS_AGAIN = Rule(
    "the next meeting",
    0.6,
    r"\b(?:(?:next|follow-up|second|third|first|fourth|fifth|annual|quarterly|regular) (?:\w+ )?(?:\w+ )?(?:meeting|session|round|dialogue|visit|workshop|course|call|seminar|training|consultations?)|meet again|meet (?:next|annually|regularly|quarterly)|reconvene|convene (?:annually|regularly|again))\b",
    "The next meeting will take place on 8 April.",
    "The meeting took place on 8 April.",
)
DISCUSSION_NOUN = Rule(
    "a noun",
    -2.5,
    r"(?:the|a|an|this|that|their|its|of|’s|'s|strong|firm|shared|historic|joint|full|political|continued) $",
    "the EU's ",
    "The sides ",
)
"""What stands before a word that is a noun there, as `the EU's resolve to`."""

FEATURES: tuple[Rule, ...] = (
    REQUEST,
    HOPE,
    DISCUSSED,
    REPORTED,
    PAST,
    CONDITION,
    EFFECT,
    PROGRAMME,
    LEARNS,
    MEETS_AGAIN,
    DISCUSSION_NOUN,
)
"""All that are no cues."""
