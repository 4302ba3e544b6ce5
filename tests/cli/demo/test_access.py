"""Access in the invented town when its five bridges are gone: east and west are apart, and what `access` says of ways and people is what
a search of our own over the same file finds."""
import collections
import sys
import unittest

import demo

sys.path.insert(0, str(demo.ROOT / "tests" / "cli"))
import area_check  # noqa: E402
import road_oracle  # noqa: E402
import synthetic  # noqa: E402
from synthetic import METRES  # noqa: E402

SCALE = 0.99989      # UTM zone 34N at 22.63 E: units of the plane for a metre
CLOSE = 5e-4         # shares of a time or length
LIMITS = [15, 30, 60]


def standard(name, **what):
    found = [r for r in demo.csv_rows(demo.ROOT / "data" / "standards" / name) if all(r[k] == v for k, v in what.items())]
    return found[0]


def speed(kind):
    row = standard("travel_speed.csv", mode="foot", **{"class": kind})
    return float(row["speed_kmh"]) * float(row["factor"]) / 3.6


def place(blob):
    return METRES.TransformPoint(*road_oracle.point_of(blob))[:2]


class Access(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = demo.tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        demo.sitemap("run", demo.DATA / "access.json", "--output-dir", folder.name)
        cls.file = demo.pathlib.Path(folder.name) / "derna-access.gpkg"
        walk, cls.off_road = speed("unknown"), speed("off_road")
        shapes = synthetic.shapes(synthetic.FOLDER / "road.geojson")
        lines = [(p["road_id"], [tuple(round(v, 3) for v in point[:2]) for point in shape.GetPoints()], walk) for p, shape in shapes]
        cls.roads = road_oracle.Roads(lines, SCALE)
        cls.bridges = {p["road_id"] for p, _ in shapes if p["bridge"]}
        cls.most = float(standard("access.csv", parameter="max_walk")["value"])
        cls.side = cls.roads.parts(cls.bridges)
        cls.services = collections.defaultdict(dict)  # type -> {id: place on the network}
        for r in demo.rows(cls.file, "SELECT DISTINCT service_type, service_id, geom FROM catchment"):
            cls.services[r["service_type"]][r["service_id"]] = cls.roads.snap(place(r["geom"]), cls.most)

    def sides_of(self, snap):
        """Of the wadi: one, or two of a place on a bridge."""
        return {self.side[end] for end in self.roads.segments[snap[0]][1:3]}

    def rows(self, layer, scenario, unknown="open"):
        return demo.rows(self.file, "SELECT * FROM %s WHERE scenario = ? AND unknown_roads = ? AND rank = 1" % layer, scenario, unknown)

    def test_two_sides(self):
        self.assertEqual(len(set(self.roads.parts().values())), 1)
        open_ends = {end for road, *ends, _, _ in self.roads.segments if road not in self.bridges for end in ends}
        self.assertEqual(len({self.side[end] for end in open_ends}), 2)
        self.assertEqual(len(self.services["hospital"]), 1)
        self.assertEqual(len(set.union(*(self.sides_of(s) for s in self.services["school"].values() if s))), 2, "schools on both sides")

    def test_nobody_crosses(self):
        """Not to the hospital, nor to a school where that of the other side was the nearer one; before, many did."""
        crossed = collections.Counter()
        for layer in ("access_site", "access_building"):
            for scenario in ("baseline", "bridges-out"):
                for r in self.rows(layer, scenario):
                    if r["status"] == "reached":
                        sides = self.sides_of(self.roads.snap(place(r["geom"]))), self.sides_of(self.services[r["service_type"]][r["service_id"]])
                        crossed[scenario, r["service_type"]] += not sides[0] & sides[1]
        self.assertGreater(crossed["baseline", "hospital"], 5000)
        self.assertGreater(crossed["baseline", "school"], 0)
        self.assertEqual(crossed["bridges-out", "hospital"] + crossed["bridges-out", "school"], 0)

    def test_the_other_side_has_lost_the_hospital(self):
        """Every building that cannot reach it any more lies on the other side, and all of them there."""
        hospital, = self.services["hospital"].values()
        for r in self.rows("access_building", "bridges-out"):
            snap = self.roads.snap(place(r["geom"]), self.most)
            if r["service_type"] == "hospital" and snap:
                apart = not self.sides_of(snap) & self.sides_of(hospital)
                self.assertEqual((r["status"], r["change"]), ("beyond_reach", "lost") if apart else ("reached", "same"), r)

    def test_closed_means_nobody(self):
        """With every road that no source mentions closed, nothing is left to walk on."""
        for r in self.rows("access_site", "bridges-out", "closed"):
            self.assertNotEqual(r["status"], "reached", r)

    def compare(self, layer, scenario, kind):
        """(row, minutes or None), after a search of our own has found the same."""
        closed = self.bridges if scenario == "bridges-out" else set()
        names, services = zip(*sorted(self.services[kind].items()))
        found = self.roads.search(services, self.off_road, closed)
        for r in self.rows(layer, scenario):
            if r["service_type"] != kind:
                continue
            origin = self.roads.snap(place(r["geom"]), self.most)
            best = self.roads.reach(origin, services, found, self.off_road, closed)
            self.assertEqual(r["status"] == "reached", best is not None, r)
            if best is None:
                continue
            self.assertAlmostEqual(r["minutes"] * 60, best[0], delta=CLOSE * best[0] + 0.5, msg=str(r))
            self.assertAlmostEqual(r["walk_m"], origin[2], delta=CLOSE * origin[2] + 0.1, msg=str(r))
            if r["service_id"] == names[best[2]]:
                self.assertAlmostEqual(r["metres"], best[1], delta=CLOSE * best[1] + 0.5, msg=str(r))
            yield r, best[0] / 60

    def test_ways_of_sites(self):
        for scenario in ("baseline", "bridges-out"):
            for kind in self.services:
                self.assertGreater(len(list(self.compare("access_site", scenario, kind))), 5)

    def test_ways_and_people_of_buildings(self):
        """All 20,000: their ways, and the sums of their people within each limit, before, now, and lost."""
        for kind in self.services:
            before, after = ({r["building_id"]: (m, r["people"]) for r, m in self.compare("access_building", scenario, kind)}
                             for scenario in ("baseline", "bridges-out"))
            counted = demo.rows(self.file, "SELECT * FROM access_coverage WHERE scenario = 'bridges-out' AND unknown_roads = 'open' AND "
                                "asset = 'building' AND area_kind = 'all' AND service_type = ? ORDER BY limit_min", kind)
            self.assertEqual([r["limit_min"] for r in counted], LIMITS)
            for r in counted:
                limit = r["limit_min"]
                unsure = sum(p for known in (before, after) for m, p in known.values() if abs(m - limit) < CLOSE * limit + 0.01)
                within, was = (sum(p for m, p in known.values() if m <= limit) for known in (after, before))
                lost = sum(p for key, (m, p) in before.items() if m <= limit and not (key in after and after[key][0] <= limit))
                for name, value in (("people_within", within), ("people_before", was), ("people_lost", lost)):
                    self.assertAlmostEqual(r[name], value, delta=unsure + 1e-6, msg=(kind, name, limit))
                self.assertGreater(r["people_before"], 0)

    def test_bridges_by_what_they_cost(self):
        """Each bridge closed alone, and a search of our own: minutes more of all people of sites, at most 60 each."""
        path = self.file.with_name("bridges.gpkg")
        demo.sitemap("access", self.file, "--scenario", "baseline", "--service-type", "hospital", "--critical", "9", "--critical-of", "bridges", "-o", path)
        found = demo.rows(path, "SELECT * FROM critical_link WHERE asset = 'site' ORDER BY rank")
        services = list(self.services["hospital"].values())
        sites = [(self.roads.snap(place(r["geom"]), self.most), r["people"]) for r in self.rows("access_site", "baseline")
                 if r["service_type"] == "hospital" and r["status"] == "reached" and r["people"]]

        def minutes(closed):
            ways = self.roads.search(services, self.off_road, closed)
            best = [self.roads.reach(snap, services, ways, self.off_road, closed) for snap, _ in sites]
            return [b[0] / 60 if b else float("inf") for b in best]

        before, costs = minutes(set()), {}
        for bridge in self.bridges:
            costs[bridge] = sum(min(after - was, 60) * people for was, after, (_, people) in zip(before, minutes({bridge}), sites))
        wanted = sorted((b for b in costs if costs[b] > 1), key=lambda b: -costs[b])
        self.assertEqual([r["road_id"] for r in found], wanted)
        self.assertGreater(len(wanted), 1)
        for r in found:
            self.assertAlmostEqual(r["people_minutes"], costs[r["road_id"]], delta=2e-3 * costs[r["road_id"]])

    def test_says_that_it_is_made_up(self):
        for layer in ("access_site", "access_building", "access_coverage", "catchment", "critical_link", "access_area", "road_cut"):
            for r in demo.rows(self.file, "SELECT DISTINCT source FROM %s" % layer):
                self.assertTrue((r["source"] or "").startswith("SYNTHETIC"), (layer, r))

    def test_map(self):
        """At print size: A4 at 300 dpi."""
        head = self.file.with_name("derna-access.png").read_bytes()[:24]
        self.assertEqual((head[:8], head[16:24]), (b"\x89PNG\r\n\x1a\n", (3508).to_bytes(4, "big") + (2480).to_bytes(4, "big")))

    def test_areas_are_valid_and_add_up(self):
        self.assertGreater(area_check.check(self, self.file), 12)
        gained = demo.rows(self.file, "SELECT * FROM access_area WHERE change = 'gained'")
        self.assertEqual(gained, [], "nobody gains by a bridge that is gone")

    def test_the_bridges_alone_are_cut(self):
        cut = demo.rows(self.file, "SELECT DISTINCT road_id FROM road_cut WHERE scenario = 'bridges-out' AND state = 'closed'")
        self.assertEqual({r["road_id"] for r in cut}, self.bridges)


unittest.main()
