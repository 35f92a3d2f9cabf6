"""Place by pickle.dumps, compute by pickle.loads."""
import pickle

from . import steps


class Way(steps.Way):
    def first(self, lists):
        return pickle.dumps(lists, pickle.HIGHEST_PROTOCOL)

    def second(self, text):
        return pickle.loads(text)
