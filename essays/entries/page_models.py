"""Pages of essays that come as pictures, as their author sent them. Everything here shows the author's hand."""

from django.db import models

from essays.entries.models import Entry, Essay


class PageFile(models.Model):
    """One page, made anew from its pixels when it came in: a bare JPEG under the private root.

    ``number`` counts from 1, sizes are in pixels. ``metadata_strings`` are what the upload said of its author; the
    self-attack looks for them, and nothing else of the upload is kept.
    """

    number = models.PositiveSmallIntegerField()
    file = models.FileField(max_length=200)
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    metadata_strings = models.JSONField(default=list)

    class Meta:
        abstract = True


class DraftPage(PageFile):
    """A page that lies ready in the application: it can be moved and taken away until the pages are handed in."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="draft_pages")
    original_name = models.CharField(max_length=255)

    class Meta:
        ordering = ["number", "pk"]

    def __str__(self) -> str:
        return f"{self.entry} p{self.number}"


class EssayPage(PageFile):
    """A page of one version of an essay, and what a person has painted over on it.

    ``places`` are black rectangles as ``essays.anonymity.painting`` knows them, on the page as it stands after
    ``quarters`` turns clockwise. ``revision`` counts changes, so that two people never overwrite each other.
    """

    essay = models.ForeignKey(Essay, on_delete=models.CASCADE, related_name="pages")
    places = models.JSONField(default=list)
    quarters = models.PositiveSmallIntegerField(default=0)
    # Somebody has looked: nothing that is still to be seen tells who the author is.
    confirmed = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["essay", "number"], name="essay_page_once")]

    def __str__(self) -> str:
        return f"{self.essay} p{self.number}"

    @property
    def shown_size(self) -> tuple[int, int]:
        """(width, height) in pixels after the turns."""
        return (self.height, self.width) if self.quarters % 2 else (self.width, self.height)
