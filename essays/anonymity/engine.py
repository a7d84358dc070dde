"""The version of everything that decides what a blind copy looks like.

A copy is made once per (version of the essay, version of the engine). Raise the number whenever a change in
this package may change a copy, so that earlier copies are kept with the reviews that were written on them.
"""

ENGINE_VERSION = 2
