"""The kernels as a Python user writes them for one list: the best plain loop, in each case a comprehension."""
import math
import time
from functools import partial


def square_minus_13(numbers):
    # Not x ** 2: for floats that calls pow, which is slower, rounds otherwise and raises where it overflows.
    return [x * x - 13 for x in numbers]


def identity(numbers):
    return numbers[:]


def total(numbers):
    return [sum(numbers)]


def sqrt_chain(numbers, steps):
    answers = []
    for x in numbers:
        for _ in range(steps):
            x = math.sqrt(x * x + 1)
        answers.append(x)
    return answers


def burn(numbers, steps):
    """As many steps as scenarios/kernels/burn.ts takes: Marsaglia's xorshift32, here on ints of any size."""
    bit = chain(to_int32(numbers[0]) if numbers else 0, steps) & 1
    return [x + bit for x in numbers]


def chain(seed, steps):
    state = (seed ^ 0x9E3779B9) & 0xFFFFFFFF or 1
    for _ in range(steps):
        state ^= (state << 13) & 0xFFFFFFFF
        state ^= state >> 17
        state ^= (state << 5) & 0xFFFFFFFF
    return state


def to_int32(x):
    """What JavaScript makes of `x | 0`."""
    return int(x) & 0xFFFFFFFF if math.isfinite(x) else 0


def wait(numbers, seconds):
    time.sleep(seconds)
    return list(numbers)


def list_function(kernel, options):
    """The function of one list. A partial of a module's function: processes take it by name."""
    if kernel == "burn":
        steps = max(1, math.floor(options["cost"] * options["rate"] + 0.5))
        return partial(burn, steps=steps)
    if kernel == "wait":
        return partial(wait, seconds=options["ms"] / 1000)
    if kernel == "sqrt-chain":
        return partial(sqrt_chain, steps=options["steps"])
    return {"square-minus-13": square_minus_13, "sum": total, "identity": identity}[kernel]
