"""How sure it is that words are a person's name, by the model, the lists and what stands around them (`setting`)."""

from __future__ import annotations

import re
from functools import lru_cache

from essays.anonymity.name_forms import is_surname_like
from essays.anonymity.persons.cues import introduces
from essays.anonymity.persons.dictionary import is_deed_too, is_only_persons, is_plain, is_unknown
from essays.anonymity.persons.lexicon import ABSTRACT, AT_WORK, CALLED_SO, HONOURS, PLACES, SMALL_NAMES, is_no_person
from essays.anonymity.persons.setting import CLOSING, OPENING, SCHOLAR, Setting
from essays.anonymity.persons.stems import (
    all_given_names,
    given_names,
    is_also_a_word,
    is_frequent_surname,
    is_nominative,
    is_vocative,
    may_be_surname,
    surname_stem,
)
from essays.anonymity.persons.words import Word
from essays.anonymity.weights import recognizer

_TOWN = re.compile(r"\w{3,}(?:ск|цк|град)(?:а|у|ом|е)?")
# What only a surname looks like: in the middle of a sentence, with a capital, and of no other use to the model.
ONLY_SURNAME = re.compile(
    r"\w{3,}(?:(?:ов|ев|ин|ын)(?:а|у|ым|ой|ы|ых|ыми)?|енко|[чжш]ко|ышко|чук(?:а|у|ом|е)?|[лдн]юк(?:а|у|ом|е)?"
    r"|(?:ович|евич)(?:а|у|ем|е)?|[ая]нян|янц|швили|дзе|[иы]х)"
)
# «Гөлнара», «Зәйтүнә»: a word with letters that Russian lacks, and with a capital, is mostly somebody.
OF_ANOTHER_ALPHABET = re.compile(r"[әөүҗңһғқҫҙҡӊӱӧӓҕҥ]")
# Behind these stands a surname, where no noun follows it.
_AT_POST = re.compile(
    r"(?:предшественни|преемни|напарни|соперни|сменщи)[кц]\w{0,2}|(?:инспектор|диспетчер|консультант|вахтер|регистратор)\w{0,2}"
    r"|следовател\w{1,2}|охранник\w{0,2}"
)
_ADJECTIVE_SURNAME = re.compile(r"\w{3,}(?:ск|цк)(?:ий|ого|ому|им|ая|ой|ую|ие|их)")
VERB = re.compile(r"\w+(?:л|ла|ли|ло|ет|ит|ут|ют|ат|ят|лся|лась|лись|тся|[иея]м|ешь|ишь)")
_PREPOSITIONS_OF_PLACE = frozenset("в во на из г город города городе под до через около".split())
# «Совхозная» is a street more often than a lady.
_ADJECTIVE = re.compile(r"\w+(?:ая|яя|ую|юю|ое|ее|ые|ие|ого|его|ему|ому|ий|ый)")
_ANY_ADJECTIVE = re.compile(r"\w+(?:ая|яя|ую|юю|ое|ее|ые|ие|ого|его|ему|ому|ий|ый|ой|ей|ых|их|ым|им|ыми|ими)")
# A word that begins a sentence and that the model takes for a name though it is a verb, a participle, a noun of a deed.
_NO_NAME = re.compile(r"\w+(?:ла|ли|ло|лся|лась|тся|ться|ут|ют|ешь|ишь|ние|ия|ция|сть|ство|тель|ую|ив|ав)")
# «Дежурю с фельдшером», «Зовёт на Байкал»: a verb at the head of a sentence.
_IN_PRESENT = re.compile(
    r"\w{2,}(?:[жчшщрлнвмдтсз]у|[аеиоуялнр]ю|[аяоеу]ет|[вджзнрчшщ]ет|[вджлнрстчш]ит|[лнржчд]ят|[жчшщ]ат)"
)
_DISTRICT = re.compile(
    r"(?:район|кра[йяюе]|област|сельсовет|округ|улиц|проспект|тракт|переул|площад|бор(?:а|у|ом|е)?$)\w{0,3}"
)
# «Вера в себя», «надежда на лучшее», «слава богу»: the word, not the name.
_IDIOM = {
    "вер": ("в", "во"),
    "надежд": ("на",),
    "любов": ("к", "ко"),
    "слав": ("богу", "героям", "труду", "о", "тебе", "россии"),
    "роман": ("о", "об", "про", "в"),
    "ник": ("в", "на", "и", "у"),
}
# What faith, hope, love and roses do.
_OF_A_THING = re.compile(
    r"(?:движ|умир|умр|пахн|цвет|раст|спас|побежд|побед|дела|да[её]т|вдохнов|окрыл|гре|твор|леч|исцел|угас|помога|приход"
    r"|нужн|важн|сильн|бывает|окуп|колет|вян|состо)\w*"
)


def evidence(
    setting: Setting, run: list[int], names: list[Word], parts: tuple[str, frozenset[str], str], initials: str
) -> float:
    """Confidence in `run` (indexes of neighbouring words, initials among them), 0 for no name.

    `parts` are surname, full given names and patronymic as `names` have them.
    """
    surname, given, patronymic = parts
    first = run[0]
    seen = any(name.person for name in names)
    elsewhere = all(name.place_or_body for name in names)
    before = setting.before(first)
    if all(is_no_person(name.text) for name in names):
        return 0
    if len(run) == 1 and not given and setting.told(first):
        return 0.8
    if setting.titled(first) or _is_honoured(setting, run[-1]):
        return 0.85
    known = bool(given) and any(given_names(name.text) for name in names)
    if initials:
        if known and not surname and len(initials) == 1 and len(names) == 1 and first == run[-1] - 1:
            return 0.85  # «Полина Ш.»
        if not surname or initials.isascii() != surname.isascii():
            return 0  # «P. S. Девочка …»
        if setting.nicknamed(first) or (names[0].opens and setting.is_at(run[-1] + 2, ":")):
            return 0.85  # A badge: «Барият М.», a line of a chat: «Патя М.: …»
        if len(initials) == 1 and not may_be_surname(surname):
            # «Ф. Олесси» is somebody, «С. Ребриха» is a village.
            return 0.8 if (seen or not elsewhere) and initials not in "сгдпм" and len(surname) > 3 else 0
        return 0.92 if may_be_surname(surname) or not elsewhere else 0
    if known and (patronymic or (surname and may_be_surname(surname))):
        return 0 if elsewhere and not patronymic and before in _PREPOSITIONS_OF_PLACE else 0.93
    if len(names) > 1 and patronymic:
        return 0.9
    if len(names) > 1:
        if is_no_person(names[-1].text) and not known:
            return 0  # «Малый Енисей»
        return 0.86 if seen or setting.introduced(first) or (known and setting.nicknamed(first)) else 0
    name = names[0]
    rare = name.place_or_body and not recognizer().knows(name.text)  # «у дяди Мерген-оола»
    in_office = not name.place_or_body or rare or setting.set_apart(first) or SCHOLAR.fullmatch(before) is not None
    if setting.introduced(first) and in_office and not name.shown.isupper():
        return 0.82
    if known:
        return _given_alone(setting, first, name)
    if patronymic:
        return 0.85 if seen or not name.opens else 0
    if name.opens and is_plain(name.text) and not is_frequent_surname(name.text):
        return 0  # «Иду по нему», «Связист»
    if OF_ANOTHER_ALPHABET.search(name.text) and not name.place_or_body:
        return 0.8
    if is_only_persons(name.text) and not (name.place_or_body and before in _PREPOSITIONS_OF_PLACE):
        return 0.85
    return _surname_alone(setting, first, name)


def _is_told_at_work(setting: Setting, index: int, name: Word) -> bool:
    """«Потом живой оператор – Любовь.», «… сказала мама. Любовь работает сутками»: by the word before, and the verb."""
    before, following = setting.before(index), setting.after(index)
    if index < 2 or following is None or not is_nominative(name.text):
        return False
    earlier = setting.words[index - 2].text
    if before in "–—-":
        return AT_WORK.fullmatch(earlier) is not None and following.text in ".,"
    return before == "." and name.opens and introduces(earlier) and setting.acts(index)


def _is_honoured(setting: Setting, index: int) -> bool:
    """«Рузиля апа», «Шамсия-апа»: what elders are called by."""
    following = setting.after(index)
    return (following is not None and following.text in HONOURS) or (
        setting.words[index].shown.rpartition("-")[2] in HONOURS
    )


def _surname_alone(setting: Setting, index: int, name: Word) -> float:
    before, following = setting.before(index), setting.after(index)
    if _TOWN.fullmatch(name.text):
        return 0  # «дальше Вилюйска»
    if before in ("с", "со") and following is not None and following.text in ("вас", "тебя", "всех", "нас"):
        return 0  # «С Сурхарбаном вас!»
    frequent = is_frequent_surname(name.text)
    adjective = _ADJECTIVE.fullmatch(name.text) is not None
    if before in _PREPOSITIONS_OF_PLACE:
        # «до Чарышского», «на Лысуху» are places, «в Кузнецова бросили мяч» is none.
        sure = name.person and frequent and not adjective and name.text not in PLACES
        return 0.8 if sure else 0
    if before in ("зовут", "звали") and may_be_surname(name.text):
        return 0.8
    if following is not None and _DISTRICT.fullmatch(following.text) and _ANY_ADJECTIVE.fullmatch(name.text):
        return 0
    if before in OPENING and following is not None and following.text in CLOSING and not setting.nicknamed(index):
        return 0  # «премия «Оскар»», «ООО «Ким»»
    if following is not None and _ANY_ADJECTIVE.fullmatch(name.text) and not frequent and _is_thing(following):
        return 0  # «Русской службе», «Золотых мячей»
    verb = following is not None and VERB.fullmatch(following.text) is not None
    ends = following is None or not following.text[0].isalpha() or verb
    if name.person and (frequent or (may_be_surname(name.text) and not adjective)):
        return 0.85 if not name.opens or not setting.is_plain(name) else 0
    if name.person and (not adjective or (ends and _ADJECTIVE_SURNAME.fullmatch(name.text))):
        listed = before == "," or (following is not None and following.text == ",")
        if len(name.text) < (2 if listed else 3) or name.shown.isupper():
            return 0
        if name.opens:
            plain = setting.is_plain(name) or name.text in _common_openings()
            plain = plain or _NO_NAME.fullmatch(name.text) is not None
            plain = plain or (not verb and _IN_PRESENT.fullmatch(name.text) is not None)
            return 0 if plain else 0.8
        return 0.8 if verb or is_surname_like(name.text) else 0.7
    if name.opens and following is not None and following.text == "!" and ONLY_SURNAME.fullmatch(name.text):
        return 0.8 if before in OPENING or before in ("!", "–", "—", "-") else 0  # A roll call.
    if name.opens or before in OPENING or name.text in PLACES:
        return 0
    if ends and _AT_POST.fullmatch(before) and not name.place_or_body:
        return 0.8  # «его предшественник Прудкий уходит», «лишь инспектор Утробина.»
    # The model takes a rare surname for a place; among people it is one of them.
    among = before in (",", "и") and index > 1 and setting.words[index - 2].person
    if among and before == "и" and ends and not is_plain(name.text) and len(name.text) > 2:
        return 0.75  # «Востров, Овсянников и Хотей.»
    # «Невский проспект» is no person, «Избицкая пришла» is.
    if name.tag == "O" or name.person:
        if ONLY_SURNAME.fullmatch(name.text):
            return 0.8
        return 0.8 if ends and _ADJECTIVE_SURNAME.fullmatch(name.text) else 0
    if (among or verb) and ONLY_SURNAME.fullmatch(name.text):
        return 0.8
    # «глава посёлка Шкуропацкий подарил», «пришёл Шкуропацкий»: who acts and is in no dictionary.
    acts = verb or VERB.fullmatch(before) is not None
    return 0.8 if acts and is_unknown(name.text) and _ADJECTIVE_SURNAME.fullmatch(name.text) else 0


def _is_thing(word: Word) -> bool:
    """Whether an adjective before the word may belong to it: a noun, no verb, no word of two letters."""
    return word.text.isalpha() and not word.capital and len(word.text) > 2 and VERB.fullmatch(word.text) is None


@lru_cache(maxsize=1)
def _common_openings() -> frozenset[str]:
    return frozenset(
        "сегодня вчера завтра утром днем вечером ночью потом затем тогда отметим напомним помню спасибо жаль вот увы "
        "однажды подруга друг внук внучка мама папа бабушка дедушка сестра брат дядя тетя сын дочь приятель электрик "
        "учитель учительница преподаватель сосед соседка врач директор кандидат обвиняемый замечание сцена гроб тюрьма "
        "купюра демонстрация шумиха спецназ смертник кокаин первый второй третий один одна ребята девочки мальчики "
        "передо надо лень кароч короч короче прикинь ваще жалко прежде после конечно "
        "деточка дочка сынок внучок милая милый родная родной".split()
    )


def is_idiom(setting: Setting, index: int) -> bool:
    """Whether what follows makes a word of a given name: «Вера в прогресс»."""
    following = setting.after(index)
    if following is not None and following.text in "–—-" and setting.words[index].opens:
        return any(word.text in CALLED_SO for word in setting.words[index + 2 : index + 6])
    if setting.words[index].text == "ника":
        return False
    return following is not None and following.text in _IDIOM.get(surname_stem(setting.words[index].text), ())


# «К Наурызу прибавили», «родился в Рамазан»: feasts that are names too.
_FEASTS = frozenset(surname_stem(name) for name in "наурыз навруз новруз рамазан рамадан байрам ураза".split())
_BEFORE_FEASTS = frozenset("на в к ко до после перед с отмечали отмечаем праздновали встречали праздник".split())


def _given_alone(setting: Setting, index: int, name: Word) -> float:
    before, following = setting.before(index), setting.after(index)
    if before in _BEFORE_FEASTS and surname_stem(name.text) in _FEASTS and not setting.acts(index):
        return 0
    common = is_also_a_word(name.text)
    if name.opens and name.text not in all_given_names() and is_deed_too(name.text) and not setting.acts(index):
        return 0  # «Еле отговорили», «Иду по нему»: no Елисею, no Иду
    if common and is_idiom(setting, index):
        return 0
    following_word = following.text if following is not None else ""
    if following_word in ("не", "всегда", "никогда") and index + 2 < len(setting.words):
        following_word = setting.words[index + 2].text
    if before == "за" and index > 1 and setting.words[index - 2].text == "замуж":
        return 0.8
    if common and _is_told_at_work(setting, index, name):
        return 0.8
    if name.opens and common and (name.text in ABSTRACT) and _OF_A_THING.fullmatch(following_word):
        return 0
    if name.person:
        return 0.85 if not (common and name.opens) or setting.acts(index) else 0.75
    if name.place_or_body and before in _PREPOSITIONS_OF_PLACE and before != "на":
        return 0
    if not common:
        return 0.85
    if name.opens and following is not None and following.text in ",!" and setting.greeted(index + 2):
        return 0.85  # «Мишка, здравствуй!»
    if before in OPENING or name.opens:
        spoken_to = following is not None and following.text in ",!"
        if spoken_to and is_vocative(name.text) and (before in OPENING or before in "–—-"):
            return 0.8  # «Лен, …», «Слав, …»
    if name.text in SMALL_NAMES and not name.opens and before not in OPENING and not name.place_or_body:
        return 0.75  # «пособие на Стёпку»
    strict = bool(given_names(name.text) & ABSTRACT) or name.text in ABSTRACT
    return 0.8 if setting.acts(index, only_speaks=strict) else 0
