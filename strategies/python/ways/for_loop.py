"""One list after another. Also what the other ways over plain lists have in common."""
import time
from array import array


class Way:
    """Data is a dict of lists, or, where it starts packed, of arrays of doubles; answers are of the same kind."""

    runs = True
    stages = True

    def __init__(self, kernel, list_function, steps, workers, options):
        self.list_function = list_function
        self.workers = workers
        self.options = options
        self.is_reduce = kernel == "sum"
        self.is_packed = False

    def native(self, lists, form):
        self.is_packed = form == "columns"
        return {"key%d" % index: part for index, part in enumerate(lists)}

    def open(self):
        pass

    def close(self):
        pass

    def run(self, lists):
        answers = self.map(list(lists.values()))
        return {key: self.in_form(answer) for key, answer in zip(lists, answers)}

    def map(self, lists):
        return [self.list_function(part) for part in lists]

    def in_form(self, answer):
        return array("d", answer) if self.is_packed else answer

    def place(self, lists):
        """Lists stay where they are; outputs are made, for every compute to overwrite."""
        zero = array("d", [0]) if self.is_packed else [0.0]
        outputs = {key: zero * (1 if self.is_reduce else len(part)) for key, part in lists.items()}
        return lists, outputs

    def compute(self, placed):
        lists, outputs = placed
        for output, answer in zip(outputs.values(), self.map(list(lists.values()))):
            output[:] = self.in_form(answer)

    def collect(self, placed):
        return {key: output[:] for key, output in placed[1].items()}

    def poison(self, placed):
        for output in placed[1].values():
            output[:] = self.in_form([float("nan")] * len(output))

    def set_first(self, lists, first):
        part = next(part for part in lists.values() if len(part) > 0)
        part[0] = type(part[0])(first)

    def lists_of(self, answers):
        return list(answers.values())

    def cpu_ns(self):
        return time.process_time_ns()
