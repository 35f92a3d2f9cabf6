"""A ThreadPoolExecutor, a list per task. The interpreter's lock lets one thread compute at a time, and many wait."""
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from . import for_loop


class Way(for_loop.Way):
    def open(self):
        self.pool = ThreadPoolExecutor(self.workers)
        # Threads start with their first task: each must have one before the pool counts as open.
        together = Barrier(self.workers)
        list(self.pool.map(lambda _: together.wait(), range(self.workers)))

    def close(self):
        self.pool.shutdown()

    def map(self, lists):
        return self.pool.map(self.list_function, lists)
