"""Chance that is the same on every machine: whole numbers only, seeded, without the standard library's generators."""

MASK = (1 << 64) - 1


def mixed(value):
    """SplitMix64's finisher (Steele, Lea, Flood 2014): 64 bits that look like no others."""
    value = (value + 0x9E3779B97F4A7C15) & MASK
    value = ((value ^ value >> 30) * 0xBF58476D1CE4E5B9) & MASK
    value = ((value ^ value >> 27) * 0x94D049BB133111EB) & MASK
    return value ^ value >> 31


def share(*keys):
    """A number in [0, 1) that depends on the whole numbers given alone."""
    value = 0
    for key in keys:
        value = mixed(value ^ (key & MASK))
    return (value >> 11) / (1 << 53)


def between(low, high, *keys):
    return low + (high - low) * share(*keys)


def pick(weighted, *keys):
    """One of (value, weight) pairs; weights are whole numbers."""
    left = int(share(*keys) * sum(weight for _, weight in weighted))
    for value, weight in weighted:
        left -= weight
        if left < 0:
            return value
    raise AssertionError("weights")


def smooth(t):
    return t * t * (3 - 2 * t)


class Noise:
    """Value noise: smooth in [-1, 1], with hills about `wave` metres apart."""

    def __init__(self, seed, wave):
        self.seed, self.wave, self.known = seed, wave, {}

    def corner(self, i, j):
        key = (i, j)
        if key not in self.known:
            self.known[key] = 2 * share(self.seed, i, j) - 1
        return self.known[key]

    def __call__(self, x, y):
        i, j = int(x // self.wave), int(y // self.wave)
        u, v = smooth(x / self.wave - i), smooth(y / self.wave - j)
        south = self.corner(i, j) * (1 - u) + self.corner(i + 1, j) * u
        north = self.corner(i, j + 1) * (1 - u) + self.corner(i + 1, j + 1) * u
        return south * (1 - v) + north * v
