"""Questions whose SQL is put together once: to build it with the ORM costs ten times what the database needs for it.

    @prepared
    def criteria_of(contest: int) -> QuerySet[Criterion]:
        return Criterion.objects.filter(rubric__contest=contest).order_by("position", "pk")

    criteria_of(contest.pk)  # a list of Criterion

The function is called once, with placeholders for its arguments; whatever else it reads has to be constant. Arguments
stand for one value each (never None, never a list) and their annotations say how they are written for the database.
"""

from collections.abc import Callable, Iterable
from copy import copy
from datetime import date, datetime
from functools import cached_property, update_wrapper
from inspect import get_annotations
from typing import Any, Generic, ParamSpec, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models.expressions import Expression

P = ParamSpec("P")
Row = TypeVar("Row")
Answer = TypeVar("Answer")

FIELDS: dict[Any, models.Field[Any, Any]] = {
    bool: models.BooleanField(),
    date: models.DateField(),
    datetime: models.DateTimeField(),
    int: models.BigIntegerField(),
    str: models.TextField(),
    UUID: models.UUIDField(),
}


class Slot(Expression):
    """Stands in a query for the argument of this place."""

    def __init__(self, place: int, output_field: models.Field[Any, Any]) -> None:
        super().__init__(output_field=output_field)
        self.place = place

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        return "%s", [self]


class Prepared(Generic[P]):
    """What both kinds have: the function and its arguments."""

    def __init__(self, build: Callable[P, Any]) -> None:
        self.build = build
        update_wrapper(self, build)  # type: ignore[arg-type]
        kinds = [kind for name, kind in get_annotations(build, eval_str=True).items() if name != "return"]
        self.slots = [Slot(place, FIELDS[kind]) for place, kind in enumerate(kinds)]

    def filled(self, params: tuple[Any, ...], arguments: tuple[Any, ...]) -> tuple[Any, ...]:
        """Parameters with the arguments as this database takes them. Raises TypeError for None and for too few."""
        if len(arguments) != len(self.slots) or None in arguments:
            raise TypeError(f"{self.build.__name__} takes {len(self.slots)} values, none of them None: {arguments!r}")
        written = [
            slot.output_field.get_db_prep_value(value, connection)
            for slot, value in zip(self.slots, arguments, strict=True)
        ]
        return tuple(written[one.place] if isinstance(one, Slot) else one for one in params)

    def complete(self, params: Iterable[Any]) -> tuple[Any, ...]:
        """``params``, in which every argument has its place. Raises TypeError where one has none.

        So it is where the function decided something by an argument, and where a lookup made text of the placeholder,
        as ``iexact`` does on SQLite: every call would be answered as the first.
        """
        found = tuple(params)
        if missing := {slot.place for slot in self.slots} - {one.place for one in found if isinstance(one, Slot)}:
            raise TypeError(f"{self.build.__name__}: the question does not depend on arguments {sorted(missing)}")
        return found


class PreparedRows(Prepared[P], Generic[P, Row]):
    """A query set. Called, it answers with its rows as a list."""

    @cached_property
    def plan(self) -> tuple[Any, Any, Any, str, tuple[Any, ...]]:
        queryset = self.build(*self.slots)  # type: ignore[arg-type, call-arg]
        if queryset._prefetch_related_lookups:
            raise TypeError(f"{self.build.__name__}: what is prefetched is a question of its own")
        if queryset.query.select_for_update:
            # Django refuses it outside of a transaction, and would be asked that only once.
            raise TypeError(f"{self.build.__name__}: rows are locked by actions, and asked for with the ORM")
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
        compiler.connection = None  # of the thread that happened to be the first
        return queryset, compiler, converters, sql, self.complete(params)

    def __call__(self, *arguments: P.args, **no_names: P.kwargs) -> list[Row]:
        return self.rows(arguments)

    @cached_property
    def number(self) -> "PreparedNumbers[Any]":
        """How many rows there are, asked as the query set would ask it."""
        counted = PreparedNumbers(lambda *slots: self.build(*slots).count())  # type: ignore[call-arg]
        counted.slots = self.slots
        return counted

    def rows(self, arguments: tuple[Any, ...], window: str = "") -> list[Row]:
        """``window`` is SQL that ends the question: which of the rows are wanted."""
        queryset, compiler, converters, sql, params = self.plan
        values = self.filled(params, arguments)
        # Copies, because a compiler and a query belong to one thread; they know their columns from the plan.
        compiler, query = copy(compiler), copy(queryset.query)
        compiler.connection, compiler.query = connections[DEFAULT_DB_ALIAS], query
        compiler.as_sql, compiler.get_converters = lambda *_, **__: (sql + window, values), lambda _columns: converters
        query.get_compiler = lambda *_, **__: compiler
        asked = type(queryset)(queryset.model, query, DEFAULT_DB_ALIAS)
        asked._fields, asked._known_related_objects = queryset._fields, queryset._known_related_objects
        return list(queryset._iterable_class(asked))


class Listing(Generic[Row]):
    """Rows for a Paginator: counted, and cut by the database."""

    def __init__(self, prepared: PreparedRows[Any, Row], arguments: tuple[Any, ...]) -> None:
        self.prepared, self.arguments = prepared, arguments

    def count(self) -> int:
        return int(self.prepared.number(*self.arguments)[0])

    __len__ = count

    def __getitem__(self, part: slice) -> list[Row]:
        window = connection.ops.limit_offset_sql(part.start or 0, part.stop)
        return self.prepared.rows(self.arguments, f" {window}" if window else "")


class PreparedNumbers(Prepared[P]):
    """An aggregate, a count or whether there is any. Called, it answers with the one row, None where there is none."""

    @cached_property
    def plan(self) -> tuple[str, tuple[Any, ...]]:
        def take(_execute: Any, sql: str, params: Any, _many: bool, _context: Any) -> Any:
            raise _Taken(sql, tuple(params))

        here = connections[DEFAULT_DB_ALIAS]
        # A cursor that writes down what is asked would stumble over a placeholder; nothing is asked.
        here.make_debug_cursor = here.make_cursor  # type: ignore[method-assign, assignment]
        try:
            with here.execute_wrapper(take):
                self.build(*self.slots)  # type: ignore[arg-type, call-arg]
        except _Taken as taken:
            return taken.sql, self.complete(taken.params)
        finally:
            del here.make_debug_cursor
        raise TypeError(f"{self.build.__name__} asks the database for nothing")

    def __call__(self, *arguments: P.args, **no_names: P.kwargs) -> Any:
        sql, params = self.plan
        with connection.cursor() as cursor:
            cursor.execute(sql, self.filled(params, arguments))
            return cursor.fetchone()


class _Taken(Exception):
    """No error: the way out of Django's compiler, with what it was about to ask."""

    def __init__(self, sql: str, params: tuple[Any, ...]) -> None:
        super().__init__(sql)
        self.sql, self.params = sql, params


def prepared(build: Callable[P, models.QuerySet[Any, Row]]) -> Callable[P, list[Row]]:
    """For a function that returns a query set; ``[:1]`` in it where one row is wanted."""
    return PreparedRows(build)


def prepared_listing(build: Callable[P, models.QuerySet[Any, Row]]) -> Callable[P, Listing[Row]]:
    """For a function that returns an ordered query set of which a page is wanted at a time."""
    rows: PreparedRows[P, Row] = PreparedRows(build)
    return lambda *arguments, **_no_names: Listing(rows, arguments)


def prepared_numbers(build: Callable[P, Any]) -> Callable[P, Any]:
    """For a function that ends in ``aggregate``, ``count`` or ``exists``: a tuple of whole numbers, in its order."""
    return PreparedNumbers(build)
