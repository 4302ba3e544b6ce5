"""The wadi: the cells that the real flood covered, the wadi's line through them, and how far each place is along and
off it."""
import heapq

import plane
from given import SMALL_TRACE_HA

GAP_M = 30.0
CLEAR_M = 60.0       # so far from the edge of the trace, the line may run as it likes
DRY_COST = 40        # crossing a gap between two traces is dearer than any way round inside
LINE_STEP_M = 90.0
FAR_M = 2600.0       # off the line: no further is looked


class Wadi:
    """wet: cells inside the real extent or trace; main: those of the large traces; line: from the sea up to the upper
    dam."""

    def __init__(self, given):
        self.grid = given.grid
        self.wet, self.main = set(), set()
        for hectares, rings in given.flood:
            cells = self.grid.filled(rings)
            self.wet.update(cells)
            if hectares >= SMALL_TRACE_HA:
                self.main.update(cells)
        # The image's polygons stop a little short of each other; the water did not: narrow gaps are closed to measure.
        closed = set(self.grid.spread(sorted(self.wet), GAP_M))
        border = sorted(c for c in closed if any(n not in closed for n in self.grid.neighbours(c)))
        distances = self.grid.spread(border, 1500.0, closed.__contains__)
        self.from_edge = {c: max(self.grid.cell / 2, distances[c][0] - GAP_M) for c in self.wet}
        lower = plane.rounded_corners(given.line("wadi", "lower"))
        upper = self.middle_way(given.dam["abu_mansour"], lower[0])
        self.line = list(reversed(plane.rounded_corners(upper, 2)[:-1] + lower))
        self.line = [(round(x, 2), round(y, 2)) for x, y in self.line]
        self.length = sum_of(plane.distance(a, b) for a, b in zip(self.line, self.line[1:]))
        axis = {self.grid.index(*p) for p in plane.densified(self.line, 5.0)} - {None}
        reached = self.grid.spread(sorted(axis), FAR_M, closed.__contains__)
        self.from_axis = {c: reached[c][0] if c in reached else FAR_M for c in self.wet}
        self.axis_cells = sorted(axis)

    def middle_way(self, start, end):
        """The cheapest way from cell to cell, cheap far from the edge of the trace: the trace's middle, as points."""
        first, last = self.grid.index(*start), self.grid.index(*end)
        cost, before, queue = {first: 0}, {}, [(0, first)]
        while queue:
            spent, cell = heapq.heappop(queue)
            if cell == last:
                break
            if spent > cost[cell]:
                continue
            for near in self.grid.neighbours(cell):
                clear = min(CLEAR_M, self.from_edge.get(near, 0.0))
                price = int(100 * (CLEAR_M / clear) ** 2) if clear else 100 * DRY_COST * 10
                straight = abs(near - cell) in (1, self.grid.width)
                price = spent + (5 * price if straight else 7 * price)
                if price < cost.get(near, 1 << 60):
                    cost[near], before[near] = price, cell
                    heapq.heappush(queue, (price, near))
        way = [last]
        while way[-1] != first:
            way.append(before[way[-1]])
        points = [self.grid.centre(c) for c in reversed(way)]
        step = int(LINE_STEP_M / self.grid.cell)
        return points[:-step // 2:step] + [points[-1]]


def sum_of(numbers):
    """Left to right, as it always was: newer Pythons' own sum() carries a compensation."""
    total = 0.0
    for number in numbers:
        total += number
    return total
