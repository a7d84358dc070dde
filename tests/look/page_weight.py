"""What the first visit to a page costs: bytes on the wire, as the server compresses them."""

import gzip
import re
from pathlib import Path

from django.contrib.staticfiles import finders

FACE = re.compile(r"@font-face \{(.*?)\}", re.DOTALL)


def found(name: str) -> Path:
    """The file behind a static address; raises FileNotFoundError where there is none."""
    path = finders.find(name)
    if path is None:
        raise FileNotFoundError(name)
    return Path(path)


def covers(ranges: str, text: set[int]) -> bool:
    """Whether a browser needs a face with this unicode-range for these code points."""
    for part in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", ranges):
        first, last = int(part[0], 16), int(part[1] or part[0], 16)
        if any(first <= point <= last for point in text):
            return True
    return False


def first_load(html: str, faces: set[tuple[str, str, str]], *, static_url: str = "/static/") -> dict[str, int]:
    """Bytes of the page, its styles, scripts, icon and fonts, by name.

    ``faces``: (family, weight as in the style sheet, style) that the page uses; of each, the files are counted
    whose ranges the page's text touches.
    """
    weights = {"page": len(gzip.compress(html.encode()))}
    names = re.findall(rf'(?:href|src)="{static_url}([^"?]+\.(?:css|js|svg))', html)
    for name in dict.fromkeys(names):
        weights[name] = len(gzip.compress(found(name).read_bytes()))
    text = {ord(sign) for sign in re.sub(r"<[^>]*>", "", html)}
    for rule in FACE.findall(found("css/tokens.css").read_text(encoding="utf-8")):
        values = dict(re.findall(r"([a-z-]+): ([^;]+);", rule))
        face = (values["font-family"].strip('"'), values["font-weight"], values.get("font-style", "normal"))
        address = re.search(r'url\("\.\./([^"]+)"\)', rule)
        if face in faces and address and covers(values["unicode-range"], text):
            weights[address[1]] = found(address[1]).stat().st_size
    return weights
