"""Whole arrays at once. Lists must become arrays first, and lists again at the end."""
import time

import numpy


class Way:
    """Data is a dict of lists, or, where it starts packed, one array with the ends of its lists."""

    runs = True
    stages = True

    def __init__(self, kernel, list_function, steps, workers, options):
        self.kernel = kernel
        self.steps = steps
        self.is_packed = False

    def native(self, lists, form):
        self.is_packed = form == "columns"
        self.ends = numpy.cumsum([len(part) for part in lists], dtype=numpy.int64)
        if self.is_packed:
            return numpy.concatenate([numpy.array(part) for part in lists] or [numpy.empty(0)])
        return {"key%d" % index: part for index, part in enumerate(lists)}

    def open(self):
        pass

    def close(self):
        pass

    def run(self, data):
        arrays = self.arrays(data)
        return self.in_form(data, [self.fresh(array) for array in arrays])

    def place(self, data):
        arrays = self.arrays(data)
        outputs = [numpy.empty(1 if self.kernel == "sum" else len(array)) for array in arrays]
        return data, arrays, outputs

    def compute(self, placed):
        _, arrays, outputs = placed
        for array, output in zip(arrays, outputs):
            self.into(array, output)

    def collect(self, placed):
        data, _, outputs = placed
        if self.is_packed:
            return [output.copy() for output in outputs]
        return self.in_form(data, outputs)

    def poison(self, placed):
        for output in placed[2]:
            output.fill(numpy.nan)

    def set_first(self, data, first):
        part = data if self.is_packed else next(part for part in data.values() if len(part) > 0)
        part[0] = first

    def lists_of(self, answers):
        if not self.is_packed:
            return list(answers.values())
        if self.kernel == "sum":
            return answers
        return numpy.split(answers[0], self.ends[:-1]) if len(self.ends) > 0 else []

    def cpu_ns(self):
        return time.process_time_ns()

    def arrays(self, data):
        """A map goes over packed data in one piece; a sum is one per list."""
        if not self.is_packed:
            return [numpy.array(part, dtype=numpy.float64) for part in data.values()]
        if self.kernel == "sum":
            return numpy.split(data, self.ends[:-1]) if len(self.ends) > 0 else []
        return [data]

    def in_form(self, data, answers):
        return answers if self.is_packed else {key: answer.tolist() for key, answer in zip(data, answers)}

    def fresh(self, array):
        if self.kernel == "sum":
            return numpy.array([array.sum()])
        if self.kernel == "square-minus-13":
            return array**2 - 13
        output = numpy.empty(len(array))
        self.into(array, output)
        return output

    def into(self, array, output):
        if self.kernel == "sum":
            output[0] = array.sum()
            return
        if self.kernel == "square-minus-13":
            numpy.multiply(array, array, out=output)
            numpy.subtract(output, 13, out=output)
            return
        output[:] = array
        for _ in range(self.steps):
            numpy.multiply(output, output, out=output)
            numpy.add(output, 1, out=output)
            numpy.sqrt(output, out=output)
