"""Two hazards more, SYNTHETIC: landslide susceptibility by slope alone and the shaking of a fault that does not
exist. They are examples of how such data look, no assessment of anything."""
import bands
import plane
from cells import Grid
from chance import Noise

LANDSLIDE_REACH_M = 40.0


class Landslide:
    """classes: {code: polygons}; area: the ring of what was looked at."""

    def __init__(self, given, terrain):
        made = given.invented["landslide"]
        west, south, east, north = made["area_m"]
        step = made["node_m"]
        rough = Noise(91, 260.0)

        def percent(x, y):
            slope = terrain.slope(x, y, LANDSLIDE_REACH_M)
            if terrain.inland_at(x, y) < 30.0 or slope is None:
                return 0.0
            return max(0.0, round(100 * slope * (1 + 0.15 * rough(x, y)), 2))

        codes = sorted(made["classes"], key=lambda code: made["classes"][code])
        found = bands.classed((east - west) // step + 1, (north - south) // step + 1,
                              lambda i, j: (float(west + i * step), float(south + j * step)), percent,
                              [made["classes"][code] for code in codes])
        self.classes = {codes[number - 1]: polygons for number, polygons in found.items()}
        self.area = [(west, south), (east, south), (east, north), (west, north), (west, south)]


class Earthquake:
    """Peak ground acceleration in g on a coarse grid."""

    def __init__(self, given, terrain):
        made = given.invented["earthquake"]
        fine, factor = given.grid, int(made["cell_m"] / given.grid.cell)
        self.grid = Grid(fine.west, fine.north, made["cell_m"], -(-fine.width // factor), -(-fine.height // factor))
        fault = given.line("earthquake", "fault")
        self.pga = []
        for index in range(self.grid.width * self.grid.height):
            x, y = self.grid.centre(index)
            pga = made["pga_at_fault_g"] / (1 + (plane.to_line((x, y), fault) / (1000.0 * made["half_at_km"])) ** 2)
            if 0 <= terrain.inland_at(x, y) < made["soft_within_m"]:
                pga *= made["on_soft_ground"]
            self.pga.append(round(pga, 3))
