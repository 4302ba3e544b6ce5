"""The invented half of the demo keeps its promises: it says SYNTHETIC everywhere, keeps off all that is real, and is
shaped as SOURCES.md says."""
import json
import unittest

import demo
import synthetic
from synthetic import MARK, RASTERS, Near, Raster, ogr

FREE_M = 5           # from real damage points, hospitals and schools
SAMPLE = 9           # every so many rows and columns of a raster are looked at
INVENTED = json.loads((demo.DATA / "generate" / "invented.json").read_text(encoding="utf-8"))


def point(x, y):
    shape = ogr.Geometry(ogr.wkbPoint)
    shape.AddPoint_2D(x, y)
    return shape


def wadi_bed():
    """What lies between the roads on both banks, from bridge to bridge."""
    lines = ogr.Geometry(ogr.wkbMultiLineString)
    for properties, shape in synthetic.shapes(synthetic.FOLDER / "road.geojson"):
        if properties["bridge"] or properties["name_en"] in ("West bank road", "East bank road"):
            lines.AddGeometry(shape)
    faces = lines.Polygonize()
    bed = [faces.GetGeometryRef(k).Clone() for k in range(faces.GetGeometryCount())]
    assert len(bed) == 4, "five bridges"
    return bed


class Marks(demo.Demo):
    def test_every_row(self):
        rows = [r for name in ("hazard_raster.csv", "site.csv", "site_round.csv") for r in demo.csv_rows(synthetic.FOLDER / name)]
        rows += [f["properties"] for name in ("road", "closure", "landslide", "landslide_coverage")
                 for f in demo.features(synthetic.FOLDER / (name + ".geojson"))]
        rows += synthetic.buildings()
        for r in rows:
            self.assertTrue(r["source"].startswith(MARK), r)
        self.assertEqual({r["synthetic"] for r in demo.csv_rows(synthetic.FOLDER / "site.csv")}, {"true"})

    def test_every_raster(self):
        for name in RASTERS:
            said = Raster(name).data.GetMetadata()
            self.assertEqual(said["SYNTHETIC"], "yes", name)
            self.assertTrue(said["SOURCE"].startswith(MARK) and said["TITLE"].startswith(MARK), said)

    def test_none_in_the_demo_of_real_data(self):
        for layer in ("building", "road", "hazard_raster"):
            self.assertNotIn(layer, demo.layers(demo.WORKSPACE))
        self.assertEqual(demo.rows(demo.WORKSPACE, "SELECT * FROM hazard WHERE source LIKE 'SYNTHETIC%'"), [])


class Buildings(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.rows = synthetic.buildings()

    def test_as_many_as_stated(self):
        self.assertEqual(len(self.rows), INVENTED["city"]["buildings"])
        self.assertEqual(sum(int(r["population"]) for r in self.rows), INVENTED["city"]["people"])
        self.assertEqual(len({r["building_id"] for r in self.rows}), len(self.rows))

    def test_off_all_that_is_real(self):
        near = Near([r["shape"] for r in self.rows])
        checked = 0
        for real in synthetic.real_observations():
            for number, shape in near.around(real):
                checked += 1
                self.assertGreaterEqual(shape.Distance(real), FREE_M, self.rows[number]["building_id"])
        self.assertGreater(checked, 1000)

    def test_apart_and_sound(self):
        near = Near([r["shape"] for r in self.rows])
        for number, r in enumerate(self.rows):
            self.assertTrue(r["shape"].IsValid(), r["building_id"])
            for other, shape in near.around(r["shape"]) if number % 10 == 0 else ():
                if other != number:
                    self.assertFalse(shape.Intersects(r["shape"]), r["building_id"])

    def test_on_land_off_the_wadi_and_the_streets(self):
        terrain, bed = Raster("terrain"), wadi_bed()
        near = Near([shape for _, shape in synthetic.shapes(synthetic.FOLDER / "road.geojson")])
        for number, r in enumerate(self.rows):
            for x, y, *_ in r["shape"].GetGeometryRef(0).GetPoints():
                self.assertGreater(terrain.at(x, y), 0, r["building_id"])
            self.assertFalse(any(part.Intersects(r["shape"]) for part in bed), r["building_id"])
            for other, shape in near.around(r["shape"]) if number % 10 == 0 else ():
                self.assertFalse(shape.Intersects(r["shape"]), (r["building_id"], other))


class Roads(unittest.TestCase):
    def setUp(self):
        self.rows = synthetic.shapes(synthetic.FOLDER / "road.geojson")

    def parts(self, rows):
        """{end of a segment: number of the connected part}."""
        parent = {}

        def top(p):
            while parent.setdefault(p, p) != p:
                p = parent[p]
            return p
        for _, shape in rows:
            ends = [tuple(round(v, 3) for v in shape.GetPoint_2D(k)) for k in (0, shape.GetPointCount() - 1)]
            parent[top(ends[0])] = top(ends[1])
        return {p: top(p) for p in list(parent)}

    def test_noded(self):
        near = Near([shape for _, shape in self.rows])
        for number, (properties, shape) in enumerate(self.rows):
            self.assertTrue(shape.IsSimple(), properties["road_id"])
            for other, theirs in near.around(shape):
                if other < number:
                    self.assertFalse(shape.Crosses(theirs), (properties["road_id"], other))

    def test_one_network_held_together_by_its_bridges(self):
        self.assertEqual(len(set(self.parts(self.rows).values())), 1)
        bridges = [r for r in self.rows if r[0]["bridge"]]
        self.assertEqual(len(bridges), 5)
        without = self.parts([r for r in self.rows if not r[0]["bridge"]])
        self.assertEqual(len(set(without.values())), 2, "the wadi parts the town")

    def test_closures_are_the_bridges(self):
        """Each by its own line, in one scenario: no fact."""
        bridges = {p["road_id"]: shape.ExportToWkt() for p, shape in self.rows if p["bridge"]}
        closures = synthetic.shapes(synthetic.FOLDER / "closure.geojson")
        self.assertEqual({p["road_id"]: shape.ExportToWkt() for p, shape in closures}, bridges)
        self.assertEqual({(p["scenario"], p["passable"], p["kind"]) for p, _ in closures}, {("bridges-out", "none", "bridge_cut")})


class Flood(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.depth, cls.speed, cls.arrival = (Raster("flood_" + name) for name in ("depth", "velocity", "arrival"))
        cls.seen = [shape for _, shape in synthetic.shapes(demo.DERNA_FLOOD)]
        cls.area, = (shape for properties, shape in synthetic.shapes(demo.AREAS) if properties["aoi"] == 1)

    def test_wet_where_the_flood_was_seen_and_nowhere_else(self):
        near, wet = Near(self.seen), 0
        for row in range(0, self.depth.height, SAMPLE):
            for column in range(0, self.depth.width, SAMPLE):
                place = point(*self.depth.centre(row, column))
                depth = self.depth.values[row * self.depth.width + column]
                if any(shape.Contains(place) for _, shape in near.around(place)):
                    self.assertGreater(depth, 0)
                    wet += 1
                else:
                    self.assertEqual(depth, 0 if self.area.Contains(place) else self.depth.nodata)
        self.assertGreater(wet, 500)

    def test_same_cells(self):
        for depth, speed, arrival in zip(self.depth.values, self.speed.values, self.arrival.values):
            self.assertEqual(depth > 0, speed > 0)
            self.assertEqual(depth == self.depth.nodata, speed == self.speed.nodata)
            self.assertTrue(arrival == self.arrival.nodata or arrival >= 0 < depth)

    def test_later_and_shallower_downstream(self):
        """From the upper dam to the sea, under the bridges."""
        roads = synthetic.shapes(synthetic.FOLDER / "road.geojson")
        bridges = [shape for properties, shape in roads if properties["bridge"]]
        places = [synthetic.METRES.TransformPoint(*INVENTED["dams"]["abu_mansour"]["place"])[:2]]
        places += sorted(shape.Centroid().GetPoint_2D() for shape in bridges)  # the wadi runs north-east
        places = [p for p in places if self.depth.at(*p) > 0]  # the trace ends a little before the coast road's bridge
        self.assertEqual(len(places), 5)
        arrival, depth = [self.arrival.at(*p) for p in places], [self.depth.at(*p) for p in places]
        self.assertEqual(arrival, sorted(arrival))
        self.assertGreaterEqual(arrival[0], 0)
        self.assertTrue(depth[0] > depth[1] > max(depth[2:]), depth)


class Ground(unittest.TestCase):
    def test_the_sea_is_at_zero(self):
        """North of the coast at the harbour's longitude the sea, south of it land that rises to the jebel."""
        terrain = Raster("terrain")
        x, _, _ = synthetic.METRES.TransformPoint(22.62, 32.76)
        heights = [terrain.at(x, y) for y in range(3628900, 3613700, -100)]
        self.assertEqual(heights[0], 0)
        shore = next(k for k, h in enumerate(heights) if h > 0)
        lines = synthetic.shapes(demo.DATA / "coast.geojson")
        coast, = (shape for properties, shape in lines if properties["coast_id"] == "osm-1")
        self.assertLess(coast.Distance(point(x, 3628900 - 100 * shore)), 120)
        self.assertGreater(heights[shore + 30], 100)
        self.assertTrue(all(h > 0 for h in heights[shore:]))

    def test_landslide_zones_fill_their_area_without_overlap(self):
        rows = synthetic.shapes(synthetic.FOLDER / "landslide.geojson")
        (_, area), = synthetic.shapes(synthetic.FOLDER / "landslide_coverage.geojson")
        together = ogr.Geometry(ogr.wkbMultiPolygon)
        for properties, shape in rows:
            self.assertTrue(shape.IsValid(), properties["hazard_id"])
            together.AddGeometry(shape)
        union = together.UnionCascaded()
        self.assertAlmostEqual(sum(shape.GetArea() for _, shape in rows) / union.GetArea(), 1, 6)
        self.assertLess(union.Difference(area.Buffer(1)).GetArea(), 1)
        self.assertEqual({properties["class"] for properties, _ in rows}, set(INVENTED["landslide"]["classes"]))
        self.assertGreater(sum(shape.GetGeometryCount() - 1 for _, shape in rows), 10, "holes")


class Sites(unittest.TestCase):
    def test_off_real_facilities(self):
        facilities = [shape for _, shape in synthetic.shapes(demo.DATA / "osm" / "derna_osm_facilities.geojson")]
        for r in demo.csv_rows(synthetic.FOLDER / "site.csv"):
            place = synthetic.in_metres(point(float(r["lon"]), float(r["lat"])))
            self.assertGreaterEqual(min(place.Distance(f) for f in facilities), 150 - 0.5, r["site_id"])
            self.assertGreater(int(r["capacity"]), 0)

    def test_people_have_room(self):
        room = {r["site_id"]: int(r["capacity"]) for r in demo.csv_rows(synthetic.FOLDER / "site.csv")}
        people = {r["site_id"]: int(r["individuals"]) for r in demo.csv_rows(synthetic.FOLDER / "site_round.csv")}
        self.assertEqual(set(people), set(room))
        self.assertTrue(all(0 < people[s] <= room[s] for s in room), people)


unittest.main()
