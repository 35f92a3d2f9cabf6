"""What the overheads have in common: three steps, each a stage; no work in any of them."""
from array import array

from ways import for_loop


class Way(for_loop.Way):
    """Data as a for-loop has it; what starts packed becomes lists in place."""

    runs = False  # Its stages are what is asked for.

    def place(self, lists):
        parts = [part.tolist() for part in lists.values()] if self.is_packed else list(lists.values())
        return {"keys": list(lists), "lengths": [len(part) for part in parts], "sent": self.first(parts)}

    def compute(self, placed):
        placed["made"] = self.second(placed["sent"])

    def collect(self, placed):
        lists = self.third(placed["made"])
        return {key: array("d", part) if self.is_packed else part for key, part in zip(placed["keys"], lists)}

    def poison(self, placed):
        placed["made"] = [self.blank(length) for length in placed["lengths"]]

    def blank(self, length):
        return [float("nan")] * length

    def third(self, lists):
        return [part[:] for part in lists]
