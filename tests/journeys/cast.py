"""Who takes part in the journey, which of the demo's essays they enter, and what the judges think of them."""

FIRST = "Моя первая электронная услуга"
MENTOR = "murashkina@example.org"
PARENT = "parent-of-{0}@example.org"
JUDGES = {
    "chair-of-jury@example.org": "technology-university",
    "from-barnaul@example.org": "barnaul-261",
    "from-college@example.org": "medical-college",
    "from-nowhere@example.org": None,
}
# Points by criterion (25, 20, 20, 15, 10, 10) that the first and the second judge of an essay give.
POINTS = {
    1: ([24, 19, 19, 14, 10, 9], [23, 19, 18, 14, 10, 9]),  # 95 and 93: the winner
    2: ([20, 15, 15, 10, 8, 7], [13, 10, 10, 7, 5, 5]),  # 75 and 50: a third judge reads
    3: ([22, 16, 17, 10, 8, 8], [22, 15, 16, 11, 7, 8]),  # 81 and 79: 80, and more for the first criterion
    4: ([18, 18, 17, 12, 8, 8], [18, 17, 17, 11, 8, 8]),  # 81 and 79: 80 as well
    33: ([17, 13, 13, 9, 7, 6], [17, 13, 13, 9, 7, 6]),  # 65: best of its cell, too few points for a winner
    34: ([16, 12, 13, 9, 6, 6], [16, 12, 13, 9, 6, 6]),  # 62
    35: ([15, 11, 12, 9, 6, 5], [15, 11, 12, 9, 6, 5]),  # 58: no award
}
THIRD_POINTS = [15, 11, 11, 8, 5, 5]  # 55
NOT_TO_BE_NAMED = {4, 35}
MINORS = {1, 2, 3, 4}


def address_of(number: int) -> str:
    return MENTOR if number == 2 else f"author-{number}@example.org"
