"""How this reader likes the pages: theme, text size, and how an essay is set; kept in cookies without any identity.

The server reads them, so that a dark page never flashes white; ``static/js/theme.js`` changes them
without a reload.
"""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

CHOICES = {
    "theme": ("light", "dark"),
    "text": ("large", "larger"),
    "measure": ("narrow", "wide"),
    "leading": ("tight", "loose"),
}
YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Appearance:
    """``theme``: "light", "dark" or "" (as the device); ``text``: "large", "larger" or "" (usual).

    Of an essay: ``measure``, the width of its column, "narrow", "wide" or ""; ``leading``, the space between its
    lines, "tight", "loose" or "".
    """

    theme: str = ""
    text: str = ""
    measure: str = ""
    leading: str = ""


def chosen(request: HttpRequest) -> Appearance:
    """What the cookies say; anything unknown counts as not chosen."""
    found = {name: request.COOKIES.get(name, "") for name in CHOICES}
    return Appearance(**{name: value for name, value in found.items() if value in CHOICES[name]})


@login_not_required
@require_POST
def set_appearance(request: HttpRequest) -> HttpResponse:
    """Keep the pressed button's choice for a year and lead back to the page it was pressed on."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = redirect(back)
    for name, values in CHOICES.items():
        if name not in request.POST:
            continue
        if request.POST[name] in values:
            response.set_cookie(
                name, request.POST[name], max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
            )
        else:
            response.delete_cookie(name, samesite="Lax")
    return response
