"""Three ways to copy a list: place by a slice, compute by a comprehension, as the source question does, collect by list()."""
from . import steps


class Way(steps.Way):
    def first(self, lists):
        return [part[:] for part in lists]

    def second(self, lists):
        return [[x for x in part] for part in lists]

    def third(self, lists):
        return [list(part) for part in lists]
