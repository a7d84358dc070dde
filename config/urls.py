"""All addresses of the product."""

from django.conf import settings
from django.urls import include, path

from config import appearance, styleguide, views

handler404 = "config.views.not_found"

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("language/", views.set_language, name="set_language"),
    path("appearance/", appearance.set_appearance, name="set_appearance"),
    path("health/", views.health, name="health"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("after-login/", views.after_login, name="after_login"),
    path("", include("essays.urls")),
    path("", include("judging.urls")),
]

if settings.DEBUG or settings.DEMO:
    urlpatterns += [path("styleguide/", styleguide.styleguide, name="styleguide")]
