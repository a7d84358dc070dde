"""Whether a translation keeps what the program will put into the string."""

import re
from collections import Counter

PLACEHOLDERS = re.compile(
    r"%\([^)]+\)[#0\- +]*\d*(?:\.\d+)?[a-zA-Z]"  # %(name)s
    r"|%[sdif]"
    r"|%%"
    r"|\{[A-Za-z_][A-Za-z0-9_.]*\}"  # {name}
    r"|</?[a-z][a-z0-9]*"  # the beginning of a tag
)


def problems_of(source: str, forms: list[str]) -> list[str]:
    """What each form of a translation lost or invented, compared with the source (the plural's, if any)."""
    problems = []
    expected = Counter(PLACEHOLDERS.findall(source))
    for form in forms:
        found = Counter(PLACEHOLDERS.findall(form))
        if lost := expected - found:
            problems.append(f"translation lost {', '.join(sorted(lost))}")
        if invented := found - expected:
            problems.append(f"translation invented {', '.join(sorted(invented))}")
        if source.startswith("\n") != form.startswith("\n") or source.endswith("\n") != form.endswith("\n"):
            problems.append("line break at the beginning or end differs")
    return problems
