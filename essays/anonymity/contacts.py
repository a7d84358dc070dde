"""E-mail addresses, telephones, logins, links, numbers of documents and dates of birth.

What everybody may know stays: hotlines, emergency numbers, sites and addresses of public services.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from essays.anonymity.birth_dates import BIRTH, ENGLISH_BIRTH, NEXT_BIRTH, birth_in_words, is_history, own_birth_dates
from essays.anonymity.document_numbers import FEW_FIGURES, NUMBERS, is_numbered, number_of_document
from essays.anonymity.folding import Folded
from essays.anonymity.home_addresses import (
    ADDRESSES,
    BARE_FLAT,
    BARE_HOME,
    DORMITORY,
    ENGLISH_ADDRESS,
    ENGLISH_STREET_OF_HOME,
    SMALL_HOME,
    STREET_OR_FLAT,
    TOWN_BEFORE,
    is_english_home,
    is_public_place,
)
from essays.anonymity.identity import Identity
from essays.anonymity.logins import LATIN, LOGIN, LOGIN_SHAPE, MAY_BE_SHAPED, PUBLIC_PAGES, is_called_login, is_no_login
from essays.anonymity.loose_addresses import find_loose_addresses
from essays.anonymity.nearby import Places, around, lowered, starts_of
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
_PUBLIC_LOGINS = frozenset({"support", "info", "help", "mail", "press", "office", "pr", "priem", "contact", "feedback"})

_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}?\.(?:[a-z]{2,10}|рф|ру)\b(?![.-][a-z\d])"
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

_PHONE_ABROAD = re.compile(r"\+\d{1,3}[ \-–()]{0,2}(?:\d[ \-–()]{0,2}){8,11}\d(?!\d)")
# At least five figures and signs in a row: every number of a telephone or document holds such.
_FIGURES, _FIGURE = re.compile(r"\d[\d\W_]{3,8}\d"), re.compile(r"\d")
_NO_DIGITS = re.compile(r"\D+")

# Slow patterns are tried near these alone, in small letters.
_MAIL_CUES = ("@", "собак", "(at)", "[at]", "{at}", "(эт)", " эт ")
_BIRTH_CUES = (
    "тысяча девятьсот",
    "рожд",
    "родил",
    "появил",
    "на свет",
    "д.р.",
    "г.р.",
    "д. р.",
    "г. р.",
    "г/р",
    "исполнил",
)
_MAY_BE_LINK = re.compile(r"\.(?:ru|рф|com|org|net|info|me|su|io|edu|site|online|pro|gg|sk|be|gov)|://|www\.")


# «nadya (точка) kov (собака) example (точка) net»
_MAIL_IN_WORDS = re.compile(
    r"[a-z\d_.-]{2,}(?:[ ]?\(?(?:точка|собака|дефис|dot|at)\)?[ ]?[a-z\d_-]+){2,}", re.IGNORECASE
)
_SPOKEN = (
    r"(?:ноль|нуль|один|два|три|четыре|пять|шесть|семь|восемь|девять|\w{2,6}надцать|\w{3,6}дцать|сорок|\w{2,6}десят"
    r"|девяносто|сто|двести|\w{3,6}ста|\w{2,6}сот)"
)
# «восемь девятьсот двадцать четыре ноль ноль …»
_PHONE_IN_WORDS = re.compile(
    rf"(?<!\w)(?:восемь|плюс семь)[ ,–—-]{{1,3}}девятьсот(?:[ ,–—-]{{1,3}}{_SPOKEN}){{4,}}(?!\w)", re.IGNORECASE
)


def find_contacts(folded: Folded, identity: Identity) -> list[Span]:
    """Contacts, numbers, addresses and dates of birth: of anyone by their form, the author's in any spelling."""
    # Letters and digits, one for one, with invisible characters gone; case is needed here.
    original = folded.original
    plain = len(original) == len(folded.starts) and folded.starts == tuple(range(len(original)))
    text = original if plain else "".join([original[start] for start in folded.starts])
    finder = _Finder(folded, text)
    low = finder.low
    numbers = around(text, (match.start() for match in _FIGURES.finditer(text)), 120, 120)
    finder.own(identity, numbers)
    for start, end in around(low, starts_of(low, _MAIL_CUES), 140, 400):
        finder.add(_EMAIL, "email", "ПОЧТА", "an e-mail address", 0.98, stays=_public_email, start=start, end=end)
    if "собака" in low:
        finder.add(_MAIL_IN_WORDS, "email", "ПОЧТА", "an e-mail address in words", 0.9)
    if "девятьсот" in low:
        finder.add(_PHONE_IN_WORDS, "phone", "ТЕЛЕФОН", "a telephone number in words", 0.9)
    for start, end in around(text, starts_of(text, "@"), 20, 60):
        finder.add(_HANDLE, "handle", "НИК", "a handle", 0.95, stays=_public_handle, start=start, end=end)
    for start, end in around(low, (m.start() for m in _MAY_BE_LINK.finditer(low)), 400, 80):
        finder.add(_LINK, "link", "ССЫЛКА", "a personal link", 0.9, stays=_public_link, start=start, end=end)
    if LATIN.search(text):
        called = "a login after its cue"
        finder.add(LOGIN, "handle", "НИК", called, 0.85, stays=lambda m: not is_called_login(m, text))
        for start, end in around(text, (match.start() for match in MAY_BE_SHAPED.finditer(text)), 60, 60):
            built = "a word built as a login"
            finder.add(LOGIN_SHAPE, "handle", "НИК", built, 0.8, stays=is_no_login, start=start, end=end)
    if numbers and "#" in text:
        finder.add(_DISCORD, "handle", "НИК", "a handle with its number", 0.85)
    for start, end in numbers:
        finder.add(_TOWN_PHONE, "phone", "ТЕЛЕФОН", "a number written as a telephone's", 0.8, start=start, end=end)
        for pattern in (_PHONE, _PHONE_ABROAD, _MOBILE, _AREA_PHONE, _CUED_PHONE):
            reason = "a telephone number"
            finder.add(pattern, "phone", "ТЕЛЕФОН", reason, 0.95, stays=_public_phone, start=start, end=end)
        for pattern, kind, tag, reason, confidence in NUMBERS:
            finder.add(pattern, kind, tag, reason, confidence, stays=_public_phone, start=start, end=end)
        for match in number_of_document().finditer(text, start, end):
            if is_numbered(text, match.start()) and not _public_phone(match):
                finder.hide(*match.span(), "application", "НОМЕР", "the number of an application or document", 0.9)
    figures = around(text, (match.start() for match in _FIGURE.finditer(text)), 160, 120)
    for pattern, kind, tag, reason, confidence in FEW_FIGURES:
        for start, end in figures:
            finder.add(pattern, kind, tag, reason, confidence, start=start, end=end)
    for start, end in around(low, starts_of(low, _BIRTH_CUES), 160, 160):
        finder.births(start, end)
        in_words = birth_in_words()
        finder.add(in_words, "birth_date", "ДАТА РОЖДЕНИЯ", "a date of birth in words", 0.95, start=start, end=end)
    if "born" in low or "birth" in low or "turn" in low:
        found = "a date of birth"
        finder.add(ENGLISH_BIRTH, "birth_date", "ДАТА РОЖДЕНИЯ", found, 0.9, stays=is_history)
    finder.add(BARE_HOME, "address", "АДРЕС", "where somebody lives", 0.85)
    for start, end in around(low, starts_of(low, ("жив", "прописан", "адрес", "дворе")), 20, 160):
        finder.add(SMALL_HOME, "address", "АДРЕС", "where somebody lives", 0.85, start=start, end=end)
    for start, end in around(low, starts_of(low, ("общежити", "общаг", "общ.")), 20, 200):
        finder.add(DORMITORY, "address", "АДРЕС", "a room of a dormitory", 0.85, start=start, end=end)
    if "кв" in low:
        finder.add(BARE_FLAT, "address", "АДРЕС", "a flat", 0.85)
    if LATIN.search(text):
        finder.add(
            ENGLISH_ADDRESS, "address", "АДРЕС", "a home address", 0.85, stays=lambda m: not is_english_home(m, text)
        )
        finder.add(ENGLISH_STREET_OF_HOME, "address", "АДРЕС", "a street where somebody lives", 0.85)
    for start, end in around(low, (match.start() for match in STREET_OR_FLAT.finditer(low)), 160, 200):
        for pattern in ADDRESSES:
            for match in pattern.finditer(text, start, end):
                if not is_public_place(match, text):
                    town = TOWN_BEFORE.search(text, max(0, match.start() - 40), match.start())
                    left = town.start("it") if town else match.start()
                    finder.hide(left, match.end(), "address", "АДРЕС", "a home address", 0.9)
    for start, end, reason, confidence in find_loose_addresses(text, low):
        finder.hide(start, end, "address", "АДРЕС", reason, confidence)
    return finder.spans


class _Finder:
    def __init__(self, folded: Folded, text: str) -> None:
        self._folded = folded
        self._text = text
        self.low = lowered(text)
        self.spans: list[Span] = []
        self._public: list[tuple[int, int]] = []

    def add(
        self,
        pattern: re.Pattern[str],
        kind: str,
        tag: str,
        reason: str,
        confidence: float,
        *,
        stays: Callable[[re.Match[str]], bool] | None = None,
        start: int = 0,
        end: int | None = None,
    ) -> None:
        """Hide what the pattern finds in the text, or in this part of it, unless it ``stays``."""
        for match in pattern.finditer(self._text, start, len(self._text) if end is None else end):
            if stays is not None and stays(match):
                if kind == "phone":
                    self._public.append(match.span())
                continue
            if any(left <= match.start() and match.end() <= right for left, right in self._public):
                continue  # a piece of a hotline's number
            name = next((key for key, value in match.groupdict().items() if value and key != "flat"), None)
            left, right = match.span(name) if name else match.span()
            while right > left and self._text[right - 1] in " .,;:)-–" and kind in ("email", "link", "phone", "handle"):
                right -= 1
            if left < right:
                self.hide(left, right, kind, tag, reason, confidence)

    def hide(self, start: int, end: int, kind: str, tag: str, reason: str, confidence: float) -> None:
        left, right = self._folded.back(start, end)
        self.spans.append(Span(left, right, kind, tag, reason, confidence))

    def births(self, start: int, end: int) -> None:
        """Dates of birth in figures, and those that follow them in the same breath."""
        for match in BIRTH.finditer(self._text, start, end):
            if is_history(match):
                continue
            group = next(name for name, value in match.groupdict().items() if value)
            self._birth(*match.span(group))
            after = NEXT_BIRTH.match(self._text, match.end())
            while after:
                self._birth(*after.span("it"))
                after = NEXT_BIRTH.match(self._text, after.end())

    def _birth(self, start: int, end: int) -> None:
        self.hide(start, end, "birth_date", "ДАТА РОЖДЕНИЯ", "a date of birth", 0.95)

    def own(self, identity: Identity, numbers: Places) -> None:
        """What the application says, in any spelling; `numbers` are the places where figures stand."""
        digits = re.sub(r"\D", "", identity.phone)[-10:]
        figures = _NO_DIGITS.sub("", self._text)
        if len(digits) >= 6 and digits in figures:
            joined = r"[\W_]{0,3}".join(digits)
            patterns = [re.compile(r"(?:\+?[78]?[\W_]{0,3})?(?<!\d)" + joined + r"(?!\d)")]
            if len(digits) == 10:
                patterns.append(re.compile(r"(?<!\d)[78][\W_]{0,3}" + joined + r"(?!\d)"))
            for pattern in patterns:
                for start, end in numbers:
                    self.add(pattern, "phone", "ТЕЛЕФОН", "the author's telephone", 1.0, start=start, end=end)
        login, _, domain = identity.email.partition("@")
        own = bool(login) and login.lower() in self.low
        if own and domain:
            address = re.escape(login) + r"\s?(?:@|\(at\)|собака)\s?" + re.escape(domain)
            self.add(re.compile(address, re.IGNORECASE), "email", "ПОЧТА", "the author's e-mail", 1.0)
        if own and len(login) >= 5 and not login.isdigit():
            alone = re.compile(r"(?<![\w])@?" + re.escape(login) + r"(?![\w])", re.IGNORECASE)
            self.add(alone, "handle", "НИК", "the name of the author's mailbox", 0.95)
        if identity.birth_date:
            for pattern, start, end in own_birth_dates(identity.birth_date, self.low, figures):
                reason = "the author's date of birth"
                self.add(pattern, "birth_date", "ДАТА РОЖДЕНИЯ", reason, 0.97, start=start, end=end)


def _public_handle(match: re.Match[str]) -> bool:
    return match[0][1:].lower() in PUBLIC_PAGES


def _public_email(match: re.Match[str]) -> bool:
    login, _, domain = match[0].lower().replace(" ", "").partition("@")
    return bool(_PUBLIC_DOMAINS.fullmatch(domain)) and (login in _PUBLIC_LOGINS or "." not in login)


def _public_link(match: re.Match[str]) -> bool:
    address = re.sub(r"^https?://", "", match[0].lower()).rstrip(".,;:)")
    host, _, path = address.partition("/")
    if _PERSONAL_SITES.fullmatch(address):
        # «ВКонтакте (vk.com)» as a topic stays, a page in it does not, unless it is a public body's.
        page = path.strip("/").lstrip("@").split("/")[0].split("?")[0]
        return not page or page in PUBLIC_PAGES
    return not _SCHOOL_SITES.search(host) and "xn--" not in host


# «позвонили на горячую линию, +7 495 …», «справочная: …»
_HOTLINE = re.compile(
    r"(?:горяч\w+ лини|справочн|единый номер|единого номера|единому номеру|информационн\w+ служб|контактн\w+ центр"
    r"|колл-центр|кол-центр|служб\w+ поддержки|звоните на|звоните по(?: номеру| телефону)?)[^.!?;\n]{0,40}$"
)
_OWN_HOME = re.compile(r"(?<!\w)(?:мне|мой|моя|мо[её]м|дом|домой|мам|бабушк|квартир|куратор|классн)")


def _is_hotline(last: str, before: str) -> bool:
    """Whether a landline number is everybody's: the last seven figures are two at most, or the words before say so."""
    hot = _HOTLINE.search(before)
    return len(set(last)) < 3 or (hot is not None and not _OWN_HOME.search(before[hot.start() :]))


def _public_phone(match: re.Match[str]) -> bool:
    shown = match["it"] if "it" in match.re.groupindex and match["it"] else match[0]
    digits = re.sub(r"\D", "", shown)
    if len(digits) > 9 and digits[-10] != "9" and _is_hotline(digits[-7:], match.string[: match.start()][-60:].lower()):
        return True
    return (digits.startswith(("8800", "7800", "800")) and 9 < len(digits) < 12) or len(digits) < 5
