"""What the scenario is shaped on: the real data of this folder, in UTM metres, and invented.json."""
import json
import pathlib

import plane
import utm
from cells import Grid

HERE = pathlib.Path(__file__).resolve().parent
DERNA = HERE.parent
MARK = "SYNTHETIC: generated for the demo | بيانات مصطنعة"
SMALL_TRACE_HA = 5  # a trace below this in the city or beside the gorge comes from rain, not from the dams


def projected(coordinates):
    if isinstance(coordinates[0], (int, float)):
        return utm.project(*coordinates[:2])
    return [projected(c) for c in coordinates]


def features(*path):
    return json.loads(DERNA.joinpath(*path).read_text(encoding="utf-8"))["features"]


def in_steps(table, name):
    """[(metres, value), ...] of a table over kilometres in invented.json."""
    distance, = (key for key in table if key.startswith("km_"))
    return list(zip((1000.0 * km for km in table[distance]), table[name]))


def value_at(steps, x):
    """Linear between the steps, level beyond."""
    if x <= steps[0][0]:
        return steps[0][1]
    for (x0, y0), (x1, y1) in zip(steps, steps[1:]):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return steps[-1][1]


class Given:
    """The coast keeps the land on its right (it runs east); `flood` is [(area in ha, rings)]."""

    def __init__(self):
        self.invented = json.loads((HERE / "invented.json").read_text(encoding="utf-8"))
        g = self.invented["grid"]
        self.grid = Grid(g["west_m"], g["north_m"], g["cell_m"], g["width"], g["height"])
        self.flood = [(f["properties"]["area"], projected(f["geometry"]["coordinates"]))
                      for f in features("cems", "EMSR696_AOI01_GRA_PRODUCT_observedEventA_v1.json")]
        area, = (f for f in features("cems", "EMSR696_aois.geojson") if f["properties"]["aoi"] == 1)
        self.area_of_interest = projected(area["geometry"]["coordinates"])
        self.coast = self.read_coast()
        self.damage_points = [utm.project(*f["geometry"]["coordinates"])
                              for f in features("excerpt", "EMSR696_AOI01_GRA_PRODUCT_builtUpP_v1.json")]
        self.facilities = [projected(f["geometry"]["coordinates"])
                           for f in features("osm", "derna_osm_facilities.geojson")]
        west, south = utm.project(*(self.invented["city"][side] for side in ("west", "south")))
        east, _ = utm.project(*(self.invented["city"][side] for side in ("east", "south")))
        self.city = {"west": west, "east": east, "south": south}
        self.dam = {name: utm.project(*dam["place"]) for name, dam in self.invented["dams"].items()}

    def read_coast(self):
        longest = max((f["geometry"]["coordinates"] for f in features("coast.geojson")), key=len)
        near = [k for k, (lon, _) in enumerate(longest) if 22.5 < lon < 22.8]
        return projected(longest[near[0]:near[-1] + 1])

    def facility_lines(self):
        """Outlines of the real hospitals and schools; a point is a line of no length."""
        return [[f, f] if isinstance(f[0], float) else f[0] for f in self.facilities]

    def is_in_facility(self, place):
        return any(plane.is_inside(place, line) for line in self.facility_lines() if len(line) > 3)

    def small_traces(self):
        return [ring for hectares, rings in self.flood if hectares < SMALL_TRACE_HA for ring in rings]

    def line(self, *path):
        value = self.invented
        for key in path:
            value = value[key]
        return projected(value)
