"""Bentiu's real network (OpenStreetMap): how many parts it falls into, counted a second time by union-find over shared vertices; and which of
its residential blocks are within reach of its schools and hospitals, by a search of our own. Needs ../shared."""
import collections
import csv
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
FILE = ROOT.parent / "shared" / "data" / "bentiu" / "bentiu_southsudan-osm-20170213.gpkg"
try:
    from osgeo import ogr, osr
except ImportError:
    print("needs python3-gdal")
    sys.exit(77)
if not FILE.is_file():
    print("needs ../shared")
    sys.exit(77)
sys.path.insert(0, str(ROOT / "tests" / "cli"))
import road_oracle  # noqa: E402

LINES = "roads_paths_lines"
SERVICES = ("health_schools_polygons", "health_schools_points")
BLOCKS = "landuse_residential_polygons"
LIMITS = (15, 30, 60)
CLOSE = 1e-3


def standard(name, **what):
    with open(ROOT / "data" / "standards" / name, encoding="utf-8", newline="") as f:
        return next(r for r in csv.DictReader(f) if all(r[k] == v for k, v in what.items()))


def speed(kind):
    row = standard("travel_speed.csv", mode="foot", **{"class": kind})
    return float(row["speed_kmh"]) * float(row["factor"]) / 3.6


def reference(code):
    srs = osr.SpatialReference()
    srs.ImportFromEPSG(code)
    srs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return srs


TO_METRES = osr.CoordinateTransformation(reference(4326), reference(32635))


def place(blob):
    return TO_METRES.TransformPoint(*road_oracle.point_of(blob))[:2]


def read_lines():
    """[(fid, [(lon, lat), ...])], one a part."""
    source, out = ogr.Open(str(FILE)), []
    for feature in source.GetLayerByName(LINES):
        shape = feature.GetGeometryRef()
        for part in [shape.GetGeometryRef(k) for k in range(shape.GetGeometryCount())] or [shape]:
            out.append((feature.GetFID(), [p[:2] for p in part.GetPoints()]))
    return out


def count_parts(lines):
    parent = {}

    def top(p):
        while parent.setdefault(p, p) != p:
            parent[p] = parent[parent[p]]
            p = parent[p]
        return p
    for _, line in lines:
        for a, b in zip(line, line[1:]):
            parent[top(a)] = top(b)
    return len({top(p) for p in list(parent)})


class Bentiu(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.workspace = pathlib.Path(folder.name) / "bentiu.gpkg"
        cls.run_program("new", cls.workspace)
        for layer in SERVICES:
            key = "osm_way_id" if layer.endswith("polygons") else "osm_id"
            cls.run_program("import", f"{FILE}|layername={layer}", "-w", cls.workspace, "--to", "service", "--map", key + "=service_id",
                            "--set", "country=any")
        cls.said = json.loads(cls.run_program("access", cls.workspace, "--road", f"{FILE}|layername={LINES}", "--building",
                                              f"{FILE}|layername={BLOCKS}", "--json"))
        cls.lines = read_lines()
        walk, cls.off_road = speed("unknown"), speed("off_road")
        metres = [(fid, [TO_METRES.TransformPoint(*p)[:2] for p in line], walk) for fid, line in cls.lines]
        cls.roads = road_oracle.Roads(metres, cls.scale())
        cls.most = float(standard("access.csv", parameter="max_walk")["value"])

    @staticmethod
    def scale():
        """Of UTM zone 35N where Bentiu is."""
        x, y, _ = TO_METRES.TransformPoint(29.8, 9.25)
        return 0.9996 * (1 + ((x - 500000) / 0.9996 / 6.36e6) ** 2 / 2)

    @staticmethod
    def run_program(*arguments):
        done = subprocess.run([os.environ["SITEMAP"], *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @staticmethod
    def lines_only():
        """Blocks of the file that enclose nothing: multipolygons are ways where they are no relations."""
        source = ogr.Open(str(FILE))
        return {int(f["osm_id"] or f["osm_way_id"]) for f in source.GetLayerByName(BLOCKS)
                if f.GetGeometryRef().GetArea() == 0}

    def test_parts(self):
        network, = (t["rows"] for t in self.said["tables"] if t["name"] == "network")
        self.assertEqual({r["parts"] for r in network}, {count_parts(self.lines)})
        metres = sum(s[3] for s in self.roads.segments)
        for r in network:
            self.assertAlmostEqual((r["largest_km"] + r["others_km"]) * 1000, metres, delta=CLOSE * metres)

    def test_blocks_within_reach(self):
        services = collections.defaultdict(dict)
        for r in road_oracle.rows(self.workspace, "SELECT DISTINCT service_type, service_id, geom FROM catchment"):
            services[r["service_type"]][r["service_id"]] = self.roads.snap(place(r["geom"]), self.most)
        self.assertEqual({kind: len(places) for kind, places in services.items()}, {"school": 3, "hospital": 2})
        for kind, places in services.items():
            snaps = list(places.values())
            found = self.roads.search(snaps, self.off_road)
            within, unsure, rows = collections.Counter(), collections.Counter(), road_oracle.rows(
                self.workspace, "SELECT * FROM access_building WHERE service_type = ? AND rank = 1", kind)
            self.assertEqual(len(rows), 688)
            self.assertEqual({int(r["building_id"]) for r in rows if r["status"] == "no_position"}, self.lines_only())
            for r in rows:
                if r["status"] == "no_position":
                    continue
                origin = self.roads.snap(place(r["geom"]), self.most)
                best = self.roads.reach(origin, snaps, found, self.off_road)
                self.assertEqual(r["status"] == "reached", best is not None, r)
                if best is None:
                    self.assertEqual(r["status"], "beyond_reach" if origin else "off_network")
                    continue
                self.assertAlmostEqual(r["minutes"] * 60, best[0], delta=CLOSE * best[0] + 0.5)
                for limit in LIMITS:
                    within[limit] += best[0] <= limit * 60
                    unsure[limit] += math.isclose(best[0], limit * 60, rel_tol=CLOSE)
            for r in road_oracle.rows(self.workspace, "SELECT * FROM access_coverage WHERE asset = 'building' AND service_type = ?", kind):
                self.assertAlmostEqual(r["origins_within"], within[r["limit_min"]], delta=unsure[r["limit_min"]])
                self.assertEqual(r["origins"], 688)


unittest.main()
