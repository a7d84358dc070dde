"""A browser without a screen: opens pages, presses the buttons and fills in the forms that stand on them."""

from typing import Any
from urllib.parse import urljoin, urlsplit

import lxml.html
from django.conf import settings
from django.test import Client


class Visitor:
    """Somebody at a browser that runs no scripts. What is not on the page cannot be pressed or filled in."""

    def __init__(self, language: str = "ru") -> None:
        self.client = Client(headers={"accept-language": language})
        self.url = "/"
        self.status = 0
        self.page = lxml.html.fromstring("<html></html>")

    def open(self, address: str, *, status: int = 200) -> "Visitor":
        """Open an address (with or without this site's origin), redirects followed."""
        return self._arrived(self.client.get(address.removeprefix(settings.SITE_ORIGIN), follow=True), status)

    def status_of(self, address: str) -> int:
        """What an address answers, without going there: a redirect is not followed."""
        return int(self.client.get(address).status_code)

    def follow(self, words: str) -> "Visitor":
        """Follow the link with these words."""
        links = [link for link in self.page.iter("a") if words in _words(link)]
        assert links, f"no link «{words}» on {self.url}: {[_words(link) for link in self.page.iter('a')]}"
        return self.open(urljoin(self.url, links[0].get("href")))

    def press(self, words: str, *, status: int = 200, **values: Any) -> "Visitor":
        """Press the button with these words, in its form, after filling in ``values``.

        A value is what is typed or chosen: a text, the value of a radio, an option's, True for a box, a file.
        """
        buttons = [one for one in self.page.iter("button") if words in _words(one) and one.get("type") != "button"]
        buttons = [one for one in buttons if _form_of(one) is not None]
        assert buttons, f"no button «{words}» on {self.url}: {[_words(one) for one in self.page.iter('button')]}"
        fitting = [one for one in buttons if values.keys() <= set(_form_of(one).fields.keys())]
        assert fitting, f"the form of «{words}» on {self.url} has no {values.keys()}"
        button, form = fitting[0], _form_of(fitting[0])
        files = {name: value for name, value in values.items() if hasattr(value, "read")}
        for name, value in values.items():
            if name not in files:
                fill_in(form, name, value)
        data: dict[str, list[Any]] = {}
        for name, value in form.form_values():
            data.setdefault(name, []).append(value)
        if button.get("name"):
            data[button.get("name")] = [button.get("value", "")]
        address = urljoin(self.url, button.get("formaction") or form.action or "")
        if form.method == "GET":
            return self._arrived(self.client.get(address, data, follow=True), status)
        return self._arrived(self.client.post(address, {**data, **files}, follow=True), status)

    @property
    def text(self) -> str:
        """All words of the page's main part, runs of white space as one space."""
        return _words(next(self.page.iter("main")))

    @property
    def problems(self) -> list[str]:
        """What stands beside the fields as wrong."""
        return [_words(one) for one in self.page.find_class("invalid-feedback") if one.get("hidden") is None]

    def _arrived(self, response: Any, status: int) -> "Visitor":
        for address, _code in response.redirect_chain:
            self.url = urljoin(self.url, address)
        if not response.redirect_chain:
            self.url = response.request["PATH_INFO"]
        self.url = urlsplit(self.url).path
        self.status = response.status_code
        self.page = lxml.html.fromstring(response.content.decode())
        assert self.status == status, f"{self.url} answered {self.status}: {self.text[:600]}"
        return self


def fill_in(form: Any, name: str, value: Any) -> None:
    """Type into a field, choose a radio or an option by its value, tick a box with True."""
    field = form.inputs[name]
    if isinstance(field, lxml.html.CheckboxGroup):
        field = next(iter(field))
    if isinstance(value, bool):
        field.checked = value
    else:
        field.value = str(value)


def _form_of(button: Any) -> Any:
    named = button.get("form")
    if named:
        return next((form for form in button.getroottree().getroot().forms if form.get("id") == named), None)
    return next((one for one in button.iterancestors("form")), None)


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())
