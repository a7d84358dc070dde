"""How much a file may ask of us. Every reader keeps to these numbers."""

from __future__ import annotations

MIB = 1 << 20

MAX_FILE_BYTES = 25 * MIB
MAX_MEMBERS = 3_000
MAX_DECLARED_BYTES = 200 * MIB
MAX_PART_BYTES = 24 * MIB

MAX_CHARACTERS = 2_000_000
"""A text longer than this is no essay; the longest rules known allow some tens of thousands."""
MAX_BLOCKS = 50_000
MAX_METADATA_STRINGS = 500
MAX_METADATA_LENGTH = 500

MAX_PDF_PAGES = 100
MAX_PDF_OBJECTS = 100_000
MAX_PDF_STREAM_BYTES = 32 * MIB
MAX_PDF_TOTAL_BYTES = 96 * MIB
MAX_PDF_FORM_DEPTH = 8
MAX_PDF_FORM_DRAWINGS = 1_000

MAX_PAGES = 12
"""Pages of an essay that comes as pictures."""
LONGEST_SIDE = 2_000
"""Pixels of the longer side of a page as it is kept: about 170 dots an inch of a sheet of A4."""
SHORTEST_SIDE = 200
"""Pixels: nobody could read a page that is smaller."""
MAX_JPEG_PIXELS = 120_000_000
"""A JPEG is reduced while it is decoded, so a telephone of 108 megapixels is no danger."""
MAX_PNG_PIXELS = 50_000_000
