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
