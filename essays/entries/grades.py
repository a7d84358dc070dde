"""Does the class that an author writes go with the category? Pure; only where both say a class in numbers.

A category may be called as its organizer likes, and a class is typed freely: where one of them says no class there is
no answer, and an answer is a question to a person, never a refusal.
"""

import re

HIGHEST = 12
_RANGE = re.compile(r"(?<!\d)(\d{1,2})\s*(?:-?[еийя]{1,2})?\s*[-–—−]\s*(\d{1,2})(?!\d)")
_ONE = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
_OF_CLASSES = re.compile(r"класс|\bкл\b|grade|form\b|year group", re.IGNORECASE)
_NO_CLASS = re.compile(r"курс|групп|семестр|course|group|semester|year", re.IGNORECASE)


def grade_of(course: str) -> int | None:
    """The class in «9 «А»», «11-б класс», «Grade 8»; None for a course, a group or words."""
    if _NO_CLASS.search(course):
        return None
    found = _ONE.findall(course)
    grades = {int(one) for one in found if 1 <= int(one) <= HIGHEST}
    return grades.pop() if len(grades) == 1 and len(found) == 1 else None


def grades_of(category: str) -> range | None:
    """The classes in «А. 7–9 классы», «11 класс», «Grades 10–11»; None for a category of anything else."""
    if not _OF_CLASSES.search(category):
        return None
    span = _RANGE.search(category)
    first, last = (int(one) for one in span.groups()) if span else (0, 0)
    if span is None:
        alone = _ONE.findall(category)
        if len(alone) != 1:
            return None
        first = last = int(alone[0])
    return range(first, last + 1) if 1 <= first <= last <= HIGHEST else None


def outside(course: str, category: str) -> int | None:
    """The class, where it is none of the category's; None where it is, or where nothing can be said."""
    grade, grades = grade_of(course), grades_of(category)
    return grade if grade is not None and grades is not None and grade not in grades else None
