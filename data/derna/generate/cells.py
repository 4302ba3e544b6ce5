"""Grids of square cells in UTM, north up: filling polygons, distances from cells, and smooth surfaces from coarse
ones."""
from math import sqrt

BUCKETS_PER_CELL = 4


class Grid:
    """`west`, `north`: the outer corner in metres; values are lists of width * height, row by row from the north."""

    def __init__(self, west, north, cell, width, height):
        self.west, self.north, self.cell, self.width, self.height = west, north, float(cell), width, height

    def centre(self, index):
        row, column = divmod(index, self.width)
        return self.west + (column + 0.5) * self.cell, self.north - (row + 0.5) * self.cell

    def index(self, x, y):
        """Of the cell that holds the place, None outside."""
        column, row = int((x - self.west) // self.cell), int((self.north - y) // self.cell)
        return row * self.width + column if 0 <= column < self.width and 0 <= row < self.height else None

    def filled(self, rings):
        """Indexes of the cells whose centre lies inside a polygon (outer ring and holes), in order."""
        crossings = {}
        for ring in rings:
            for (ax, ay), (bx, by) in zip(ring, ring[1:]):
                if ay == by:
                    continue
                (ax, ay), (bx, by) = sorted(((ax, ay), (bx, by)), key=lambda p: p[1])
                first = max(0, int((self.north - by) / self.cell - 0.5))
                last = min(self.height - 1, int((self.north - ay) / self.cell + 0.5))
                for row in range(first, last + 1):
                    y = self.north - (row + 0.5) * self.cell
                    if ay <= y < by:
                        crossings.setdefault(row, []).append(ax + (bx - ax) * (y - ay) / (by - ay))
        out = []
        for row in sorted(crossings):
            xs = sorted(crossings[row])
            for left, right in zip(xs[0::2], xs[1::2]):
                first = max(0, int((left - self.west) / self.cell - 0.5))
                for column in range(first, self.width):
                    x = self.west + (column + 0.5) * self.cell
                    if x >= right:
                        break
                    if x >= left:
                        out.append(row * self.width + column)
        return out

    def neighbours(self, index):
        row, column = divmod(index, self.width)
        for dy in (-1, 0, 1):
            for dx in (-1, 0, 1):
                if (dx or dy) and 0 <= row + dy < self.height and 0 <= column + dx < self.width:
                    yield index + dy * self.width + dx

    def spread(self, sources, limit, is_open=None):
        """{cell: (metres to the next source cell, that cell)} up to a limit, over cells where is_open says so. A brush
        fire that carries its source: straight distances, but for rare cells a little long."""
        width, scale = self.width, BUCKETS_PER_CELL / self.cell
        found = {s: (0.0, s) for s in sources}
        buckets = [[] for _ in range(int(limit * scale) + 2)]
        buckets[0] = sorted(found)
        for bucket in buckets:
            for cell in bucket:
                metres, source = found[cell]
                row, column = divmod(source, width)
                for near in self.neighbours(cell):
                    if is_open is not None and not is_open(near):
                        continue
                    near_row, near_column = divmod(near, width)
                    reach = self.cell * sqrt((near_row - row) ** 2 + (near_column - column) ** 2)
                    if reach <= limit and (near not in found or reach < found[near][0]):
                        found[near] = reach, source
                        buckets[int(reach * scale)].append(near)
        return found

    def coarse(self, factor):
        """Centres for a surface that `smooth_rows` brings onto this grid: one cell more all around."""
        size = self.cell * factor
        return Grid(self.west - size, self.north + size, size, self.width // factor + 2, self.height // factor + 2)


def spline_weights(factor):
    """Of three neighbours in a row, for each fine cell inside the middle one: the quadratic B-spline."""
    out = []
    for k in range(factor):
        t = (k + 0.5) / factor
        out.append(((1 - t) ** 2 / 2, 0.5 + t * (1 - t), t * t / 2))
    return out


def smooth_rows(values, coarse, factor):
    """Rows of the fine grid below `coarse` (see Grid.coarse), smooth to the first derivative."""
    weights = spline_weights(factor)
    width = coarse.width
    for row in range(1, coarse.height - 1):
        above, here, below = (values[k * width:(k + 1) * width] for k in (row - 1, row, row + 1))
        for a, b, c in weights:
            line = [a * x + b * y + c * z for x, y, z in zip(above, here, below)]
            fine = []
            for x, y, z in zip(line, line[1:], line[2:]):
                fine += [p * x + q * y + r * z for p, q, r in weights]
            yield fine
