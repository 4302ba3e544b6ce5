"""The flood, SYNTHETIC: depth, speed and time of arrival for the cells of the real extent and trace. Where water was
is observed; how deep, how fast and when is invented: deepest along the wadi, later the further from the upper dam,
with a wait at the lower one."""
import heapq
from math import sqrt

import plane
from chance import Noise
from given import in_steps, value_at

NODATA = -9999.0
LEAST_DEPTH_M, LEAST_SPEED = 0.1, 0.1
RAIN_DEPTH_M = 0.9       # in the middle of the small traces beside the wadi
SPREAD_M = 170.0         # from the wadi's line, depth falls to a half
FRONT = 0.8              # the front comes at this share of the speed behind it
BRIDGED_CELLS = 6        # so many dry cells between two traces the water crosses, as where the image shows no trace


class Flood:
    """depth (m), speed (m/s): 0 where the area of interest is dry, NODATA outside. arrival (min after the upper dam
    fails): NODATA also where no water comes from the dams."""

    def __init__(self, given, wadi):
        grid = given.grid
        cells = grid.width * grid.height
        self.depth, self.speed, self.arrival = ([NODATA] * cells for _ in range(3))
        for cell in grid.filled(given.area_of_interest):
            self.depth[cell] = self.speed[cell] = 0.0
        stations = {}
        line = wadi.line[::9] + [wadi.line[-1]]
        deepest = in_steps(given.invented["flood"]["axis_depth"], "depth_m")
        factor = in_steps(given.invented["flood"]["speed_per_root_depth"], "factor")
        patches = Noise(21, 140.0)
        for cell in sorted(wadi.wet):
            x, y = place = grid.centre(cell)
            if cell in wadi.main:
                stations[cell] = plane.station(place, line)[0]
            depth = self.depth_at(wadi, cell, value_at(deepest, stations.get(cell, 0.0))) * (1 + 0.18 * patches(x, y))
            self.depth[cell] = max(LEAST_DEPTH_M, round(depth, 2))
            speed = value_at(factor, stations.get(cell, 0.0)) * sqrt(self.depth[cell]) * (1 + 0.12 * patches(y, x))
            self.speed[cell] = max(LEAST_SPEED, round(speed, 2))
        self.let_it_come(given, wadi, line, stations)

    @staticmethod
    def depth_at(wadi, cell, deepest):
        edge = wadi.from_edge[cell]
        shore = min(1.0, 0.12 + edge / 45.0)
        if cell not in wadi.main:
            return RAIN_DEPTH_M * min(1.0, 0.2 + edge / 25.0)
        off = wadi.from_axis[cell] / SPREAD_M
        return deepest * shore / (1 + off * off) + 0.7 * shore

    def let_it_come(self, given, wadi, line, stations):
        """The quickest way of the front from the upper dam through the wet cells; the lower dam holds it up."""
        grid = given.grid
        start = min(sorted(wadi.main), key=lambda c: plane.distance(grid.centre(c), given.dam["abu_mansour"]))
        lower_dam = plane.station(given.dam["al_bilad"], line)[0]
        reached = set(grid.spread(sorted(wadi.main.union(wadi.axis_cells)), BRIDGED_CELLS * grid.cell))
        delay = given.invented["flood"]["delay_at_al_bilad_min"]
        seconds, queue = {start: 0.0}, [(0.0, start)]
        while queue:
            now, cell = heapq.heappop(queue)
            if now > seconds[cell]:
                continue
            for near in grid.neighbours(cell):
                if near not in reached:
                    continue
                metres = grid.cell if abs(near - cell) in (1, grid.width) else grid.cell * 1.4142135623730951
                then = now + metres / (FRONT * max(1.0, self.speed[near]))
                if then < seconds.get(near, float("inf")):
                    seconds[near] = then
                    heapq.heappush(queue, (then, near))
        for cell in wadi.main:
            if cell in seconds:
                wait = delay if stations[cell] < lower_dam else 0
                self.arrival[cell] = round(seconds[cell] / 60.0 + wait, 1)
