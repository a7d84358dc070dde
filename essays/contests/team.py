"""Who runs a contest, and whether two of them announce its results. Every act is in the ledger."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from essays.contests import hooks
from essays.contests.models import Contest, ContestOrganizer
from essays.contests.problems import Refused
from essays.ledger import actions as ledger
from essays.outbox.actions import Draft, queue
from essays.people.models import User


def add_organizer(contest: Contest, email: str, *, actor: User) -> list[int]:
    """Let somebody with an account run the contest too; returns the letters that are owed to them."""
    user = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if user is None:
        raise Refused(
            _("Nobody has signed up with this address yet. Ask your colleague to sign up first, then add them."),
            "email",
        )
    with transaction.atomic():
        _row, new = ContestOrganizer.objects.get_or_create(contest=contest, user=user)
        if not new:
            raise Refused(_("This person is on the team already."), "email")
        event = ledger.record("contest.organizer_added", contest, actor=actor, data={"user": user.pk})
        title = contest.title_ru if user.language == "ru" else contest.title_en or contest.title_ru
        return queue(
            [
                Draft(
                    name="organizer_added",
                    to=user.email,
                    key=f"organizer_added:{contest.pk}:{event.pk}",
                    context={"contest": title, "slug": contest.slug, "by": str(actor)},
                    language=user.language,
                    user_id=user.pk,
                    contest_id=contest.pk,
                )
            ]
        )


def let_two_announce(contest: Contest, two: bool, *, actor: User) -> None:
    """Whether results need a second organizer's word. Once essays are with judges it is not lifted any more.

    Raises ``Refused`` when a second organizer is missing, or when it is too late to lift the rule.
    """
    with transaction.atomic():
        locked = Contest.objects.select_for_update().get(pk=contest.pk)
        if locked.two_announce == two:
            return
        if two and locked.organizers.count() < 2:
            raise Refused(_("Add a second organizer first: one person alone could not announce anything."))
        if not two and (hooks.judging_has_begun(locked) or locked.announced_at):
            raise Refused(_("Judges have been given essays already: the rule of two stays."))
        Contest.objects.filter(pk=contest.pk).update(two_announce=two)
        contest.two_announce = two
        ledger.record("contest.two_announce", contest, actor=actor, data={"two": two})


def expect_removable(contest: Contest, user_id: int) -> None:
    """Raises ``Refused`` where this person has to stay on the team, or is on it no more."""
    on_team = set(contest.organizers.values_list("user_id", flat=True))
    if on_team == {user_id}:
        raise Refused(_("The last organizer stays: add somebody else first."))
    if user_id not in on_team:
        raise Refused(_("This person is not on the team any more."))
    if len(on_team) == 2 and contest.two_announce and contest.announced_at is None:
        raise Refused(_("Two organizers announce the results here: add somebody else first."))


def remove_organizer(contest: Contest, user_id: int, *, actor: User) -> None:
    """Take somebody off the team; the last one stays, or nobody could run the contest. Raises ``Refused``."""
    with transaction.atomic():
        expect_removable(Contest.objects.select_for_update().get(pk=contest.pk), user_id)
        contest.organizers.filter(user_id=user_id).delete()
        ledger.record("contest.organizer_removed", contest, actor=actor, data={"user": user_id})
