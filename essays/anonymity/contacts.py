"""E-mail addresses, telephones, logins, links, numbers of documents and dates of birth.

What everybody may know stays: hotlines, emergency numbers, sites and addresses of public services.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from essays.anonymity.birth_dates import BIRTH, birth_dates, birth_in_words
from essays.anonymity.folding import Folded
from essays.anonymity.identity import Identity
from essays.anonymity.spans import Span

_PUBLIC_DOMAINS = re.compile(
    r"(?:.*\.)?(?:gosuslugi\.ru|gov\.ru|gu\.spb\.ru|mos\.ru|kremlin\.ru|government\.ru|nalog\.ru|pfrf\.ru"
    r"|rosreestr\.ru|altairegion22\.ru|22\.ru"
    r"|consultant\.ru|garant\.ru|cbr\.ru|sberbank\.ru|pochta\.ru|rzd\.ru|wikipedia\.org|mfc22\.ru"
    r"|esia\.gosuslugi\.ru|роспотребнадзор\.рф|.*\.gov\.рф)"
)
_PERSONAL_SITES = re.compile(
    r"(?:www\.|m\.)?(?:t\.me|telegram\.me|vk\.com|vk\.me|vk\.ru|ok\.ru|wa\.me|instagram\.com"
    r"|facebook\.com|fb\.com|twitter\.com|x\.com|tiktok\.com|youtube\.com"
    r"|youtu\.be|rutube\.ru|dzen\.ru|zen\.yandex\.ru|github\.com|livejournal\.com|likee\.video"
    r"|discord\.gg|discord\.com|viber\.com|pinterest\.com|proza\.ru|stihi\.ru"
    r"|docs\.google\.com|drive\.google\.com|disk\.yandex\.ru|yadi\.sk|cloud\.mail\.ru|sites\.google\.com"
    r"|narod\.ru|ucoz\.ru)(?:/\S*)?"
)
_SCHOOL_SITES = re.compile(
    r"(?:sch|sh\d|sh-|shk|sosh|school|shkola|gimn|lice|lyce|kolledj|colledge|edu22|edusite|gosweb|uchi"
    r"|nsportal|infourok)",
    re.IGNORECASE,
)
_PUBLIC_PAGES = frozenset(
    {"gosuslugi", "gosuslugi_official", "mfc", "mos", "altairegion", "rosobrnadzor", "edu", "government"}
)
_PUBLIC_LOGINS = frozenset({"support", "info", "help", "mail", "press", "office", "pr", "priem", "contact", "feedback"})

_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}?\.(?:[a-z]{2,10}|рф|ру)\b"
    r"|(?<![\w.+-])[\w.+-]{1,64}[ ]?(?:@|\(at\)|\[at\]|\{at\}|\(собака\)|\[собака\]|\(эт\)|[ ](?:собака|собачка"
    r"|эт)[ ])[ ]?"
    r"[\w-]{1,63}(?:[ ]?\.[ ]?[\w-]{1,63}){0,4}?[ ]?(?:\.|[ ](?:точка|тчк)[ ]|\((?:dot|точка)\)|\[dot\])[ ]?"
    r"(?:ru|com|net|org|su|рф|ру|ком|kz|by|ua|info|edu|me)\b",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>«»\"“”]+|(?<![\w.-])(?:[a-zа-я0-9-]{1,63}\.){1,5}(?:ru|рф|com|org|net|info"
    r"|me|su|io|edu|site|online|pro|gg|sk|be|gov)(?:/[^\s<>«»\"“”]*)?(?![\w@])",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z][\w.]{2,}")
_LOGIN = re.compile(
    r"(?:\bник(?:нейм)?|\bлогин|\bаккаунт|\bканал|телеграмм?|\bтг|telegram|instagram|инстаграмм?|\bвк"
    r"|вконтакте|вайбер|viber|whatsapp|ватсап|скайп|skype|дискорд|discord|tiktok|тикток|\bтелег[аиеу]|\bмакс[ае]?|\bmax"
    r"|\bинст[аеу]|\bютуб\w{0,2}|youtube|рутуб\w?|\bканал\w?|\bчате?|\bигр[еы]|\bконтакт[ае]?|\bодноклассник"
    r"|\bstream|\bтвич|twitch|\bsteam|\bстим[ае]?|nickname|login"
    r"|username|учетн\w+ запис)\w{0,2}"
    r"(?:[ ]?[:\-–—(][ ]?"
    r"|[ ](?:[^\W\d_a-zA-Z]{1,12}[ ]){0,4})(?:[:\-–—][ ]?)?[«\"@]?(?P<it>[A-Za-z][\w.\-]*[\d_.\-][\w.\-]*\w"
    r"|[A-Za-z][\w]{4,}(?=[»\")]?[ ]?(?:$|[.,;\n])))",
    re.IGNORECASE,
)
# «yulka_2010», «frol2009art»: nothing but a login has such a shape.
_LOGIN_SHAPE = re.compile(
    r"(?<![\w@./:-])(?=[a-z0-9_.]{6,32}(?![\w@/-]))(?=[^\s]*[a-z]{3})(?:[a-z]+_[a-z0-9_]*[a-z0-9]"
    r"|[a-z]{3,}[._]?(?:19|20)\d\d[a-z]{0,8})(?![\w@./-])"
)
_NO_LOGINS = frozenset(
    {"ios", "windows", "minecraft", "covid", "web", "wi_fi", "read_me", "expo", "euro", "office", "fifa", "html"}
)
_PHONE = re.compile(r"(?<![\d№])(?:\+[ ]?7|\b[78])[ \-‑–().]{0,3}(?:\d[ \-‑–().]{0,3}){9}\d(?![\d])")
_MOBILE = re.compile(r"(?<![\d№.,-])\(?9\d{2}\)?[ \-–]?\d{3}[ \-–]?\d{2}[ \-–]?\d{2}(?![\d.-])")
_TOWN_PHONE = re.compile(r"(?<![\d.,/-])\d{2}-\d{2}-\d{2}(?!\d|-|\.\d)")
_DISCORD = re.compile(r"(?<![\w#])[\w.]{2,32}#\d{4}(?!\d)")
_AREA_PHONE = re.compile(r"\(\d{3,5}\)[ ]?\d{1,3}[ \-–]?\d{2}[ \-–]?\d{2}(?!\d)")
_CUED_PHONE = re.compile(
    r"(?:\bтел(?:ефон)?|\bмоб|\bзвон\w+|\bсот(?:овый)?|whatsapp|ватсап|вайбер"
    r"|viber)\w{0,3}[ ]?[.:\-–—]?[ ]?(?:№|по номеру|номер\w?)?[ ]?(?P<it>\+?\d[\d \-–()]{4,17}\d)",
    re.IGNORECASE,
)
_FREE_PHONE = re.compile(r"(?:\+?[78])?[^\d]*8?800")

_SNILS = re.compile(r"(?<!\d)\d{3}[ \-–]\d{3}[ \-–]\d{3}[ \-–]?[ ]?\d{2}(?!\d)")
_CUED_SNILS = re.compile(r"снилс\w{0,2}[^\d\n]{0,25}(?P<it>\d[\d \-–]{9,13}\d)", re.IGNORECASE)
_INN = re.compile(r"\bинн\b[^\d\n]{0,25}(?P<it>\d{10}(?:\d{2})?)(?!\d)", re.IGNORECASE)
_PASSPORT = re.compile(
    r"(?:паспорт\w{0,3}|сери[яию]|удостоверени\w{1,2})[^\d\n]{0,40}?(?P<it>\d{2}[ ]?\d{2}[ ,]{0,3}(?:№"
    r"|номер|n)?[ ]?\d{6,7}|\d{2}[ ]?(?:№[ ]?)?\d{7})(?!\d)",
    re.IGNORECASE,
)
_BARE_PASSPORT = re.compile(r"(?<![\d.,])\d{2}[ ]\d{2}[ ](?:№[ ]?)?\d{6}(?!\d)|(?<!\d)\d{4}[ ]№?[ ]?\d{6}(?!\d)")
_CERTIFICATE = re.compile(r"\b[IVXLC]{1,5}[ ]?[-–][ ]?[А-ЯЁ]{2}[ ]?№?[ ]?\d{6}(?!\d)")
_CARD = re.compile(r"(?<!\d)(?:\d{4}[ \-]?){3}\d{4}(?!\d)")
_PHONE_ABROAD = re.compile(r"\+\d{1,3}[ \-–()]{0,2}(?:\d[ \-–()]{0,2}){8,11}\d(?!\d)")
_APPLICATION = re.compile(
    r"(?:заявлени|заявк|обращени|запрос|талон|квитанци|уведомлени|постановлени|документ|договор|полис"
    r"|свидетельств|диплом|справк|дел[оауе]|уин|карт|ответ|письм|входящ|исходящ|жалоб|услуг|сообщени|посылк|трек"
    r"|очеред|счет"
    r"|лицев|аттестат|студенческ|зач[её]тк|зач[её]тн|сч[её]т|билет|чек|приказ|номер)\w{0,4}[^\d\n.]{0,30}?(?:№"
    r"|номер\w{0,3}|n|:)[ ]?"
    r"(?P<it>(?:[А-ЯA-Z]{1,4}[-–/ ]?)?\d[\d\-–/]{4,24}\d)(?!\d)",
    re.IGNORECASE,
)
_NUMBER_OF = re.compile(
    r"\bномер\w{0,2}[ ](?:[а-яё]+[ ]){1,4}(?:[:—–-][ ]?)?(?P<it>(?:[А-ЯA-Z]{1,4}[-–/ ]?)?\d[\d\-–/]{4,24}\d)(?!\d)",
    re.IGNORECASE,
)
_LONG_NUMBER = re.compile(r"(?<![\d.,/])\d{10,25}(?![\d,])")

_STREET = (
    r"(?:\bул(?:иц[аеы]|\.|(?=[ ]))|\bпр(?:оспект\w?|-т|-кт|\.)|\bпер(?:еул(?:ок|ке)|\.)|\bмкр\.?|\bмикрорайон\w?"
    r"|\bбульвар\w?|\bпроезд\w?|\bтракт\w?|\bшоссе|\bплощад[ьи]|\bпер\b|\bпр\b)"
)
_TOWN = (
    r"(?:(?:\d{6},?[ ])?(?:(?<!\w)[А-ЯЁ][а-яё]{2,20}[ ](?:край|кр\.|р-н|район),?[ ])?\b(?:г|с|п|пгт|рп"
    r"|р\.[ ]?п|пос|д|ст|город|село|посёлок|деревня)\.?[ ][А-ЯЁ][\w-]+(?:[ ][А-ЯЁ][\w-]+)?,[ ]?|\b\d{6},?[ ])?"
)
_HOUSE_WORD = (
    r"(?:один|два|три|четыре|пять|шесть|семь|восемь|девять|\w+надцать|\w+дцать(?:[ ][а-я]{3,6})?"
    r"|сорок(?:[ ][а-я]{3,6})?)"
)
_FLAT = (
    r"(?P<flat>,?[ ]?[-–]?[ ]?\b(?:квартир[аеыу]|кв\.?|комн(?:ата|\.)?)[ ]?(?:№[ ]?)?(?:\d{1,4}|"
    + _HOUSE_WORD
    + r")|[ ]?[-–][ ]?\d{1,3}(?!\d))?"
)
_ADDRESS = re.compile(
    rf"{_TOWN}{_STREET}[ ]?[«\"]?[А-ЯЁ0-9][\w \-.»\"]{{1,40}}?,?[ ](?:(?:д(?:ом\w?"
    rf"|\.)?[ ]?)?(?:№[ ]?)?\d{{1,3}}[а-я]?(?!\d)(?:/\d+)?|д(?:ом\w?|\.)[ ]{_HOUSE_WORD})(?:,?[ ]?(?:корп(?:ус|\.)"
    rf"|к\.|стр\.)[ ]?\d+)?{_FLAT}",
    re.IGNORECASE,
)
# «Ленина 5, кв. 12», «Гущина, 150, квартира 33»: the street is not called one.
_HOUSE_FIRST = re.compile(
    r"\b(?:дом[еау]?|д\.)[ ]?(?:№[ ]?)?\d{1,3}[а-я]?[ ](?:по|на)[ ](?:ул(?:ице|\.)|переулку|пер\.|проспекту?"
    r"|пр\.)[ ][А-ЯЁ0-9][\w-]*(?:[ ][А-ЯЁ][\w-]+)?"
    r"(?P<flat>,?[ ](?:квартир[аеыу]|кв\.?)[ ]?\d{1,4})?",
    re.IGNORECASE,
)
_STREET_FLAT = re.compile(
    rf"{_STREET}[ ][А-ЯЁ0-9][\w-]*(?:[ ][А-ЯЁ][\w-]+)?,?(?P<flat>[ ](?:квартир[аеыу]"
    rf"|кв\.?)[ ]?\d{{1,4}})",
    re.IGNORECASE,
)
_BARE_ADDRESS = re.compile(
    r"\b[А-ЯЁ][а-яё]+(?:[ -][А-ЯЁ][а-яё]+)?,?[ ](?:д(?:ом"
    r"|\.)?[ ]?)?\d{1,3}[а-я]?(?:/\d+)?,?[ ]?[-–]?[ ]?(?P<flat>(?:квартир[аеыу]|кв\.?)[ ]?\d{1,4})(?!\d)"
)
# «живу на Ленина 5», «проживаю на Социалистической, 12-4».
_BARE_HOME = re.compile(
    r"(?:жив[уё]\w*|прожива\w+|прописан\w*|адрес\w*|переехал\w*|дом)[ :,–—-]{1,3}(?:(?:мы|я|она|он|теперь|сейчас"
    r"|с мамой|с родителями|у нас)[ ]){0,2}(?:на[ ]|по[ ]|:[ ]?)?"
    r"(?P<it>[А-ЯЁ][а-яё]+(?:[ -][А-ЯЁ][а-яё]+)?,?[ ](?:д(?:ом|\.)?[ ]?)?\d{1,3}[а-я]?(?:[/-]\d{1,3})?)(?![\d:]"
    r"|[ ]?(?:лет|год|месяц|человек|км|этаж))"
)
_HOME = re.compile(
    r"(?:жив\w+|\bжил[аи]?\b|индекс|прожива\w+|адрес\w*|прописан\w*|регистраци\w+|дом[аой]*|квартир\w+"
    r"|прописк\w+)[^\n.!?]{0,50}$",
    re.IGNORECASE,
)
_PUBLIC_PLACE = re.compile(
    r"(?:мфц|отделени\w+|центр\w*|библиотек\w+|больниц\w+|поликлиник\w+|администраци\w+|управлени\w+"
    r"|офис\w*|музе\w+)[^\n.!?]{0,60}$",
    re.IGNORECASE,
)

Pattern = tuple[re.Pattern[str], str, str, str, float]

_NUMBERS: tuple[Pattern, ...] = (
    (_CUED_SNILS, "snils", "СНИЛС", "a number called SNILS", 0.98),
    (_SNILS, "snils", "СНИЛС", "a number written as SNILS", 0.9),
    (_INN, "inn", "ИНН", "a number called INN", 0.98),
    (_PASSPORT, "passport", "ПАСПОРТ", "a number called passport", 0.98),
    (_BARE_PASSPORT, "passport", "ПАСПОРТ", "a number written as of a passport", 0.85),
    (_CERTIFICATE, "certificate", "ДОКУМЕНТ", "a certificate's number", 0.95),
    (_CARD, "card", "НОМЕР", "a number written as of a card", 0.9),
    (_APPLICATION, "application", "НОМЕР", "the number of an application or document", 0.9),
    (_NUMBER_OF, "number", "НОМЕР", "the number of something of one's own", 0.85),
    (_LONG_NUMBER, "number", "НОМЕР", "a long number", 0.7),
)


def find_contacts(folded: Folded, identity: Identity) -> list[Span]:
    """Contacts, numbers, addresses and dates of birth: of anyone by their form, the author's in any spelling."""
    # Letters and digits, one for one, with invisible characters gone; case is needed here.
    text = "".join(folded.original[start] for start in folded.starts)
    finder = _Finder(folded, text)
    finder.own(identity)
    finder.add(_EMAIL, "email", "ПОЧТА", "an e-mail address", 0.98, stays=_public_email)
    finder.add(_HANDLE, "handle", "НИК", "a handle", 0.95, stays=lambda m: m[0][1:].lower() in _PUBLIC_PAGES)
    finder.add(_LINK, "link", "ССЫЛКА", "a personal link", 0.9, stays=_public_link)
    finder.add(_LOGIN, "handle", "НИК", "a login after its cue", 0.85, stays=lambda m: m["it"].lower() in _PUBLIC_PAGES)
    finder.add(_DISCORD, "handle", "НИК", "a handle with its number", 0.85)
    finder.add(_TOWN_PHONE, "phone", "ТЕЛЕФОН", "a number written as a telephone's", 0.8)
    finder.add(_LOGIN_SHAPE, "handle", "НИК", "a word built as a login", 0.8, stays=_no_login)
    for pattern in (_PHONE, _PHONE_ABROAD, _MOBILE, _AREA_PHONE, _CUED_PHONE):
        finder.add(pattern, "phone", "ТЕЛЕФОН", "a telephone number", 0.95, stays=_public_phone)
    for pattern, kind, tag, reason, confidence in _NUMBERS:
        finder.add(pattern, kind, tag, reason, confidence, stays=_public_phone)
    finder.add(BIRTH, "birth_date", "ДАТА РОЖДЕНИЯ", "a date of birth", 0.95)
    finder.add(birth_in_words(), "birth_date", "ДАТА РОЖДЕНИЯ", "a date of birth in words", 0.95)
    finder.add(_BARE_HOME, "address", "АДРЕС", "where somebody lives", 0.85)
    for pattern in (_ADDRESS, _HOUSE_FIRST, _STREET_FLAT, _BARE_ADDRESS):
        finder.add(pattern, "address", "АДРЕС", "a home address", 0.9, stays=lambda m: _not_home(m, text))
    return finder.spans


class _Finder:
    def __init__(self, folded: Folded, text: str) -> None:
        self._folded = folded
        self._text = text
        self.spans: list[Span] = []

    def add(
        self,
        pattern: re.Pattern[str],
        kind: str,
        tag: str,
        reason: str,
        confidence: float,
        *,
        stays: Callable[[re.Match[str]], bool] | None = None,
    ) -> None:
        for match in pattern.finditer(self._text):
            if stays is not None and stays(match):
                continue
            name = next((key for key, value in match.groupdict().items() if value and key != "flat"), None)
            start, end = match.span(name) if name else match.span()
            while end > start and self._text[end - 1] in " .,;:)-–" and kind in ("email", "link", "phone", "handle"):
                end -= 1
            if start < end:
                left, right = self._folded.back(start, end)
                self.spans.append(Span(left, right, kind, tag, reason, confidence))

    def own(self, identity: Identity) -> None:
        """What the application says, in any spelling."""
        digits = re.sub(r"\D", "", identity.phone)[-10:]
        if len(digits) >= 6:
            pattern = re.compile(r"(?:\+?[78]?[\W_]{0,3})?(?<!\d)" + r"[\W_]{0,3}".join(digits) + r"(?!\d)")
            self.add(pattern, "phone", "ТЕЛЕФОН", "the author's telephone", 1.0)
            if len(digits) == 10:
                glued = re.compile(r"(?<!\d)[78][\W_]{0,3}" + r"[\W_]{0,3}".join(digits) + r"(?!\d)")
                self.add(glued, "phone", "ТЕЛЕФОН", "the author's telephone", 1.0)
        login, _, domain = identity.email.partition("@")
        if login and domain:
            address = re.escape(login) + r"\s?(?:@|\(at\)|собака)\s?" + re.escape(domain)
            self.add(re.compile(address, re.IGNORECASE), "email", "ПОЧТА", "the author's e-mail", 1.0)
        if len(login) >= 5 and not login.isdigit():
            alone = re.compile(r"(?<![\w])@?" + re.escape(login) + r"(?![\w])", re.IGNORECASE)
            self.add(alone, "handle", "НИК", "the name of the author's mailbox", 0.95)
        if identity.birth_date:
            for pattern in birth_dates(identity.birth_date):
                self.add(pattern, "birth_date", "ДАТА РОЖДЕНИЯ", "the author's date of birth", 0.97)


def _no_login(match: re.Match[str]) -> bool:
    return match[0].rstrip("0123456789_.") in _NO_LOGINS


def _public_email(match: re.Match[str]) -> bool:
    login, _, domain = match[0].lower().replace(" ", "").partition("@")
    return bool(_PUBLIC_DOMAINS.fullmatch(domain)) and (login in _PUBLIC_LOGINS or "." not in login)


def _public_link(match: re.Match[str]) -> bool:
    address = re.sub(r"^https?://", "", match[0].lower()).rstrip(".,;:)")
    host, _, path = address.partition("/")
    if _PERSONAL_SITES.fullmatch(address):
        # «ВКонтакте (vk.com)» as a topic stays, a page in it does not, unless it is a public body's.
        page = path.strip("/").lstrip("@").split("/")[0].split("?")[0]
        return not page or page in _PUBLIC_PAGES
    return not _SCHOOL_SITES.search(host) and "xn--" not in host


def _public_phone(match: re.Match[str]) -> bool:
    shown = match["it"] if "it" in match.re.groupindex and match["it"] else match[0]
    digits = re.sub(r"\D", "", shown)
    return digits.startswith(("8800", "7800", "800")) or len(digits) < 5


def _not_home(match: re.Match[str], text: str) -> bool:
    before = text[max(0, match.start() - 80) : match.start()]
    if match["flat"] or re.match(r"\d{6}", match[0]):
        return False
    return bool(_PUBLIC_PLACE.search(before)) or not _HOME.search(before)
