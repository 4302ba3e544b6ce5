"""sitemap publish: what leaves the workspace, and what is said of wrong uses."""
import csv
import hashlib
import io
import json
import os
import pathlib
import sqlite3
import sys
import unittest
import zipfile
from xml.etree import ElementTree

import support

SITES = """site_id,name_en,name_ar,site_type,lon,lat,owner,date
S1,School,مدرسة,collective_centre,22.63,32.76,A. Person,2023-09-13
S2,Camp,مخيم,spontaneous_settlement,22.64,32.77,,2023-09-18
"""


def rows(path, sql):
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


# What GPX 1.1 (topografix.com/GPX/1/1/gpx.xsd) says comes in which order; what we write of it.
GPX = {"gpx": ["metadata", "wpt", "rte", "trk", "extensions"],
       "wpt": ["ele", "time", "magvar", "geoidheight", "name", "cmt", "desc", "src", "link", "sym", "type"],
       "trk": ["name", "cmt", "desc", "src", "link", "number", "type", "extensions", "trkseg"],
       "trkseg": ["trkpt", "extensions"]}


def gpx_faults(element):
    tag = element.tag.split("}")[1]
    children = [e.tag.split("}")[1] for e in element]
    if tag in GPX and children != sorted(children, key=GPX[tag].index):
        yield f"{tag}: {children[:9]}"
    if tag in ("wpt", "trkpt") and not (abs(float(element.get("lat"))) <= 90 and -180 <= float(element.get("lon")) < 180):
        yield f"{tag}: {element.attrib}"
    for child in element:
        yield from gpx_faults(child)


def digest(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


class Publish(support.InFolder):
    def setUp(self):
        super().setUp()
        self.write("sites.csv", SITES)
        for arguments in (["new", "w.gpkg"], ["import", "sites.csv", "-w", "w.gpkg", "--to", "site", "--set", "source=Field team"]):
            done = support.run(*arguments)
            self.assertEqual(done.returncode, 0, done.stderr)

    def publish(self, *arguments, code=0):
        done = support.run("publish", "w.gpkg", "--audience", "internal", *arguments)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def test_layers_by_list(self):
        before = digest("w.gpkg")
        self.publish("-o", "o.gpkg", "--layer", "site")
        self.assertEqual(digest("w.gpkg"), before)
        tables = {name for name, in rows("o.gpkg", "SELECT table_name FROM gpkg_contents WHERE data_type = 'features'")}
        self.assertEqual(tables, {"site"})
        self.assertEqual(rows("o.gpkg", "SELECT site_id FROM site ORDER BY 1"), [("S1",), ("S2",)])
        self.assertEqual(rows("o.gpkg", "SELECT name FROM sqlite_master WHERE name IN ('provenance', 'finding')"), [])
        qml, = rows("o.gpkg", "SELECT styleQML FROM layer_styles WHERE f_table_name = 'site'")[0]
        self.assertIn("نوع الموقع", qml)

    def test_same_bytes_twice(self):
        """Whatever the folder and the number of threads; and again over itself."""
        os.mkdir("elsewhere")
        self.publish("-o", "c.gpkg", "--threads", "1")
        self.publish("-o", "elsewhere/c.gpkg", "--threads", "2")
        self.assertEqual(digest("c.gpkg"), digest("elsewhere/c.gpkg"))
        self.publish("-o", "elsewhere/c.gpkg", "--overwrite")  # SQLite counts changes of a file, for who has it open
        first, again = pathlib.Path("c.gpkg").read_bytes(), pathlib.Path("elsewhere/c.gpkg").read_bytes()
        self.assertLessEqual({i for i in range(len(first)) if first[i] != again[i]}, {*range(24, 28), *range(40, 44), *range(92, 96)})
        self.assertEqual(len(first), len(again))

    def test_formats(self):
        """Read back by other programs: GDAL's, Python's, an XML parser."""
        self.write("more.csv", SITES.replace("School", "=1+1").replace("S1", "S3").replace("22.63", "-0.1234567891"))
        support.run("import", "more.csv", "-w", "w.gpkg", "--to", "site", "--set", "country=any")
        for name in ("o.geojson", "o.csv", "o.gpx", "o.kmz", "o.xlsx"):
            self.publish("-o", name, "--layer", "site", "--threads", "1")
            first = digest(name)
            self.publish("-o", name, "--layer", "site", "--overwrite")
            self.assertEqual(digest(name), first, name)
        collection = json.loads(pathlib.Path("o.geojson").read_text(encoding="utf-8"))
        features = collection["features"]
        self.assertEqual(collection["bbox"], [-0.1234568, 32.76, 22.64, 32.77])
        self.assertEqual([f["properties"]["name_ar"] for f in features], ["مدرسة", "مخيم", "مدرسة"])
        self.assertEqual(features[2]["geometry"], {"type": "Point", "coordinates": [-0.1234568, 32.76]})
        with open("o.csv", encoding="utf-8-sig", newline="") as file:
            lines = list(csv.DictReader(file))
        self.assertEqual(lines[0]["site_id"], "#loc+site+code")
        self.assertEqual((lines[3]["name_en"], lines[3]["longitude"], lines[1]["date"]), ("'=1+1", "-0.1234568", "2023-09-13"))
        gpx = ElementTree.parse("o.gpx").getroot()
        self.assertEqual([p.attrib for p in gpx][0], {"lat": "32.76", "lon": "22.63"})
        with zipfile.ZipFile("o.kmz") as kmz:
            self.assertIsNone(kmz.testzip())
            kml = ElementTree.fromstring(kmz.read("doc.kml"))
        self.assertEqual(len(kml.findall(".//{*}Placemark")), 3)
        with zipfile.ZipFile("o.xlsx") as book:
            self.assertIsNone(book.testzip())
            sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        self.assertEqual(sheet.findall(".//{*}f"), [])
        cells = {c.get("r"): c for c in sheet.iter("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}c")}
        self.assertEqual(("".join(cells["B4"].itertext()), cells["B4"].get("t")), ("=1+1", "inlineStr"))
        self.assertIn("45182", [c.findtext("{*}v") for c in cells.values() if c.get("s") == "1"])  # 2023-09-13

    def test_gpx_is_what_its_schema_says(self):
        self.write("r.geojson", {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"road_id": f"R{i}", "class": "primary"}, "geometry": {
            "type": kind, "coordinates": at}} for i, (kind, at) in enumerate((
                ("LineString", [[22, 32], [22.1, 32]]), ("MultiLineString", [[[22, 32], [22.1, 32]], [[22.2, 32], [22.3, 32]]])))]})
        self.assertEqual(support.run("import", "r.geojson", "-w", "w.gpkg", "--to", "road").returncode, 0)
        self.publish("-o", "o.gpx")
        root = ElementTree.parse("o.gpx").getroot()
        self.assertEqual((root.tag, root.get("version")), ("{http://www.topografix.com/GPX/1/1}gpx", "1.1"))
        self.assertEqual(list(gpx_faults(root)), [])
        self.assertEqual([len(root.findall(path)) for path in ("{*}wpt", "{*}trk", "{*}trk/{*}trkseg")], [2, 2, 3])

    def test_gdal_reads_what_was_written(self):
        """Names, types and dates, by the drivers that others use."""
        try:
            from osgeo import ogr
        except ImportError:
            self.skipTest("python3-gdal is not installed")
        for name, layer, first in (("o.geojson", "site", {"name_ar": "مدرسة", "date": "2023/09/13"}),
                                   ("o.xlsx", "site", {"name_ar": "مدرسة", "date": "2023/09/13"}),
                                   ("o.kmz", "Sites", {"Name": "School / مدرسة", "site_id": "S1"}),
                                   ("o.gpx", "waypoints", {"name": "School / مدرسة", "type": "Sites"})):
            with self.subTest(name):
                self.publish("-o", name, "--layer", "site")
                source = ogr.Open(name)
                table = source.GetLayerByName(layer)
                self.assertIsNotNone(table, [source.GetLayer(i).GetName() for i in range(source.GetLayerCount())])
                self.assertEqual(table.GetFeatureCount(), 2)
                row = table.GetNextFeature()
                self.assertEqual({key: row.GetFieldAsString(key) for key in first}, first)
                if table.GetGeomType() != ogr.wkbNone:
                    self.assertAlmostEqual(row.GetGeometryRef().GetX(), 22.63)

    def test_texts_that_do_not_fit_are_told(self):
        long = "م" * 32766 + "🏠" + "x" * 10
        self.write("long.csv", SITES.replace("School", long).replace("S1", "S3"))
        support.run("import", "long.csv", "-w", "w.gpkg", "--to", "site", "--set", "source=x")
        done = self.publish("-o", "o.xlsx", "--layer", "site")
        self.assertIn("a cell of xlsx holds 32,767 characters: of layer site, 1 texts are cut there", done.stdout)
        with zipfile.ZipFile("o.xlsx") as book:
            sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        self.assertEqual(max(len("".join(c.itertext())) for c in sheet.findall(".//{*}c")), 32766)
        self.publish("-o", "ar.xlsx", "--layer", "site", "--lang", "ar")
        with zipfile.ZipFile("ar.xlsx") as book:
            sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        view = sheet.find(".//{*}sheetView")
        self.assertEqual((view.get("rightToLeft"), view.find("{*}pane").get("state")), ("1", "frozen"))
        self.assertEqual(sheet.find("{*}autoFilter").get("ref"), sheet.findall(".//{*}row")[0][0].get("r") + ":" +
                         sheet.findall(".//{*}row")[0][-1].get("r")[:-1] + str(len(sheet.findall(".//{*}row"))))

    def test_no_project_of_any_size_is_unpacked(self):
        self.publish("-o", "o.gpkg", "--layer", "site")
        os.rename("o.gpkg", "r.gpkg")
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("p.qgs", b"0" * (65 << 20))
        db = sqlite3.connect("r.gpkg")
        db.execute("UPDATE qgis_projects SET content = ?", (packed.getvalue().hex(),))
        db.commit()
        db.close()
        before = digest("r.gpkg")
        done = support.run("publish", "r.gpkg", "--retarget")
        self.assertEqual((done.returncode, digest("r.gpkg")), (1, before), done.stderr)
        self.assertIn("its QGIS project unpacks to more than 64 MB", done.stderr)

    def test_areas_that_do_not_fit_are_told(self):
        self.write("a.geojson", {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"pcode": "LY01", "level": 1, "name_en": "West"}, "geometry": {
            "type": "Polygon", "coordinates": [[[22, 32], [22, 33], [23, 33], [23, 32], [22, 32]]]}}]})
        self.assertEqual(support.run("import", "a.geojson", "-w", "w.gpkg", "--to", "admin").returncode, 0)
        done = self.publish("-o", "o.gpx")
        self.assertIn("gpx holds points and lines: of layer admin, 1 features are left out", done.stdout)
        self.publish("-o", "a2.geojson", "--layer", "admin")
        ring = json.loads(pathlib.Path("a2.geojson").read_text(encoding="utf-8"))["features"][0]["geometry"]["coordinates"][0][0]
        turn = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:]))
        self.assertGreater(turn, 0, "RFC 7946: shells go against the clock")

    def test_wrong_uses(self):
        self.write("there.gpkg", "x")
        support.run("new", "empty.gpkg")
        for arguments, code, says in (
                (["w.gpkg", "-o", "o.gpkg"], 2, "say who will see the file: --audience internal, humanitarian or public"),
                (["w.gpkg", "--audience", "internal"], 2, "no output file was named; give -o OUT.gpkg"),
                (["w.gpkg", "--audience", "internal", "-o", "w.gpkg", "--overwrite"], 2, "-o w.gpkg is the workspace itself"),
                (["w.gpkg", "--audience", "internal", "-o", "there.gpkg"], 1, "there.gpkg"),
                (["w.gpkg", "--audience", "internal", "-o", "no/o.gpkg"], 1, "no"),
                (["w.gpkg", "--audience", "internal", "-o", "o.gpkg", "--layer", "sites"], 1, 'the model has no layer "sites"'),
                (["w.gpkg", "--audience", "internal", "-o", "o.gpkg", "--layer", "road"], 1, "layer road has no rows"),
                (["w.gpkg", "--audience", "public", "-o", "o.csv", "--layer", "site"], 1, 'none that the audience "public" may see'),
                (["w.gpkg", "--audience", "internal", "-o", "o.shp"], 2, "files are published as .gpkg, .kmz"),
                (["none.gpkg", "--audience", "internal", "-o", "o.gpkg"], 1, "none.gpkg: there is no such workspace"),
                (["empty.gpkg", "--audience", "internal", "-o", "o.gpkg", "--layer", "site"], 1, "layer site has no rows"),
                (["w.gpkg", "--retarget"], 1, "w.gpkg was not made by sitemap publish"),
                (["w.gpkg", "--retarget", "-o", "o.gpkg"], 2, "so --output does not go with it"),
                (["w.gpkg", "--retarget", "--audience", "public"], 2, "so --audience does not go with it"),
                (["none.gpkg", "--retarget"], 1, "none.gpkg: there is no such file")):
            with self.subTest(arguments):
                done = support.run("publish", *arguments)
                self.assertEqual(done.returncode, code, done.stderr)
                self.assertIn(says, done.stderr)
                self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
                self.assertFalse(os.path.exists("o.gpkg"))


if __name__ == "__main__":
    sys.exit(unittest.main())
