"""What the overheads have in common: three steps, each a stage; no work in any of them."""
import time
from array import array


class Way:
    """A dict of lists, or, where the data starts packed, of arrays of doubles, which become lists in place."""

    runs = False  # Its stages are what is asked for.
    stages = True

    def __init__(self, kernel, list_function, steps, workers, options):
        self.is_packed = False

    def native(self, lists, form):
        self.is_packed = form == "columns"
        return {"key%d" % index: part for index, part in enumerate(lists)}

    def open(self):
        pass

    def close(self):
        pass

    def place(self, lists):
        parts = [part.tolist() for part in lists.values()] if self.is_packed else list(lists.values())
        return {"keys": list(lists), "lengths": [len(part) for part in parts], "sent": self.first(parts)}

    def compute(self, placed):
        placed["made"] = self.second(placed["sent"])

    def collect(self, placed):
        lists = self.third(placed["made"])
        return {key: array("d", part) if self.is_packed else part for key, part in zip(placed["keys"], lists)}

    def spoil(self, placed):
        placed["made"] = [self.blank(length) for length in placed["lengths"]]

    def blank(self, length):
        return [float("nan")] * length

    def third(self, lists):
        return [part[:] for part in lists]

    def set_first(self, lists, first):
        part = next(part for part in lists.values() if len(part) > 0)
        part[0] = type(part[0])(first)

    def lists_of(self, answers):
        return list(answers.values())

    def cpu_ns(self):
        return time.process_time_ns()
