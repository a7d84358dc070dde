"""The product's addresses and one more: the floor, below which no page of this stack can be."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from essays.contests.models import Contest

handler404 = "config.views.not_found"


@login_not_required
def floor(request: HttpRequest) -> HttpResponse:
    """An empty view with one query by an index, behind the same middleware as every page."""
    Contest.objects.only("pk").get(slug="judged")
    return HttpResponse("")


urlpatterns = [path("floor/", floor), path("", include("config.urls"))]
