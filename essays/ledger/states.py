"""The one function that moves a row from state to state."""

from typing import Any

from django.db import models, transaction

from essays.ledger import actions as ledger


class MoveRefused(Exception):
    """The table of moves does not know this move."""


class SomeoneWasFirst(Exception):
    """The row left the state that the caller had seen; nothing was changed."""


def move(
    row: Any,
    to: str,
    *,
    actor: Any = None,
    action: str = "",
    data: dict[str, Any] | None = None,
    where: dict[str, Any] | None = None,
    **changes: Any,
) -> None:
    """Move ``row`` to state ``to`` together with ``changes`` (field values), and write it into the ledger.

    ``row`` is a model with ``state`` and a table ``MOVES: {state: {states}}``; ``actor`` a user or None for the
    system. The conditional UPDATE is the lock: of two callers that saw the same state one wins, the other gets
    ``SomeoneWasFirst``. A move outside the table raises ``MoveRefused``. On success ``row`` is up to date.
    ``action`` defaults to «<model>.<to>»; ``where`` adds lookups to the condition, such as the lease that the
    caller believes to hold.
    """
    seen = row.state
    if to not in row.MOVES.get(seen, ()):
        raise MoveRefused(f"{row._meta.model_name} {row.pk}: {seen} → {to}")
    with transaction.atomic():
        claim(row, seen, where=where, state=to, **changes)
        ledger.record(
            action or f"{row._meta.model_name}.{to}",
            row,
            actor=actor,
            data={"from": str(seen), "to": str(to), **(data or {})},
        )


def claim(row: Any, seen: str, *, where: dict[str, Any] | None = None, **changes: Any) -> None:
    """The conditional UPDATE without a ledger line: for leases, which are mechanics and nobody's act."""
    changed = type(row)._base_manager.filter(pk=row.pk, state=seen, **(where or {})).update(**changes)
    if not changed:
        raise SomeoneWasFirst(f"{row._meta.model_name} {row.pk} is no longer {seen}")
    for name, value in changes.items():
        if not isinstance(value, models.expressions.BaseExpression | models.F):
            setattr(row, name, value)
        else:
            row.refresh_from_db(fields=[name])
