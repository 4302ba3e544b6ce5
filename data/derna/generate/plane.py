"""Points, segments, lines and rings in metres. Square roots and the four operations only: they are exact everywhere."""
from math import sqrt


def distance(a, b):
    return sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2)


def unit(dx, dy):
    length = sqrt(dx * dx + dy * dy)
    return dx / length, dy / length


def along(a, b, t):
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t


def foot(p, a, b):
    """Where between a (0) and b (1) the point of the segment next to p lies."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length2 = dx * dx + dy * dy
    return max(0.0, min(1.0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length2)) if length2 else 0.0


def to_segment(p, a, b):
    return distance(p, along(a, b, foot(p, a, b)))


def to_line(p, line):
    return min(to_segment(p, a, b) for a, b in zip(line, line[1:]))


def station(p, line):
    """(metres along the line, metres off it) of the place on the line next to p."""
    best, gone = (0.0, float("inf")), 0.0
    for a, b in zip(line, line[1:]):
        t, length = foot(p, a, b), distance(a, b)
        off = distance(p, along(a, b, t))
        if off < best[1]:
            best = gone + t * length, off
        gone += length
    return best


def signed_distance(p, line):
    """Metres to a line: positive left of it, negative right of it, by the segment next to p."""
    least, turned = float("inf"), 0.0
    for a, b in zip(line, line[1:]):
        off = to_segment(p, a, b)
        if off < least:
            least, turned = off, turn(a, b, p)
    return least if turned > 0 else -least


def is_inside(p, ring):
    """By even and odd crossings; `ring` is closed."""
    inside = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:]):
        if (ay > p[1]) != (by > p[1]) and p[0] < (bx - ax) * (p[1] - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def area(ring):
    """Positive when anticlockwise."""
    x0, y0 = ring[0]
    twice = 0.0
    for (ax, ay), (bx, by) in zip(ring, ring[1:]):
        twice += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
    return twice / 2


def turn(a, b, c):
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def do_cross(a, b, c, d):
    """Whether two segments meet, other than in a common end."""
    if a in (c, d) or b in (c, d):
        return False
    return turn(a, b, c) * turn(a, b, d) <= 0 and turn(c, d, a) * turn(c, d, b) <= 0 and (
        max(min(a[0], b[0]), min(c[0], d[0])) <= min(max(a[0], b[0]), max(c[0], d[0]))) and (
        max(min(a[1], b[1]), min(c[1], d[1])) <= min(max(a[1], b[1]), max(c[1], d[1])))


def densified(line, step):
    out = [line[0]]
    for a, b in zip(line, line[1:]):
        pieces = max(1, int(distance(a, b) / step + 0.5))
        out += [along(a, b, k / pieces) for k in range(1, pieces + 1)]
    return out


def rounded_corners(line, times=2):
    """Chaikin's corner cutting; the ends stay."""
    for _ in range(times):
        cut = [line[0]]
        for a, b in zip(line, line[1:]):
            cut += [along(a, b, 0.25), along(a, b, 0.75)]
        line = cut + [line[-1]]
    return line


def offset(line, metres):
    """The line moved to its left, each vertex along the mean of its neighbours' normals."""
    out = []
    for k, p in enumerate(line):
        a, b = line[max(0, k - 1)], line[min(len(line) - 1, k + 1)]
        dx, dy = unit(b[0] - a[0], b[1] - a[1])
        out.append((p[0] - dy * metres, p[1] + dx * metres))
    return out


def segments_gap(a, b, c, d):
    """Metres between two segments, 0 where they cross."""
    if do_cross(a, b, c, d):
        return 0.0
    return min(to_segment(a, c, d), to_segment(b, c, d), to_segment(c, a, b), to_segment(d, a, b))


class Segments:
    """Segments by squares of the plane, to find those near a place without looking at all."""

    def __init__(self, size=100.0):
        self.size, self.squares = size, {}

    def covered(self, a, b, margin=0.0):
        def squares(low, high):
            return range(int((low - margin) // self.size), int((high + margin) // self.size) + 1)
        for i in squares(min(a[0], b[0]), max(a[0], b[0])):
            for j in squares(min(a[1], b[1]), max(a[1], b[1])):
                yield i, j

    def add(self, a, b):
        for square in self.covered(a, b):
            self.squares.setdefault(square, []).append((a, b))

    def add_line(self, line):
        for a, b in zip(line, line[1:]):
            self.add(a, b)

    def near(self, a, b, margin=0.0):
        for square in self.covered(a, b, margin):
            yield from self.squares.get(square, ())

    def is_crossed(self, a, b):
        return any(do_cross(a, b, c, d) for c, d in self.near(a, b))

    def is_within(self, p, metres):
        return any(to_segment(p, c, d) < metres for c, d in self.near(p, p, metres))
