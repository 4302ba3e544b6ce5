"""What the public gets of Derna: centres that the list calls public, by square kilometre and area, no small count, and nothing else of the list."""
import collections
import math
import pathlib
import shutil
import struct
import tempfile
import unittest

import demo

PUBLIC = demo.RUN / "derna-public.gpkg"
PNG = demo.RUN / "derna-public.png"
SQUARE_M, EQUAL_AREA_A = 1000, 6378137
LEAST = 5
SAFE_SPACE = """service_id,name_en,sector,service_type,confidential,source,lat,lon
SAFE-001,Demo safe space,gbv,safe_space,no,SYNTHETIC,32.7611,22.6311
CONF-001,Demo clinic apart,health,clinic,yes,SYNTHETIC,32.7622,22.6322
"""


def equal_area(x, y):
    """EPSG:6933: cylindrical, true to scale at 30 degrees, on WGS 84 (Snyder: Map Projections, 1987, pages 76 to 85)."""
    e2 = 0.00669437999014
    e, s = math.sqrt(e2), math.sin(math.radians(y))
    q = (1 - e2) * (s / (1 - e2 * s * s) - math.log((1 - e * s) / (1 + e * s)) / (2 * e))
    s30 = math.sin(math.radians(30))
    k0 = math.cos(math.radians(30)) / math.sqrt(1 - e2 * s30 * s30)
    return EQUAL_AREA_A * k0 * math.radians(x), EQUAL_AREA_A * q / (2 * k0)


class Public(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.sites = demo.rows(PUBLIC, "SELECT * FROM site")
        cls.all = {r["site_id"]: r for r in demo.rows(demo.WORKSPACE, "SELECT * FROM site")}

    def test_only_public_sites(self):
        wanted = {key for key, r in self.all.items() if r["sensitivity"] == "public" and r["site_type"]}
        self.assertEqual({r["site_id"] for r in self.sites}, wanted)
        self.assertGreater(len(wanted), 10)
        self.assertGreater(len(self.all) - len(wanted), 5)

    def test_centres_by_area_in_the_middle_of_squares(self):
        areas = collections.Counter(r["pcode"] for r in self.sites if r["site_type"] == "collective_centre")
        self.assertGreater(len(areas), 4)
        column, = demo.rows(PUBLIC, "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = 'site'")
        placed = 0
        for r in self.sites:
            blob = r[column["column_name"]]
            if blob is None or math.isnan(struct.unpack_from("<d", blob, len(blob) - 16)[0]):
                continue
            for metres in equal_area(*struct.unpack_from("<dd", blob, len(blob) - 16)):
                self.assertLess(abs(metres % SQUARE_M - SQUARE_M / 2), 0.1, r["site_id"])
            placed += 1
        self.assertGreater(placed, 10)

    def test_no_small_count(self):
        stored = {(r["site_id"], r["round"]): r for r in demo.rows(demo.WORKSPACE, "SELECT * FROM site_round")}
        hidden = 0
        for r in demo.rows(PUBLIC, "SELECT * FROM site_round"):
            for column in ("households", "individuals"):
                value = stored[r["site_id"], r["round"]][column]
                small = value is not None and 0 < value < LEAST
                self.assertEqual(r[column], None if small else value, r["site_id"])
                hidden += small
        self.assertGreater(hidden, 0)

    def marks(self):
        """What the list says of sites that are not public, and of public ones beside what the rules name."""
        public = {r["site_id"] for r in self.sites}
        for key, r in self.all.items():
            if key not in public:
                yield from (key, r["name_en"], r["name_ar"])
            yield r["managing_agency"]

    def search(self, *contents):
        found = 0
        for mark in {m for m in self.marks() if m}:
            for content in contents:
                self.assertNotIn(mark.encode(), content, mark)
            found += mark.encode() in demo.WORKSPACE.read_bytes()
        self.assertGreater(found, 10)

    def test_nothing_else_of_the_list_in_the_files(self):
        self.search(PUBLIC.read_bytes(), PNG.read_bytes())

    def test_no_safe_space(self):
        """Services that the demo does not have, put beside its own: the public sees neither, on sheets nor in files."""
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            shutil.copy(demo.WORKSPACE, folder / "w.gpkg")
            (folder / "services.csv").write_text(SAFE_SPACE, encoding="utf-8")
            demo.sitemap("import", folder / "services.csv", "-w", folder / "w.gpkg", "--to", "service", "--crs", "EPSG:4326")
            before = len(demo.rows(PUBLIC, "SELECT * FROM service"))
            demo.sitemap("publish", folder / "w.gpkg", "-o", folder / "p.gpkg", "--audience", "public")
            published = demo.rows(folder / "p.gpkg", "SELECT * FROM service")
            self.assertEqual(len(published), before)
            done = demo.sitemap("map", folder / "w.gpkg", "-o", folder / "m.svg", "--audience", "public", "--area", "EMSR696_AOI01", "--json")
            for content in ((folder / "p.gpkg").read_bytes(), (folder / "m.svg").read_bytes(), (done.stdout + done.stderr).encode()):
                for mark in (b"SAFE-001", b"CONF-001", b"Demo safe space", b"Demo clinic apart"):
                    self.assertNotIn(mark, content)
            self.assertIn(b"Demo safe space", (folder / "w.gpkg").read_bytes())


unittest.main()
