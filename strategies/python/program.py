"""The program's side of the protocol (strategies/README.md): a line of JSON in, a line of JSON out."""
import gc
import importlib
import json
import sys
import time

import data
import kernels

WAYS = {
    "for-loop": "ways.for_loop",
    "threads": "ways.threads",
    "process-pool": "ways.process_pool",
    "numpy": "ways.numpy_arrays",
}


class Program:
    """One strategy and its data. Methods are named after messages; timed ones do nothing but the work."""

    def __init__(self, hello, ways):
        list_function = kernels.list_function(hello["kernel"], hello["kernelOptions"])
        self.way = importlib.import_module(ways[hello["strategy"]]).Way(
            kernel=hello["kernel"],
            list_function=list_function,
            steps=hello["kernelOptions"].get("steps"),
            workers=hello["workers"],
            options=hello["options"],
        )
        self.input = None
        self.placed = None
        self.answers = {}

    def load(self, message):
        self.input = self.way.native(data.read(message), message["form"])

    def open(self, _):
        self.way.open()

    def run(self, message):
        for _ in range(message["passes"]):
            self.answers[message["answer"]] = self.way.run(self.input)

    def place(self, _):
        self.placed = self.way.place(self.input)

    def compute(self, message):
        for _ in range(message["passes"]):
            self.way.compute(self.placed)

    def collect(self, message):
        self.answers[message["answer"]] = self.way.collect(self.placed)

    def release(self, _):
        self.placed = None

    def close(self, _):
        self.way.close()

    # What follows is in no account.

    def fresh(self, message):
        self.way.set_first(self.input, message["first"])

    def poison(self, _):
        self.way.poison(self.placed)

    def drop(self, message):
        self.answers.pop(message["answer"], None)
        gc.collect()

    def write(self, message):
        return data.write(message["file"], self.way.lists_of(self.answers[message["answer"]]))


TIMED = ("load", "open", "run", "place", "compute", "collect", "release", "close")


def serve(ways=WAYS):
    """Answers messages until stdin ends. `ways`: the module of each strategy, in a folder that Python knows."""
    hello = json.loads(sys.stdin.readline())
    try:
        program = Program(hello, ways)
    except ImportError as error:
        reply({"needs": error.name or str(error)})
        return
    reply({"runs": program.way.runs, "stages": program.way.stages})
    for line in sys.stdin:
        message = json.loads(line)
        action = getattr(program, message["do"])
        if message["do"] in TIMED:
            reply(timed(program.way, action, message))
        else:
            reply(action(message) or {})


def timed(way, action, message):
    cpu = way.cpu_ns()
    began = time.perf_counter_ns()
    action(message)
    ns = time.perf_counter_ns() - began
    return {"ns": ns, "cpuNs": max(0, way.cpu_ns() - cpu)}


def reply(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()
