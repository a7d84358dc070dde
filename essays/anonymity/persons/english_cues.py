"""What an English name looks like, and the words around it that tell a person, a place, a thing or a hero."""

from __future__ import annotations

import re

NAME = r"(?:[A-Z]['’])?[A-Z][a-zà-ÿ]+(?:[A-Z][a-z]+)?(?:[-'’][A-Z]?[a-zà-ÿ]+){0,2}"
INITIAL = r"(?:[A-Z]|Yu|Ya|Ye|Zh|Kh|Ch|Sh|Ts)\."
FULL = rf"(?:{INITIAL}|{NAME})(?: (?:{INITIAL}|{NAME})){{0,2}}"
WITH_INITIALS = re.compile(rf"{NAME}(?: {INITIAL}){{1,2}}")
TITLED = re.compile(
    r"(?<!\w)(?:Mr|Mrs|Ms|Mx|Miss|Mister|Missis|Dr|Prof|Sir|Madam|Madame|Mme|Doctor|Nurse|Coach|Trainer|Professor"
    r"|Officer|Headmaster|Headmistress|Principal|Director|Dean|Sensei|Master|[Aa]unt|[Aa]untie|[Aa]unty|[Uu]ncle|Gran"
    r"|[Gg]ranny|[Gg]randma|[Gg]randpa|[Gg]randad|[Gg]randmother|[Gg]randfather|Nana|Baba|Babushka|Ded|Dedushka|Dyadya"
    r"|Tyotya|Tetya|Teacher|Tutor|Brother|Sister|Cousin|Opa|Oma|Onkel|Tante|Frau|Herr|Apa|Agai|Abyi|Ebi|Señora?|Signora?)"
    rf"\.? ({FULL})"
)
SURNAME = re.compile(
    r"[A-Z][a-z]{2,}(?:[oe]v|yov|[oe]va|[st]sk(?:y|iy|ii|aya|aia)|enko|chuk|shvili|nyan|ichev|adze|idze|[ou]kova|ovich"
    r"|oglu|skas|uly|kyzy|[aiou]nen|opoulos)"
)
# Who does this is a person; «Everyone said» has a plain word at its head.
ACTS = re.compile(
    r",? (?:(?:also|always|just|never|only|quietly|suddenly|then|once|even|who) )?(?:said|says|asked|asks|replied"
    r"|replies|answered|answers|told|tells|laughed|laughs|smiled|smiles|nodded|shouted|whispered|explained|explains|came|sat|ran"
    r"|thinks|thought|loves|loved|likes|liked|lives|lived|wants|wanted|cried|cries|promised|sent|wrote|writes|taught"
    r"|teaches|took|showed|shows|joked|jokes|agreed|texted|invited|suggested|works|worked|studied|studies|looked|looks"
    r"|shrugged|sighed|screamed|yelled|grinned|waved|hugged|winked|phoned|helped|brought|bought|knows|knew|forgot"
    r"|remembered|dreams|sings|sang|plays|played|won|drew|cooked|cooks|sits|stood|stands|and I|and me)(?!\w)"
)
# A team wins and plays, a brand likes and wants.
SPEAKS = re.compile(
    r",? (?:said|says|asked|asks|told|tells|replied|answered|laughed|smiled|nodded|whispered|sighed)(?!\w)"
)
SPOKEN_TO = re.compile(
    r"(?:(?<!\w)(?:[Dd]ear|Hi|Hello|Hey|Lieber?|[Tt]hank you|[Tt]hanks|[Ss]orry|Goodbye|Bye|[Ll]ove|Yours)(?:,| to)?"
    r"|\b(?:asked|told|thanked|thank|hugged|kissed|met|phoned|texted|named|nicknamed|called him|called her)"
    r"|(?:said|asked|answered|replied|shouted|laughed|whispered))[ ,]{1,2}$"
)
CALLED = re.compile(
    r"\b(?:boy|girl|guy|man|woman|lady|friend|student|teacher|person|child|kid|neighbou?r|someone|somebody|brother|sister"
    r"|cousin|pupil|mate|one|baby|doctor|nurse|volunteer|coach)s?(?: [a-z]+){0,4} (?:called|named|nicknamed) $"
)
BETWEEN = re.compile(
    r"(?:, | and | & | or |, and |, or )(?:(?:my|our|the|little|lazy|old|big|funny|kind|clever|quiet|even|also) ){0,2}"
)
OF_PLACE = re.compile(
    r"(?:\b(?:[Ii]n|[Aa]t|[Nn]ear|[Ii]nto|[Aa]round|[Tt]he|[Aa]n?|[Tt]o|[Ff]rom|[Oo]f|[Vv]isit(?:ed)?|[Ll]ake) "
    r"|[\"“‘«'(]|https?:\S*)$"
)
FATHER = re.compile(r"[A-Z][a-z]+(?:ych|[oe]vich|[oe]vna|ichna|inichna)")
ANIMAL = re.compile(
    r"\b(?:dogs?|cats?|puppy|kitten|hamster|parrot|horse|pony|rabbit|cow|pet)(?:'s name is|,? (?:called|named))?,? $"
)
PLACES = frozenset("Rostov Saratov Kirov Azov Tambov Kiev Lvov Pskov Mogilev Kishinev Pushkino Serov Chekhov".split())
CANDIDATE = re.compile(rf"(?<![\w.])({FULL})")
NO_NAMES = frozenset(
    "I The A An My Our His Her Their It He She We They You This That These Those And But Or So If When While After "
    "Before In On At By For From With As To Of Not No Yes Then There Here What Who Why How Where Which One Two Dear "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
    "September October November December English Russian Russia Moscow Siberia Altai Barnaul Internet Government "
    "Gosuslugi State Public Services Ministry University School College Street Avenue Park Museum Is Are Was Were Do "
    "Does Did Can Could Will Would Should May Might Must Let Thank Thanks Please Hello Hi Today Yesterday Tomorrow "
    "Once Every Each All Some Many Most Much Now Later Finally First Second Third Last Next Also However Because "
    "Although Though Since Until Even Only Just Still Already Maybe Perhaps Sometimes Always Never Usually Great "
    "Mr Mrs Ms Miss Dr Prof Sir Madam Britain America Europe Asia London City River Mount Lake Sea New North South "
    "East West Aunt Uncle Granny".split()
)
SELDOM_PEOPLE = frozenset("april august june may rome rim mars ural roman art russia german victoria major".split())
NAMES_TOO = frozenset("May April June Will Mark Hope Rose Grace".split())
# «Alice, the voice assistant», «"Alice, play Beethoven"»
PROGRAM = re.compile(r"assistant|speaker|voice|Yandex|chatbot|robot|messenger|smart home")
COMMAND = re.compile(r",? (?:play|turn|switch|set|remind|find|what|how|when|put|read|start|add|order|show) ")
# «Tverskaya Street», «on Pavlovsky Trakt», «Lenin district»
PLACE_AFTER = re.compile(
    r" (?:[Ss]treet|St\.|[Aa]venue|[Ss]quare|[Ll]ane|[Rr]oad|[Tt]rakt|[Pp]rospe[ck]t|[Uu]litsa|[Pp]ereulok"
    r"|[Ee]mbankment|[Bb]oulevard|[Hh]ighway|[Dd]istrict|[Rr]egion|[Kk]rai|[Oo]blast|[Tt]erritory|[Rr]iver|[Ll]ake"
    r"|[Mm]ountains?|[Bb]ridge|[Tt]heatre|[Mm]useum"
    r"|[Ll]ibrary|[Ss]tation|[Aa]irport|[Pp]ark|[Cc]athedral|[Uu]niversity|[Ii]nstitute)(?!\w)"
)
# «Masha from the cartoon», «a chocolate «Alyonka»», «the system is named Horriot»
OF_A_WORK = re.compile(
    r"[\"”»]? (?:from|in|of) (?:the|a|an|this|that|my favou?rite)(?: [a-z]+){0,2} (?:cartoons?|film|movie|book"
    r"|fairy tale|tale|story|novel|series|game|song|anime|comics?|joke|poem|ballet|opera|musical|play)(?!\w)"
)
THING_BEFORE = re.compile(
    r"\b(?:system|service|portal|app|application|programme?|(?:web)?site|robot|bot|assistant|project|club|team|company|shop|game"
    r"|camp|film|movie|book|song|cartoon|series|festival|ship|river|lake|village|town|city|planet|star|station|channel|brand"
    r"|car|train|bank|card)(?:, | (?:which |that )?(?:is|was) | )?(?:called |named |titled )?[\"“«]?$"
)
