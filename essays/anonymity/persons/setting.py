"""What stands around a word of a text that may be somebody's name: who is introduced, spoken to, said to act."""

from __future__ import annotations

import re
from collections.abc import Sequence

from essays.anonymity.persons.cues import introduces, is_role
from essays.anonymity.persons.dictionary import is_unknown
from essays.anonymity.persons.latin import is_phrase_latin, is_plain_english
from essays.anonymity.persons.lexicon import (
    AT_WORK,
    CALLED,
    CALLED_IN_LATIN,
    CLASS,
    DEAR,
    NOT_DEAR,
    SAME_CLASS,
    YOU,
    is_no_person,
)
from essays.anonymity.persons.stems import surname_stem
from essays.anonymity.persons.words import Word
from essays.anonymity.weights import recognizer

_NICKNAME = re.compile(
    r"прозв|зовут|звал|зов[её]м|кличк|ник(?:а|у|ом|е)?$|дразн|имен(?:и|ем)|имя|фамил|бейдж|подпис|крич|табличк"
)
OPENING = frozenset('«"“„№')
CLOSING = frozenset('»"”')
# Endings by which only people are called tenderly.
_SPOKEN_TO_SO = re.compile(
    r"(?!девоч|бабул|мамоч|доч|ребят|солн|рыб|кис|птич|голуб|деточ)[а-я]{2,}(?:[её]чка|[ую]тка|[ую]шка|енька|онька|[ую]ля|[ую]ся|[ую]ня)"
)
# What only people do. With «вера», «роман», «слава» at its head a sentence may speak of faith, a book, glory.
_SPEECH = (
    "сказа|ответи[лв]|спроси|засмея|рассмея|улыбн|крикну|закрич|позвони|вздохну|кивну|обрадова|подош|подбеж|предложи"
    "|попроси|воскликн|махну|шепну|шепта|прошепт|пообеща|согласи|поблагодари|посовет|возрази|пожа[лa]|буркну|протян"
    "|удиви|нахмури|покрасне|заплака|плака|обня|подмигну"
)
_HUMAN = (
    f"{_SPEECH}|ответ|рассказ|расскаж|объясн|помог|приш|уш[её]?л|прие[хд]|уе[хд]|посмотр|написа|пиш[еу]|говор|реши"
    "|подума|дума|добави|замети|работа|учи|жив[её]т|жил|люби|мечта|зна[елю]|уме[елю]|хо[тч]|стоя|сиде|бежа|опозда|забол"
    "|купи|принес|прин[её]с|показа|покаж|научи|взя|дал|держа|слуша|молча|поступи|вошл|вош[её]л|включи|записа|оформи"
)
# «Профессор Игнатовская»: whoever is no well-known one teaches here.
SCHOLAR = re.compile(r"(?:профессор|доцент|бригадир|инспектор|фельдшер|комендант)(?:а|у|ом|е|ша|ши|шу|шей)?")
_DOES_SPEAK = re.compile(rf"(?:{_SPEECH})\w*")
_DOES = re.compile(rf"(?:{_HUMAN})\w*")
_BETWEEN = frozenset("тут там потом тоже сразу вдруг уже только не тогда сначала никогда всегда громко тихо".split())
_GREETING = re.compile(r"здравствуй(?:те)?|привет(?:ик)?|прости(?:те)?|пока|спасибо|хай|здорово")
# «Опаньки», «Салам», «Балам» (my child): nobody's name
_SOUND = re.compile(
    r"[эоауыхмнгпй]+|оп\w+|эге\w*|ага\w*|угу\w*|ха\w*ха|хе\w*хе|салам\w*|ассал\w+|здра\w+|прив\w+|норм\w*|спс\w*"
    r"|окей|(?:оглу|улы|кызы|уулу|бала|жаны|джаны|хуу)м|халмони|харабоджи"
)
_OWN = re.compile(r"мо[йяюе]|мо(?:его|ему|им|ей)|наш\w{0,3}|сво\w{1,3}|тво\w{1,3}")


class Setting:
    """What the whole text says about its words: their `stems`, and which of these stand in lower case."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self.stems = [surname_stem(word.text) for word in words]
        self._plain: set[str] | None = None

    def is_plain(self, word: Word) -> bool:
        """Whether the word stands elsewhere in the text without a capital."""
        if self._plain is None:
            self._plain = {
                stem
                for word, stem in zip(self.words, self.stems, strict=True)
                if not word.capital and len(word.text) > 2
            }
        return surname_stem(word.text) in self._plain

    def before(self, index: int) -> str:
        return self.words[index - 1].text if index else ""

    def is_at(self, index: int, text: str) -> bool:
        return index < len(self.words) and self.words[index].text == text

    def greeted(self, index: int) -> bool:
        return index < len(self.words) and _GREETING.fullmatch(self.words[index].text) is not None

    def after(self, index: int) -> Word | None:
        return self.words[index + 1] if index + 1 < len(self.words) else None

    def introduced(self, index: int) -> bool:
        """Whether a word of kin, friendship or teaching stands right before: «дядя …», «вожатый …»."""
        if not index or self.words[index].opens:
            return False
        previous = self.words[index - 1]
        if previous.text == ",":
            return self.set_apart(index)
        beside = self.words[index].start - previous.end == 1
        return beside and (introduces(previous.text) or SCHOLAR.fullmatch(previous.text) is not None)

    def titled(self, index: int) -> bool:
        """Whether «господин», «Miss», «Mrs.» or «Dear» stands right before a name."""
        before, name, first = self.before(index), self.words[index].text, index - 1
        if before == "." and index > 1:
            before, first = self.words[index - 2].text, index - 2
        elif before in CALLED:
            return True
        if before not in CALLED_IN_LATIN or is_plain_english(name) or is_phrase_latin(f"{before} {name}"):
            return False
        following = self.after(index)
        if first and self.before(first) in OPENING and following is not None and following.text in CLOSING:
            return False  # «Mr. Credo»
        beside = self.words[max(0, index - 8) : index + 8]  # English lines are read by their own rules.
        return any(word.text.isalpha() and not word.text.isascii() for word in beside)

    def told(self, index: int) -> bool:
        """Whether the words beside a word that no list knows make a person of it.

        «Дорогая Туйаара!», «Айтал из параллельной группы», «Сайаана: ты где», «Билигто, брат, …», «девушка Гульшат».
        """
        word, following = self.words[index], self.after(index)
        if following is None or len(word.text) < 3 or word.shown.isupper() or is_no_person(word.text):
            return False
        if word.text.isascii() or any(is_role(part) for part in word.text.split("-")):
            return False
        if DEAR.fullmatch(self.before(index)) and following.text in "!,":
            return not NOT_DEAR.fullmatch(word.text) and not self.is_plain(word)
        class_mate = following.text in ("из", "с") and self._of_a_class(index + 2)
        if class_mate and not word.opens:
            return True
        if recognizer().knows(word.text):
            return False
        if class_mate:
            return True
        if word.opens:
            if self.before(index) in OPENING and following.text == "," and _SPOKEN_TO_SO.fullmatch(word.text):
                return True  # «Манечка, позвони»
            if self._calls_somebody(index):
                return True  # «Аянаш, значит, меня видно»
            beside = [other.text for other in self.words[index + 2 : index + 6]]
            return following.text == ":" or (following.text in ",!" and not YOU.isdisjoint(beside))
        kin = self.words[index + 2].text if following.text == "," and index + 2 < len(self.words) else ""
        return introduces(kin) or AT_WORK.fullmatch(self.before(index)) is not None

    def _calls_somebody(self, index: int) -> bool:
        """Whether direct speech begins with a word that no list knows, a comma, and no other name or greeting."""
        word = self.words[index]
        if self.before(index) not in OPENING or not self.is_at(index + 1, ",") or index + 2 >= len(self.words):
            return False
        further = self.words[index + 2]
        called = further.capital or introduces(further.text) or _OWN.fullmatch(further.text)
        return not called and len(word.text) > 3 and is_unknown(word.text) and _SOUND.fullmatch(word.text) is None

    def _of_a_class(self, index: int) -> bool:
        where = [word.text for word in self.words[index : index + 2]]
        return len(where) == 2 and SAME_CLASS.fullmatch(where[0]) is not None and CLASS.match(where[1]) is not None

    def nicknamed(self, index: int) -> bool:
        """Whether one of the words before says that somebody is called so."""
        return any(_NICKNAME.match(word.text) for word in self.words[max(0, index - 6) : index])

    def set_apart(self, index: int) -> bool:
        """«Мой сосед по комнате, Баатыр, …»: a name between commas that tells who somebody's own neighbour is."""
        following = self.after(index)
        if following is None or following.text not in ",." or self.before(index) != ",":
            return False
        for other in range(index - 2, max(0, index - 9), -1):
            if not self.words[other].text.isalnum():
                return False
            if introduces(self.words[other].text):
                return other > 0 and _OWN.fullmatch(self.words[other - 1].text) is not None
        return False

    def acts(self, index: int, *, only_speaks: bool = False) -> bool:
        """Whether somebody at `index` does what people do: «Мишка засмеялся», «сказал Лев».

        With `only_speaks` a verb behind the name counts only where it is one of speech or of a face.
        """
        pattern = _DOES_SPEAK if only_speaks else _DOES
        following = self.after(index)
        if following is not None and following.text in _BETWEEN:
            following = self.after(index + 1)
        if following is not None and pattern.fullmatch(following.text):
            return True
        previous = self.words[index - 1] if index else None
        return previous is not None and not self.words[index].opens and _DOES_SPEAK.fullmatch(previous.text) is not None
