"""How this reader likes the pages: theme, text size, and how an essay is set; kept in cookies without any identity.

The server reads them, so that a dark page never flashes white; ``static/js/theme.js`` changes them
without a reload. What readers with low vision choose beside them has a style sheet of its own
(``static/css/low-vision.css``), which only their pages load.
"""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

CHOICES = {
    "theme": ("light", "dark", "white", "black", "blue"),
    "text": ("large", "larger"),
    "spacing": ("wide", "wider"),
    "lines": ("wide", "wider"),
    "pictures": ("off",),
    "measure": ("narrow", "wide"),
    "leading": ("tight", "loose"),
}
OF_THE_PAGE = ("theme", "text", "spacing", "lines", "pictures")
# Two colours and nothing between them; each goes with the images of the one theme or the other.
SCHEMES = {"white": "light", "blue": "light", "black": "dark"}
YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Appearance:
    """``theme``: "light", "dark", a scheme of two colours (``SCHEMES``) or "" (as the device); ``text``: "large",
    "larger" or "" (usual). ``spacing`` of letters and ``lines``, the space between them: "wide", "wider" or "".
    ``pictures``: "off" or "".

    Of an essay: ``measure``, the width of its column, "narrow", "wide" or ""; ``leading``, the space between its
    lines, "tight", "loose" or "".
    """

    theme: str = ""
    text: str = ""
    measure: str = ""
    leading: str = ""
    spacing: str = ""
    lines: str = ""
    pictures: str = ""

    @property
    def ground(self) -> str:
        """Light or dark letters on it: "light", "dark" or "" (as the device)."""
        return SCHEMES.get(self.theme, self.theme)

    @property
    def colours(self) -> str:
        """The scheme of two colours, or ""."""
        return self.theme if self.theme in SCHEMES else ""

    @property
    def for_low_vision(self) -> bool:
        return bool(self.colours or self.spacing or self.lines or self.pictures)


def chosen(request: HttpRequest) -> Appearance:
    """What the cookies say; anything unknown counts as not chosen."""
    found = {name: request.COOKIES.get(name, "") for name in CHOICES}
    return Appearance(**{name: value for name, value in found.items() if value in CHOICES[name]})


@login_not_required
@require_POST
def set_appearance(request: HttpRequest) -> HttpResponse:
    """Keep the pressed button's choice for a year, or drop all with ``usual``; lead back to where it was pressed."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = redirect(back)
    pressed = dict.fromkeys(OF_THE_PAGE, "") if "usual" in request.POST else request.POST
    for name, values in CHOICES.items():
        if name not in pressed:
            continue
        if pressed[name] in values:
            response.set_cookie(
                name, pressed[name], max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
            )
        else:
            response.delete_cookie(name, samesite="Lax")
    return response
