"""A part of a list that is already in order: the one of `people.parts`, by the name that the pages of cases know."""

from people.parts import PART, part_of

__all__ = ["PART", "part_of"]
