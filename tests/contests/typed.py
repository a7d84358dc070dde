"""What is typed into the forms of the regulation."""

from datetime import datetime

from essays.contests.models import Contest

ENGLISH = {"accept-language": "en"}


def rows(contest: Contest, *forms: dict[str, str], act: str = "save") -> dict[str, str]:
    contest.refresh_from_db()
    data = {"act": act, "version": str(contest.version), "form-TOTAL_FORMS": str(len(forms))}
    data["form-INITIAL_FORMS"] = "0"
    for index, form in enumerate(forms):
        data |= {f"form-{index}-{name}": value for name, value in form.items()}
    return data


def texts(contest: Contest, **changes: str) -> dict[str, str]:
    contest.refresh_from_db()
    names = ("slug", "title_ru", "title_en", "summary_ru", "summary_en", "organizer_name_ru", "organizer_name_en")
    names += ("contact_email", "regulation_ru", "regulation_en", "version")
    return {name: str(getattr(contest, name)) for name in names} | changes


def calendar_fields(answer) -> dict[str, str]:
    form = answer.context["form"]
    shown = {}
    for name in form.fields:
        value = form[name].value()
        shown[name] = value.strftime("%Y-%m-%dT%H:%M") if isinstance(value, datetime) else str(value)
    return shown
