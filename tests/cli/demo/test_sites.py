"""The untidy site list: what is read from each cell, what is said of the rest, and that no invented row goes unmarked."""
import math
import struct
import unittest

import demo

# Cells that can only mean one thing: (site, column, value). Decimal commas, degrees and minutes, thousands, Arabic digits,
# dates whose month is beyond doubt, other words for a list's values, blanks around.
CLEAR = [
    ("DRN-002", "place", (22.6187, 32.7627)), ("DRN-003", "place", (22.635, 32.76)), ("MRJ-005", "place", (20.822, 32.504)),
    ("DRN-008", "capacity", 1200), ("DRN-009", "capacity", 350),
    ("DRN-009", "floor_area_m2", 1300), ("DRN-001", "capacity", 320),
    ("DRN-001", "date", "2023-09-18"), ("DRN-002", "date", "2023-09-18"), ("DRN-003", "date", "2023-09-18"),
    ("DRN-006", "date", "2023-09-20"), ("DRN-007", "date", "2023-09-20"), ("MRJ-004", "date", "2023-09-21"),
    ("DRN-002", "site_type", "collective_centre"), ("DRN-003", "site_type", "collective_centre"),
    ("DRN-008", "site_type", "collective_centre"), ("MRJ-004", "site_type", "communal_building"),
    ("DRN-002", "premises", "school"), ("DRN-008", "premises", "sports_hall"), ("DRN-008", "status", "open"),
    ("DRN-003", "status", "open"), ("DRN-009", "name_en", "Demo centre I"), ("DRN-001", "name_ar", "مركز إيواء تجريبي أ"),
    ("DRN-007", "status", None), ("DRN-007", "capacity", None),
    ("DRN-007", "managing_agency", None),
]
# Cells that may be read or given up, but not silently: (site, column, the one right value, or None).
SAID = [
    ("DRN-006", "site_type", None), ("MRJ-003", "site_type", None), ("DRN-010", "date", None),
    ("BYD-002", "date", "2023-09-19"), ("DRN-005", "place", None), ("MRT-001", "place", None), ("MRJ-004", "capacity", None),
    ("DRN-008", "floor_area_m2", 4300.0),  # 4,300: thousands, or three decimals
]
SWAPPED = "DRN-004"  # latitude and longitude changed places: kept as given and said, never put right in silence
REJECTED = {"drn-003": "the same key as DRN-003", "": "no key"}
STORM_AREA = (19.0, 31.0, 26.0, 33.5)


def point(blob):
    """(x, y) of a point in GeoPackage's encoding, None without one."""
    if blob is None or blob[3] & 0x10:
        return None
    envelope = (0, 32, 48, 48, 64)[blob[3] >> 1 & 7]
    order = "<" if blob[8 + envelope] else ">"
    kind, x, y = struct.unpack_from(order + "Idd", blob, 9 + envelope)
    assert kind == 1, kind
    return x, y


LEAST_M = 150  # an invented site stands no nearer to a real hospital or school: data/derna/SOURCES.md says so


def metres(origin, place):
    """Place in metres east and north of the origin; good to a metre over a few kilometres."""
    return ((place[0] - origin[0]) * 111320 * math.cos(math.radians(origin[1])), (place[1] - origin[1]) * 110950)


def distance_to_ring(place, ring):
    """Metres from a place to a closed ring, 0 inside it."""
    points = [metres(place, p) for p in ring]
    inside, least = False, math.inf
    for (ax, ay), (bx, by) in zip(points, points[1:]):
        length = (bx - ax) ** 2 + (by - ay) ** 2
        t = max(0, min(1, -(ax * (bx - ax) + ay * (by - ay)) / length)) if length else 0
        least = min(least, math.hypot(ax + t * (bx - ax), ay + t * (by - ay)))
        if (ay > 0) != (by > 0) and ax - ay * (bx - ax) / (by - ay) > 0:
            inside = not inside
    return 0 if inside else least


def distance_to_facility(place, geometry):
    if geometry["type"] == "Point":
        return math.hypot(*metres(place, geometry["coordinates"]))
    assert geometry["type"] == "Polygon", geometry["type"]
    return distance_to_ring(place, geometry["coordinates"][0])


class Sites(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.list = demo.csv_rows(demo.DATA / "sites.csv")
        self.key, = (c for c in self.list[0] if "Site ID" in c)
        geometry = demo.rows(demo.WORKSPACE, "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = 'site'")
        self.site = {}
        for r in demo.rows(demo.WORKSPACE, "SELECT * FROM site"):
            r["place"] = point(r[geometry[0]["column_name"]])
            self.site[r["site_id"]] = r
        self.findings = demo.rows(demo.WORKSPACE, "SELECT * FROM finding WHERE source LIKE '%sites.csv' OR run_key LIKE '%sites.csv%'")

    def line(self, key):
        return 2 + [r[self.key].strip() for r in self.list].index(key)

    def said_of(self, key):
        return [f for f in self.findings if f["row"] == self.line(key)]

    def same(self, got, expected):
        if isinstance(expected, tuple):
            return got is not None and all(abs(a - b) < 1e-6 for a, b in zip(got, expected))
        return got == expected

    def test_clear_cells(self):
        for key, column, expected in CLEAR:
            with self.subTest(key, column=column):
                got = self.site[key][column]
                self.assertTrue(self.same(got, expected), got)

    def test_doubtful_cells_are_never_silent(self):
        for key, column, expected in SAID:
            with self.subTest(key, column=column):
                self.assertTrue(self.said_of(key), "no finding")
                if key in self.site:
                    got = self.site[key][column]
                    self.assertTrue(got is None or self.same(got, expected), got)

    def test_rejected_rows(self):
        for key, why in REJECTED.items():
            with self.subTest(key, why=why):
                self.assertIn("rejected", [f["severity"] for f in self.said_of(key)])
                self.assertNotIn(key, set(self.site))

    def test_the_line_of_totals_is_no_site(self):
        self.assertNotIn("TOTAL", set(self.site))
        self.assertIn("rejected", [f["severity"] for f in self.said_of("TOTAL")])

    def test_all_others_are_in(self):
        gone = {f["row"] for f in self.findings if f["severity"] == "rejected"}
        expected = {r[self.key].strip() for n, r in enumerate(self.list, 2) if n not in gone}
        self.assertEqual(set(self.site), expected)
        self.assertGreaterEqual(len(expected), 20)

    def test_no_site_lies_elsewhere_unsaid(self):
        west, south, east, north = STORM_AREA
        for key, site in self.site.items():
            if site["place"] and key != SWAPPED:
                with self.subTest(key):
                    x, y = site["place"]
                    self.assertTrue(west < x < east and south < y < north, (x, y))
        self.assertIn("swap", " ".join(f["message"] for f in self.said_of(SWAPPED)).lower())
        if SWAPPED in self.site:
            self.assertIn(self.site[SWAPPED]["place"], (None, (32.7526, 22.6491)))

    def test_none_stands_on_a_real_facility(self):
        facilities = demo.features(demo.DATA / "osm" / "derna_osm_facilities.geojson")
        places = {key: site["place"] for key, site in self.site.items() if site["place"]}
        places[SWAPPED] = tuple(reversed(places[SWAPPED]))  # where it was meant to be
        for key, place in places.items():
            near = min(distance_to_facility(place, f["geometry"]) for f in facilities)
            with self.subTest(key):
                self.assertGreaterEqual(near, LEAST_M)

    def test_all_are_marked_as_invented(self):
        self.assertEqual({r["synthetic"] for r in self.site.values()}, {1})

    def test_columns_that_were_not_used_are_named(self):
        self.assertTrue([f for f in self.findings if f["row"] is None and "Remarks" in (f["column"] or "") + f["message"]])


unittest.main()
