"""The ground, SYNTHETIC: the sea at 0 up to the real coast, a plain, the jebel and the plateau behind it, and the
wadi's gorge cut along the real flood trace. Heights are invented; only where things lie is real."""
import plane
from cells import smooth_rows
from chance import Noise
from given import in_steps, value_at

FACTOR = 4           # the smooth parts are worked out on cells four times as wide
GORGE_M = 450.0      # the gorge's walls end within this of the flood trace
STEP_M = 0.1         # heights are kept to this


def coarse_fields(given, wadi):
    """Per coarse cell: metres from the coast (sea negative), hill height, height of the wadi's floor nearby."""
    coarse = given.grid.coarse(FACTOR)
    hills = in_steps(given.invented["hills"], "height_m")
    floor = in_steps(given.invented["wadi"]["floor"], "height_m")
    spurs, gullies, swell = Noise(11, 1700.0), Noise(12, 520.0), Noise(13, 230.0)
    line = wadi.line[::12] + [wadi.line[-1]]
    land, base, bottom = [], [], []
    for index in range(coarse.width * coarse.height):
        x, y = coarse.centre(index)
        inland = -plane.signed_distance((x, y), given.coast)
        rough = max(0.0, min(1.0, (inland - 600.0) / 1500.0))
        shifted = inland + rough * (420.0 * spurs(x, y) - 260.0 * abs(gullies(x, y)))
        land.append(inland)
        base.append(value_at(hills, shifted) + rough * (16.0 * gullies(x, y) + 5.0 * swell(x, y)))
        bottom.append(value_at(floor, plane.station((x, y), line)[0]))
    return coarse, land, base, bottom


def wall(metres):
    """Height above the gorge's floor at a distance from it: steep, then easing into the hills."""
    return 0.85 * metres if metres < 70 else 59.5 + 0.45 * (metres - 70)


class Terrain:
    """height, inland: values of the fine grid in metres, inland negative at sea."""

    def __init__(self, given, wadi):
        self.grid = grid = given.grid
        coarse, land, base, bottom = coarse_fields(given, wadi)
        self.inland = flat(smooth_rows(land, coarse, FACTOR))
        self.height = flat(smooth_rows(base, coarse, FACTOR))
        floor = flat(smooth_rows(bottom, coarse, FACTOR))
        self.cut_gorge(wadi, floor)
        self.cut_side_wadis(wadi)
        for cell, metres in enumerate(self.inland):
            self.height[cell] = 0.0 if metres < 0 else max(0.1, round(self.height[cell] / STEP_M) * STEP_M)

    def cut_gorge(self, wadi, floor):
        border = sorted(c for c in wadi.main if any(n not in wadi.main for n in self.grid.neighbours(c)))
        for cell, (metres, _) in self.grid.spread(border + wadi.axis_cells, GORGE_M).items():
            if cell not in wadi.main:
                self.height[cell] = min(self.height[cell], floor[cell] + 1.5 + wall(metres))
        for cell in wadi.main:
            off = wadi.from_axis[cell]
            self.height[cell] = min(self.height[cell], floor[cell] + 0.012 * off - max(0.0, 2.5 - 0.06 * off))

    def cut_side_wadis(self, wadi):
        for cell, (metres, _) in self.grid.spread(sorted(wadi.wet - wadi.main), 90.0).items():
            self.height[cell] -= min(0.5 * self.height[cell], 6.0 * (1 - metres / 90.0))

    def at(self, x, y):
        cell = self.grid.index(x, y)
        return None if cell is None else self.height[cell]

    def slope(self, x, y, reach=20.0):
        """Rise over run around a place; None at the grid's edge."""
        west, east = self.at(x - reach, y), self.at(x + reach, y)
        south, north = self.at(x, y - reach), self.at(x, y + reach)
        if None in (west, east, south, north):
            return None
        return (((east - west) / (2 * reach)) ** 2 + ((north - south) / (2 * reach)) ** 2) ** 0.5

    def inland_at(self, x, y):
        cell = self.grid.index(x, y)
        return -1e9 if cell is None else self.inland[cell]


def flat(rows):
    return [value for row in rows for value in row]
