"""All that somebody has been sent, and the search through it, in every way in which words travel."""

import base64
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from email.message import Message
from urllib.parse import quote

from django.http import HttpResponseBase


@dataclass
class Received:
    """Everything that came to a judge, as (where from, what)."""

    things: list[tuple[str, bytes]] = field(default_factory=list)

    def page(self, response: HttpResponseBase) -> HttpResponseBase:
        """A response whole: status, headers, cookies, body."""
        where = response.request["PATH_INFO"]  # type: ignore[attr-defined]
        body = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
        # The length of this very body tells nothing that the body does not; it may equal an essay's size by chance.
        told = [f"{name}: {value}" for name, value in response.items() if value != str(len(body))]
        head = "\n".join([f"{response.status_code} {response.reason_phrase}", *told])
        self.things.append((where, f"{head}\n{response.cookies.output()}\n".encode() + body))
        return response

    def letter(self, message: Message) -> None:
        parts = [part.get_payload(decode=True) or b"" for part in message.walk() if not part.is_multipart()]
        head = "\n".join(f"{name}: {value}" for name, value in message.items())
        self.things.append((f"letter {message['Subject']}", b"\n".join([head.encode(), message.as_bytes(), *parts])))

    def with_any(self, needles: Iterable[str]) -> set[tuple[str, str]]:
        """Where any of the words occurs, in whatever writing: (place, word)."""
        found = set()
        wanted = [(needle, list(writings(needle))) for needle in needles]
        for where, content in self.things:
            folded = content.decode("utf-8", "replace").casefold()
            for needle, ways in wanted:
                if needle.casefold() in folded or any(way in content for way in ways):
                    found.add((where, needle))
        return found


def writings(word: str) -> Iterator[bytes]:
    """The word as bytes in the ways that data travel: UTF-16, percents, base64 at any offset, entities, JSON, cp1251."""
    for one in {word, word.capitalize(), word.upper()}:
        yield one.encode("utf-16-le")
        yield one.encode("utf-16-be")
        yield quote(one).encode()
        yield quote(one).lower().encode()
        if not one.isascii():
            yield one.encode("cp1251", "replace")
            yield json.dumps(one)[1:-1].encode()
            yield "".join(f"&#{ord(letter)};" for letter in one).encode()
            yield "".join(f"&#x{ord(letter):x};" for letter in one).encode()
        for encoding in ("utf-8", "utf-16-le"):
            for offset in range(3):
                whole = base64.b64encode(b"\0" * offset + one.encode(encoding))
                # Letters that share bits with what stands before and after are no part of the word.
                inside = whole[offset and 4 : -4]
                if len(inside) >= 8:
                    yield inside
