"""Pages that belong to no app: health, language, where to go after log-in, refusals."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.views.decorators.http import require_safe
from django.views.i18n import set_language as django_set_language

from config.context import Navigation

set_language = login_not_required(django_set_language)


@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """200 while the database answers; for the proxy and the container, so it tells nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    response = JsonResponse({"status": "ok"})
    add_never_cache_headers(response)
    return response


@login_not_required
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers, readers of feeds and previews of links ask for it unasked: lead them to the sign of the pages."""
    response = redirect(static("img/favicon.svg"))
    patch_cache_control(response, public=True, max_age=24 * 3600)
    return response


def after_login(request: HttpRequest) -> HttpResponse:
    """Lead everyone to where their work waits: organizers, then judges, then entrants."""
    navigation = Navigation(request)
    if navigation.organizes:
        return redirect("organizer_home")
    if navigation.judges:
        return redirect("judge_queue")
    return redirect("my_entries")


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that outlived its session: say so in plain words and lead back."""
    return render(request, "403_csrf.html", status=403)


@login_not_required
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same page for what does not exist and for what is not yours."""
    return render(request, "404.html", status=404)
