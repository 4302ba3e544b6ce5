"""Roads of OpenStreetMap files, XML and PBF: which ways are roads, and what their keys become."""
import os
import sqlite3
import subprocess
import unittest

import osm_files
import support

NODES = {1: (13.0, 32.0), 2: (13.01, 32.0), 3: (13.02, 32.01), 4: (13.0, 32.01), 5: (13.03, 32.02)}
WAYS = {
    10: ([1, 2], {"highway": "residential", "maxspeed": "30 mph", "oneway": "-1", "name": "شارع الوادي", "name:en": "Wadi Street"}),
    11: ([2, 3], {"waterway": "river", "name": "Wadi Derna"}),
    12: ([1, 2, 4, 1], {"highway": "primary", "junction": "roundabout"}),
    13: ([3, 4], {"highway": "proposed"}),
    14: ([3, 5], {"highway": "motorway", "maxspeed": "110", "surface": "asphalt", "bridge": "viaduct", "layer": "1", "width": "12.5 m"}),
    15: ([4, 5], {"highway": "track", "maxspeed": "RU:urban", "surface": "unpaved", "bridge": "no", "name": "Farm road"}),
    16: ([1, 3], {"highway": "tertiary_link", "oneway": "no", "tunnel": "yes", "maxspeed": "50 km/h"}),
    17: ([1, 2], {"highway": "platform"}),
    18: ([2, 5], {"highway": "motorway", "oneway": "no"}),
}
WANT = {
    "10": ("residential", 30 * 1.609344, "backward", None, 0, None, "Wadi Street", "شارع الوادي"),
    "12": ("primary", None, "forward", None, 0, None, None, None),
    "14": ("motorway", 110, "forward", "asphalt", 1, 12.5, None, None),
    "15": ("track", None, None, "earth", 0, None, "Farm road", None),
    "16": ("tertiary", 50, "no", None, 0, None, None, None),
    "18": ("motorway", None, "no", None, 0, None, None, None),
}


class Osm(support.InFolder):
    def setUp(self):
        super().setUp()
        self.assertEqual(support.run("new", "w.gpkg").returncode, 0)

    def load(self, source, code=0):
        done = support.run("import", source, "-w", "w.gpkg", "--to", "road")
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def roads(self):
        connection = sqlite3.connect("w.gpkg")
        found = {r[0]: r[1:] for r in connection.execute(
            "SELECT road_id, class, speed_kmh, oneway, surface, bridge, width_m, name_en, name_ar FROM road")}
        connection.close()
        return found

    def check_roads(self):
        found = self.roads()
        self.assertEqual(set(found), set(WANT))
        for key, want in WANT.items():
            for got, value in zip(found[key], want):
                (self.assertAlmostEqual if isinstance(value, float) else self.assertEqual)(got, value, key)

    def test_xml(self):
        self.write("roads.osm", osm_files.xml(NODES, WAYS))
        done = self.load("roads.osm")
        self.assertIn("number_unreadable", done.stdout)  # RU:urban: not known
        self.check_roads()

    def test_pbf(self):
        (self.folder / "roads.osm.pbf").write_bytes(osm_files.pbf(NODES, WAYS))
        self.load("roads.osm.pbf|layername=roads")
        self.check_roads()

    def test_both_are_the_same(self):
        self.write("a.osm", osm_files.xml(NODES, WAYS))
        (self.folder / "b.pbf").write_bytes(osm_files.pbf(NODES, WAYS))
        self.load("a.osm")
        done = self.load("b.pbf")
        self.assertIn(f"{len(WANT)} rows in: 0 added, {len(WANT)} updated", done.stdout)

    def test_other_tags(self):
        """What ogr2ogr makes of such a file with GDAL's own settings: most keys in one column of text."""
        ways = {i: (refs, dict(tags, **({"bridge": "yes"} if tags.get("bridge") == "viaduct" else {}), note='say "no" \\ => "a",b'))
                for i, (refs, tags) in WAYS.items() if i in (10, 14, 15, 16)}
        self.write("a.osm", osm_files.xml(NODES, ways))
        subprocess.run(["ogr2ogr", "-f", "GPKG", "lines.gpkg", "a.osm", "lines"], check=True, capture_output=True)
        self.load("lines.gpkg")
        found = self.roads()
        for key in ("10", "14", "15", "16"):
            self.assertEqual((found[key][0], found[key][3]), (WANT[key][0], WANT[key][3]))  # class, surface
            (self.assertAlmostEqual if WANT[key][1] else self.assertEqual)(found[key][1], WANT[key][1])
        self.assertEqual([found[key][2] for key in ("10", "16")], ["backward", "no"])
        self.assertEqual([found[key][4] for key in ("14", "15")], [1, 0])
        self.assertEqual(found["14"][5], 12.5)
        self.assertEqual(found["10"][6:], ("Wadi Street", None))

    def test_numbers_of_ways_and_relations(self):
        """ogr2ogr has the number of an area that is a way in osm_way_id, that of a relation in osm_id; columns that no field takes are one finding."""
        self.write("areas.csv", "osm_id,osm_way_id,amenity,name,barrier,tourism,lat,lon\n"
                                "7,,school,A,,,32,13\n,8,clinic,B,,,32.1,13\n9,10,school,C,wall,hotel,32.2,13\n")
        done = support.run("import", "areas.csv", "-w", "w.gpkg", "--to", "service", "--set", "country=any")
        self.assertEqual(done.returncode, 0, done.stderr)
        with sqlite3.connect("w.gpkg") as db:
            self.assertEqual(db.execute("SELECT service_id FROM service ORDER BY 1").fetchall(), [("7",), ("8",), ("9",)])
            told = [r[0] for r in db.execute("SELECT message FROM finding WHERE code = 'column_unused'")]
        self.assertEqual(len(told), 1)
        for name in ("3 columns", "osm_way_id, barrier, tourism"):
            self.assertIn(name, told[0])

    def test_shape_of_a_way(self):
        self.write("a.osm", osm_files.xml(NODES, {10: ([1, 3, 5], {"highway": "path"})}))
        self.load("a.osm")
        done = support.run("info", "w.gpkg", "--layer", "road")
        self.assertIn("extent 13.000000, 32.000000 to 13.030000, 32.020000", done.stdout + done.stderr)

    def test_editors_files(self):
        """New objects of an editor have ids below 0, in no order."""
        nodes = {-3: NODES[1], -1: NODES[2], -2: NODES[3]}
        self.write("new.osm", osm_files.xml(nodes, {-7: ([-3, -1, -2], {"highway": "residential"})}))
        self.load("new.osm")
        self.assertEqual(list(self.roads()), ["-7"])

    def test_no_road_in_it(self):
        self.write("none.osm", osm_files.xml(NODES, {11: WAYS[11], 13: WAYS[13]}))
        done = self.load("none.osm")
        self.assertIn("no rows", done.stdout + done.stderr)

    def test_damaged(self):
        whole = osm_files.pbf(NODES, WAYS)
        for name, content in (("cut.osm.pbf", whole[:-20]), ("zero.osm.pbf", b""), ("text.osm.pbf", b"hello, world\n" * 20),
                              ("cut.osm", osm_files.xml(NODES, WAYS)[:-300].encode()), ("vrt.osm", b"<OGRVRTDataSource/>"),
                              ("flip.osm.pbf", whole[:120] + bytes(b ^ 255 for b in whole[120:160]) + whole[160:])):
            with self.subTest(name):
                (self.folder / name).write_bytes(content)
                done = self.load(name, code=1)
                self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
                self.assertIn(name, done.stderr)

    def test_entities(self):
        """Entities that grow, and one that asks for a file: neither is read, and nothing of the file shows."""
        bomb = '<!DOCTYPE osm [<!ENTITY a "yes">' + "".join(
            '<!ENTITY %s "%s">' % (chr(98 + i), "&%s;" % chr(97 + i) * 10) for i in range(12)) + "]>"
        ask = '<!DOCTYPE osm [<!ENTITY a SYSTEM "secret.txt">]>'
        self.write("secret.txt", "TOP SECRET")
        for number, (head, entity) in enumerate(((bomb, "&m;"), (ask, "&a;"))):
            text = osm_files.xml(NODES, {10: ([1, 2], {"highway": "residential", "name": "X"})})
            name = "entity%d.osm" % number
            self.write(name, text.replace("<osm ", head + "<osm ", 1).replace('"X"', '"%s"' % entity))
            done = support.run("import", name, "-w", "w.gpkg", "--to", "road")
            self.assertNotIn("SECRET", done.stdout + done.stderr)
            self.assertNotIn(b"SECRET", (self.folder / "w.gpkg").read_bytes())
            self.assertIn(done.returncode, (0, 1))

    def test_in_the_place_of_a_layer(self):
        """Roads of a file that is not imported: what its words mean is found all the same."""
        (self.folder / "roads.osm.pbf").write_bytes(osm_files.pbf(NODES, WAYS))
        self.write("flood.csv", 'hazard,WKT\nflood,"POLYGON((12 31, 14 31, 14 33, 12 33, 12 31))"\n')
        done = support.run("hazard", "w.gpkg", "--road", "roads.osm.pbf", "--hazard", "flood=flood.csv", "--crs", "EPSG:4326")
        self.assertEqual(done.returncode, 0, done.stderr)
        connection = sqlite3.connect("w.gpkg")
        found = {r[0]: r[1:] for r in connection.execute("SELECT road_id, road_class, bridge, name_ar FROM exposure_road")}
        connection.close()
        self.assertEqual(found, {key: (want[0], want[4], want[7]) for key, want in WANT.items()})

    def test_leaves_nothing(self):
        (self.folder / "roads.osm.pbf").write_bytes(osm_files.pbf(NODES, WAYS))
        self.load("roads.osm.pbf")
        self.assertEqual(sorted(os.listdir()), ["roads.osm.pbf", "w.gpkg"])


unittest.main()
