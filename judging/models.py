"""Index of the app's tables, in the order of the story."""

from judging.rubrics.models import AwardRule, Criterion, JudgingRules, LevelDescriptor, Rubric  # isort: skip
from judging.panels.models import DeclaredConflict, Seat  # isort: skip
from judging.assignments.models import Assignment, Deal, Recusal, Removal, SecondLook  # isort: skip
from judging.reviews.models import Highlight, Mark, Review  # isort: skip
from judging.anchors.models import AnchorEssay, AnchorReading  # isort: skip
from judging.ranking.models import CorrectedScore, JuryChoice, RankedCopy, Ranking, TieVote, WithheldAward  # isort: skip
from judging.session.models import Attendance, Ballot, Dissent, JurySession, Question  # isort: skip
from judging.results.models import Announcement, Award, Diploma, DocumentBundle, DocumentDesign  # isort: skip
from judging.results.opening_models import NameOpening  # isort: skip
from judging.appeals.models import Appeal, AppealMember  # isort: skip

__all__ = [
    "AnchorEssay",
    "AnchorReading",
    "Announcement",
    "Appeal",
    "AppealMember",
    "Assignment",
    "Attendance",
    "Award",
    "AwardRule",
    "Ballot",
    "CorrectedScore",
    "Criterion",
    "Deal",
    "DeclaredConflict",
    "Diploma",
    "Dissent",
    "DocumentBundle",
    "DocumentDesign",
    "Highlight",
    "JudgingRules",
    "JuryChoice",
    "JurySession",
    "LevelDescriptor",
    "Mark",
    "NameOpening",
    "Question",
    "RankedCopy",
    "Ranking",
    "Recusal",
    "Removal",
    "Review",
    "Rubric",
    "Seat",
    "SecondLook",
    "TieVote",
    "WithheldAward",
]
