"""Templates of the product's loader say what Django's own say, to the character, failures included."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Engine, Template, TemplateDoesNotExist
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from config.templating import Loader, QuickTemplate

BUILTINS = [
    "config.templatetags.signs",
    "config.templatetags.shell",
    "django.templatetags.i18n",
    "django.templatetags.static",
    "django.templatetags.l10n",
    "django.templatetags.tz",
]
ENGINE = Engine(builtins=BUILTINS, string_if_invalid="", autoescape=True)


class Thing:
    name = "a <b>bold</b> & 'quoted' name"
    safe = mark_safe("<i>&amp;</i>")

    def method(self) -> str:
        return "called & <done>"

    def needs(self, argument: int) -> int:
        return argument

    def destroys(self) -> str:
        raise AssertionError("a template called it")

    destroys.alters_data = True  # type: ignore[attr-defined]

    @property
    def broken(self) -> str:
        raise AttributeError("inside a property")


class Kind:
    do_not_call_in_templates = True
    label = "kind"

    def __call__(self) -> str:
        raise AssertionError("a template called it")


VALUES: dict[str, Any] = {
    "thing": Thing(),
    "kind": Kind(),
    "lazy": SimpleLazyObject(Thing),
    "words": "<one> & two",
    "safe": mark_safe("<b>&amp;</b>"),
    "promise": gettext_lazy("Entries"),
    "zero": 0,
    "number": 999,
    "large": 1_234_567,
    "share": 0.5,
    "points": Decimal("7.50"),
    "yes": True,
    "nothing": None,
    "moment": datetime(2026, 4, 10, 21, 30, tzinfo=UTC),
    "several": ["a", "<b>", "c"],
    "pairs": [(1, "x"), (2, "y")],
    "table": {"key": {"deeper": ["first", "second"]}, "items": "a key, not the method", "name": "<k>"},
    "function": lambda: "made & <here>",
}
SOURCES = """
{{ words }} {{ safe }} {{ promise }} {{ zero }} {{ number }} {{ large }} {{ share }} {{ points }} {{ yes }} {{ nothing }}
{{ moment }} {{ moment|date:"j E Y, H:i" }} {{ moment|localtime }} {{ large|unlocalize }} {{ points|stringformat:".1f" }}
{{ thing.name }} {{ thing.safe }} {{ thing.method }} {{ thing.destroys }} {{ thing.needs }} {{ thing.absent }} {{ absent }}
{{ lazy.name }} {{ lazy.method }} {{ kind.label }} {{ function }} {{ several.1 }} {{ several.9 }} {{ several.name }}
{{ table.key.deeper.1 }} {{ table.items }} {{ table.name }} {{ table.absent }} {{ table.keys|length }} {{ pairs.0.1 }}
{{ words|upper }} {{ safe|upper }} {{ words|default:"-" }} {{ absent|default:"<none>" }} {{ absent|default:thing.name }}
{{ words|safe }} {{ words|escape }} {{ several|join:", " }} {{ several|length }} {{ words|truncatechars:5 }} {{ absent|length }}
{{ "constant <&>" }} {{ "constant"|upper }} {{ 5 }} {{ 5.5 }} {{ _("Entries") }} {{ _("Entries")|upper }} {{ nothing|default_if_none:"<n>" }}
{% autoescape off %}{{ words }} {{ thing.name }} {{ safe }} {{ number }} {% translate "Entries" %} {% status "done" words %}{% endautoescape %}
{% translate "Entries" %} {% translate "Light" context "theme" %} {% translate "100 % of it" %} {% translate "<b> & it's" %}
{% translate words %} {% translate absent %} {% translate "Entries" as named %}[{{ named }}] {% translate "Entries" noop %} {% translate promise %}
{% for one in several %}{% translate "State" %}{{ forloop.counter }}{{ one }}{% if forloop.last %}.{% endif %}{% empty %}-{% endfor %}
{% for a, b in pairs %}{{ a }}{{ b }}{% endfor %}{% for one in absent %}{{ one }}{% empty %}-{% endfor %}{{ one }}
{% if words %}1{% endif %}{% if absent %}2{% elif thing.absent %}3{% else %}4{% endif %}{% if number > 5 and not nothing %}5{% endif %}
{% if thing.name == "x" or several.0 == "a" %}6{% endif %}{% if absent is None %}7{% endif %}{% if "a" in several %}8{% endif %}{% if thing.destroys %}9{% endif %}
{% with a=thing.name b=_("Entries") %}{{ a }}{{ b }}{{ b|length }}{% endwith %}{{ a }}
{% blocktranslate %}plain <b> 100 %{% endblocktranslate %} {% blocktranslate trimmed with n=thing.name %}⏎ on {{ n }}⏎ lines {% endblocktranslate %}
{% blocktranslate trimmed count n=number %}{{ n }} entry waits for a decision.{% plural %}{{ n }} entries wait for a decision.{% endblocktranslate %}
{% blocktranslate trimmed count waiting=zero %}{{ waiting }} entry waits for a decision.{% plural %}{{ waiting }} entries wait for a decision.{% endblocktranslate %}
{% for waiting in several %}{% blocktranslate trimmed count waiting=number asvar said %}{{ waiting }} entry waits for a decision.{% plural %}{{ waiting }} entries wait for a decision.{% endblocktranslate %}{{ said }}{% endfor %}
{% static "css/tokens.css" %} {% static words %} {% static "css/tokens.css" as sheet %}[{{ sheet }}]
{% icon "clock" %} {% status "done" thing.name %} {% status "now" _("Entries") "lock" %} {% to "home" %} {% to "home" as door %}[{{ door }}]
{% blocktranslate %}{% endblocktranslate %}{% blocktranslate trimmed count n=number %}{% plural %}{% endblocktranslate %} {% translate _("Entries") %}
{{ absent|default:_("Entries") }} {{ nothing|default_if_none:_("State")|upper }} {% firstof absent _("Light") %}
{% language "en" %}{% translate "Entries" %}{{ _("Entries") }}{% endlanguage %}{% translate "Entries" %}{{ _("Entries") }}
{% firstof absent words %} {% now "Y" as year %}{{ year|length }} {% cycle "a" "b" %} {{ forloop }} {{ pop }} {{ template }}
""".strip().splitlines()


@pytest.fixture(autouse=True, params=["ru", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[None]:
    with translation.override(request.param):
        yield


@pytest.mark.parametrize("source", ["\n".join(SOURCES), *SOURCES])
def test_a_quick_template_says_what_djangos_says(source: str) -> None:
    source = source.replace("⏎", "\n")
    theirs, ours = Template(source, engine=ENGINE), QuickTemplate(source, engine=ENGINE)

    for _time in ("first", "again"):
        assert ours.render(Context(VALUES)) == theirs.render(Context(VALUES))


@pytest.mark.parametrize(
    "source", ["{{ thing.broken }}", "{{ fails }}", "{{ thing.fails }}", "{% if fails %}{% endif %}"]
)
def test_what_a_template_may_not_silence_is_raised(source: str) -> None:
    class Failing(Thing):
        def fails(self) -> None:
            raise ZeroDivisionError

    values = {"thing": Failing(), "fails": Failing().fails}
    with pytest.raises((AttributeError, ZeroDivisionError)) as theirs:
        Template(source, engine=ENGINE).render(Context(values))
    with pytest.raises((AttributeError, ZeroDivisionError)) as ours:
        QuickTemplate(source, engine=ENGINE).render(Context(values))

    assert (ours.type, str(ours.value)) == (theirs.type, str(theirs.value))


def test_who_reads_first_does_not_choose_the_language_of_others() -> None:
    source = """
    {{ nothing|default:_("Entries") }} {% translate "State" %} {{ _("Entries") }} {% status "done" _("State") %} {{ promise }}
    {% blocktranslate trimmed count n=number %}{{ n }} entry waits for a decision.{% plural %}{{ n }} entries wait for a
    decision.{% endblocktranslate %}{% if absent %}{% else %}{% translate "Light" context "theme" as light %}{{ light }}{% endif %}
    """
    theirs, ours = Template(source, engine=ENGINE), QuickTemplate(source, engine=ENGINE)

    for code in ("ru", "en", "ru"):
        with translation.override(code):
            expected = theirs.render(Context(VALUES))
            assert ("Работы" in expected) == (code == "ru")
            assert ours.render(Context(VALUES)) == expected


@pytest.mark.parametrize("fails", [ZeroDivisionError, TypeError, KeyError, TemplateDoesNotExist])
def test_what_fails_is_called_once_and_no_page_goes_out_without_it(fails: type[Exception]) -> None:
    asked = []

    def once() -> str:
        asked.append(fails)
        if len(asked) == 1:
            raise fails("the first time")
        return "as if nothing had happened"

    stored = ("django.template.loaders.locmem.Loader", TEMPLATES)
    page = Engine(loaders=[("config.templating.Loader", [stored])]).get_template("fails in a block")

    with pytest.raises(fails):
        page.render(Context({"once": once}))
    assert asked == [fails]


TEMPLATES = {
    "fails in a block": "{% extends 'base' %}{% block a %}{{ block.super }}{% endblock %}{% block inner %}{{ once }}{% endblock %}",
    "base": "<{% block a %}base a{% block inner %}in{% endblock %}{% endblock %}|{% block b %}{{ words }}{% endblock %}>",
    "middle": "{% extends 'base' %}ignored{% block a %}middle ({{ block.super }}){% endblock %}",
    "page": "{% extends 'middle' %}{% block inner %}mine{% endblock %}{% block b %}{% if several %}text{% endif %}{{ block.super }}{% include 'part' with one=thing.name %}{% endblock %}",
    "of variable": "{% extends parent %}{% block a %}{% block inner %}{% endblock %}!{% endblock %}",
    "part": "{% if absent %}never{% elif one %}{{ one }}{% else %}{% endif %}{% for one in several %}{% include 'again' %}{% endfor %}",
    "again": "[{{ one }}{% if forloop.first %} first{% endif %}]",
}


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name != "fails in a block"])
def test_templates_extend_and_include_each_other(name: str) -> None:
    stored = ("django.template.loaders.locmem.Loader", TEMPLATES)
    theirs, ours = Engine(loaders=[stored]), Engine(loaders=[("config.templating.Loader", [stored])])

    for _time in ("first", "again"):
        expected = theirs.get_template(name).render(Context({**VALUES, "parent": "middle"}))
        assert ours.get_template(name).render(Context({**VALUES, "parent": "middle"})) == expected
    with pytest.raises(TemplateDoesNotExist):
        ours.get_template("nowhere")


def test_every_page_is_read_by_the_quick_loader() -> None:
    engine = Engine.get_default()

    assert [type(one) for one in engine.template_loaders] == [Loader]
    assert isinstance(engine.get_template("base.html"), QuickTemplate)
    assert isinstance(engine.get_template("account/login.html"), QuickTemplate)
