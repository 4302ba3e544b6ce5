"""What maps and publications must not break on: coordinates that are none, styles and symbols made to do harm, ten thousand
labels in one place, a hundred thousand pages, folders that cannot be written. One clear sentence each, nothing half written."""
import json
import os
import pathlib
import resource
import shutil
import signal
import sqlite3
import struct
import subprocess
import time
import unittest
import zipfile
from xml.etree import ElementTree

import support

MAPS = ("map.png", "map.pdf", "map.svg")
FILES = ("out.gpkg", "out.kmz", "out.gpx", "out.geojson", "out.csv", "out.xlsx")
NAMES = 'xmlns="http://www.opengis.net/sld" xmlns:se="http://www.opengis.net/se" xmlns:ogc="http://www.opengis.net/ogc"'
MARK = ('<se:PointSymbolizer><se:Graphic><se:Mark><se:WellKnownName>circle</se:WellKnownName></se:Mark><se:Size>6</se:Size>'
        '</se:Graphic></se:PointSymbolizer>')


def style(symbolizers, head=""):
    return (f'<?xml version="1.0"?>{head}<StyledLayerDescriptor version="1.1.0" {NAMES}><NamedLayer><se:Name>site</se:Name><UserStyle>'
            '<se:FeatureTypeStyle><se:Rule><se:Name>all</se:Name><se:Description><se:Title>All | الكل</se:Title></se:Description>'
            f'{symbolizers}</se:Rule></se:FeatureTypeStyle></UserStyle></NamedLayer></StyledLayerDescriptor>')


def symbol(name):
    return ('<se:PointSymbolizer><se:Graphic><se:ExternalGraphic><se:OnlineResource xmlns:xlink="http://www.w3.org/1999/xlink" '
            f'xlink:href="{name}"/><se:Format>image/svg+xml</se:Format></se:ExternalGraphic><se:Size>12</se:Size></se:Graphic></se:PointSymbolizer>')


class World(support.InFolder):
    rows = "S1,Stadium,collective_centre,32.760,22.635\nS2,Annex,collective_centre,32.755,22.645\nS3,School,collective_centre,32.750,22.640\n"

    def setUp(self):
        super().setUp()
        self.write("sites.csv", "site_id,name_en,site_type,latitude,longitude\n" + self.rows)
        support.run("new", "w.gpkg")
        done = support.run("import", "sites.csv", "-w", "w.gpkg", "--to", "site", "--set", "source=Survey")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.before = set(os.listdir())

    def own_styles(self, sld):
        """A folder of styles whose style of sites is this."""
        folder = self.folder / "styles"
        if not folder.exists():
            folder.mkdir()
            for item in pathlib.Path(os.environ.get("SITEMAP_STYLES", support.ROOT / "styles")).iterdir():
                (folder / item.name).symlink_to(item.resolve())
            (folder / "site.sld").unlink()
        (folder / "site.sld").write_text(sld, encoding="utf-8")
        self.before.add("styles")
        return dict(os.environ, SITEMAP_STYLES=str(folder))

    def every(self, maps=MAPS, files=FILES, workspace="w.gpkg", **more):
        for name in maps:
            yield name, support.run("map", workspace, "-o", name, "--dpi", "72", **more)
        for name in files:
            yield name, support.run("publish", workspace, "-o", name, "--audience", "internal", "--layer", "site", **more)

    def assert_refused(self, name, done, *words):
        with self.subTest(name):
            self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
            self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
            for word in words:
                self.assertIn(word, done.stderr)
            self.assertEqual(set(os.listdir()), self.before)

    def break_positions(self, to):
        shutil.copy("w.gpkg", "broken.gpkg")
        db = sqlite3.connect("broken.gpkg")
        column, = db.execute("SELECT column_name FROM gpkg_geometry_columns WHERE table_name = 'site'").fetchone()
        for name, in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f'DROP TRIGGER "{name}"')
        for site, x, y in to:
            shape, = db.execute(f'SELECT "{column}" FROM site WHERE site_id = ?', (site,)).fetchone()
            db.execute(f'UPDATE site SET "{column}" = ? WHERE site_id = ?', (shape[:-16] + struct.pack("<dd", x, y), site))
        db.commit()
        db.close()
        self.before.add("broken.gpkg")


class Positions(World):
    def test_some_are_no_numbers(self):
        self.break_positions([("S1", float("inf"), 32.7), ("S2", float("nan"), 32.7)])
        for name, done in self.every(workspace="broken.gpkg"):
            with self.subTest(name):
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIn("layer site has 2 rows that cannot be read", done.stderr)
                self.assertIn("a coordinate is infinite or not a number", done.stderr)

    def test_none_is_a_number(self):
        self.break_positions([(site, float("nan"), 32.7) for site in ("S1", "S2", "S3")])
        for name, done in self.every(files=(), workspace="broken.gpkg"):
            self.assertEqual(done.returncode, 1, name)
            self.assertIn("there is nothing to show", done.stderr)
        self.assertEqual(set(os.listdir()), self.before)

    def test_an_empty_layer(self):
        support.run("new", "empty.gpkg")
        self.before.add("empty.gpkg")
        for name, done in self.every(files=(), workspace="empty.gpkg"):
            self.assert_refused(name, done, "there is nothing to show")
        for name, done in self.every(maps=(), workspace="empty.gpkg"):
            self.assert_refused(name, done, "site")

    def test_a_layer_that_is_not_there(self):
        self.write("own.json", {"extends": "overview", "layers": [{"layer": "shelter", "title": {"en": "S", "ar": "م"}}]})
        self.before.add("own.json")
        for name in MAPS:
            self.assert_refused(name, support.run("map", "w.gpkg", "--sheet", "own.json", "-o", name), "own.json", '"shelter"')
        for name in FILES:
            done = support.run("publish", "w.gpkg", "-o", name, "--audience", "internal", "--layer", "shelter")
            self.assert_refused(name, done, "shelter")


class Files(World):
    def test_folders_that_cannot_be_written(self):
        self.write("file", "")
        self.before.add("file")
        for folder, words in (("missing", "does not exist"), ("file", "is no folder")):
            for name, done in self.every([f"{folder}/{n}" for n in MAPS], [f"{folder}/{n}" for n in FILES]):
                self.assert_refused(name, done, words, folder)

    @unittest.skipUnless(os.getuid() == 0, "needs another user to be")
    def test_folders_of_others(self):
        for path, mode in ((".", 0o755), ("w.gpkg", 0o644)):
            os.chmod(path, mode)
        if support.run("info", "w.gpkg", user=65534).returncode:
            self.skipTest("another user cannot run the program here")
        for name, done in self.every(user=65534):
            self.assert_refused(name, done, name, "permission")

    def test_a_file_may_not_grow(self):
        """As a full disk does, in the middle of the file."""
        for name, done in self.every():
            self.assertEqual(done.returncode, 0, done.stderr)
        whole = {name: os.path.getsize(name) for name in MAPS + FILES}
        for name in whole:
            os.unlink(name)
        for name, size in whole.items():
            limit = lambda half=size // 2: resource.setrlimit(resource.RLIMIT_FSIZE, (half, half))  # pylint: disable=cell-var-from-loop
            for _, done in self.every(*(([name], ()) if name in MAPS else ((), [name])), preexec_fn=limit):
                self.assert_refused(name, done, name)

    def test_names_that_xml_cannot_hold(self):
        self.write("odd.csv", "site_id,name_en,site_type,latitude,longitude\nX,Bell\x07 <&> \ufffe end,collective_centre,32.76,22.64\n")
        support.run("import", "odd.csv", "-w", "w.gpkg", "--to", "site", "--set", "source=Survey")
        for name, done in self.every():
            self.assertEqual(done.returncode, 0, name + done.stderr)
        for name in ("map.svg", "out.gpx"):
            ElementTree.parse(name)
        for name in ("out.kmz", "out.xlsx"):
            with zipfile.ZipFile(name) as archive:
                for member in archive.namelist():
                    if member.endswith((".kml", ".xml", ".rels")):
                        ElementTree.fromstring(archive.read(member))
        json.loads(pathlib.Path("out.geojson").read_text(encoding="utf-8"))


class Styles(World):
    def both(self):
        """A map, and the GeoPackage that carries the styles."""
        return MAPS, ("out.gpkg",)

    def refused(self, sld, *words):
        environment = self.own_styles(sld)
        for name, done in self.every(*self.both(), env=environment):
            self.assert_refused(name, done, *words)

    def test_entities(self):
        bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
        self.refused(style(MARK.replace("circle", "&c;"), bomb), "site.sld")

    def test_another_file_or_address(self):
        for address in ("file:///etc/passwd", "http://127.0.0.1:9/x"):
            self.refused(style(MARK.replace("circle", "&x;"), f'<!DOCTYPE x [<!ENTITY x SYSTEM "{address}">]>'), "site.sld")
        environment = self.own_styles(style(MARK + symbol("http://127.0.0.1:9/x.svg")))
        for name, done in self.every(*self.both(), env=environment):
            self.assertEqual(done.returncode, 0, name + done.stderr)  # drawn as another mark, and told
            self.assertIn("127.0.0.1", done.stderr)

    def test_a_symbol_of_100_mb(self):
        environment = self.own_styles(style(symbol("large.svg")))
        with open("styles/large.svg", "wb") as f:
            f.write(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M0 0')
            f.truncate(100 << 20)
        started = time.monotonic()
        for name, done in self.every(*self.both(), env=environment):
            self.assert_refused(name, done, "large.svg", "larger than a symbol may be (128 KB)")
        self.assertLess(time.monotonic() - started, 30)

    def test_shapes_that_are_no_numbers(self):
        for path in ('<path d="M 0 nan L 24 24 Z"/>', '<path d="M 0 0 L inf 24 Z"/>', '<path d="M 0 0 L 1e999 24 Z"/>', '<circle cx="nan" cy="3" r="2"/>',
                     '<rect x="1" y="1" width="infinity" height="3"/>', '<polygon points="1,2 NaN,4 5,6"/>', '<g transform="scale(nan)"><path d="M0 0h3"/></g>'):
            with self.subTest(path):
                environment = self.own_styles(style(symbol("odd.svg")))
                self.write("styles/odd.svg", f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{path}</svg>')
                for name, done in self.every(*self.both(), env=environment):
                    self.assert_refused(name, done, "odd.svg", "number")


class Many(World):
    @staticmethod
    def memory():
        """3 GB; AddressSanitizer reserves all addresses for itself."""
        if "/asan/" not in os.environ["SITEMAP"]:
            resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))

    def take(self, count, place):
        rows = "".join(f"M{i:06},Site {i},collective_centre,{place(i)}\n" for i in range(count))
        self.write("many.csv", "site_id,name_en,site_type,latitude,longitude\n" + rows)
        done = support.run("import", "many.csv", "-w", "w.gpkg", "--to", "site", "--set", "source=Survey")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.before.add("many.csv")

    def test_ten_thousand_labels_in_one_place(self):
        self.take(10000, lambda i: "32.755,22.640")
        for name in MAPS:
            started = time.monotonic()
            done = support.run("map", "w.gpkg", "-o", name, "--dpi", "72", "--json", preexec_fn=self.memory)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertLess(time.monotonic() - started, 60)
            tables = {t["name"]: t["rows"] for t in json.loads(done.stdout)["tables"]}
            page, = tables["pages"]
            self.assertEqual(page["labels_wanted"], 10003)
            self.assertEqual(len(tables["labels_not_placed"]), page["labels_wanted"] - page["labels_placed"])
        for name, done in self.every(maps=()):
            self.assertEqual(done.returncode, 0, name + done.stderr)

    def test_a_hundred_thousand_pages(self):
        self.take(100000, lambda i: f"32.{700000 + i % 1000 * 50},22.{600000 + i // 1000 * 500}")
        for name in MAPS:
            started = time.monotonic()
            done = support.run("map", "w.gpkg", "--atlas", "site", "-o", name, preexec_fn=self.memory)
            self.assertLess(time.monotonic() - started, 60)
            self.assert_refused(name, done, "more than 1000 pages", "--area")

    def test_an_atlas_is_stopped(self):
        """Pictures that were done stay and are told; a PDF is whole or not there."""
        self.take(500, lambda i: f"32.{700000 + i * 100},22.64")
        for name in ("map.pdf", "map.png"):
            process = subprocess.Popen([support.PROGRAM, "map", "w.gpkg", "--atlas", "site", "-o", name, "--dpi", "100"], stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE, text=True)
            time.sleep(2)
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=10)
            if process.returncode == 0:
                self.skipTest("it was done already")
            self.assertEqual(process.returncode, -signal.SIGINT, said)
            there = set(os.listdir()) - self.before
            if name == "map.pdf":
                self.assertEqual(there, set())
            else:
                self.assertIn(f"{len(there)} of 503 pages had been written by then, and stay", said)
                for path in there:
                    self.assertEqual(pathlib.Path(path).read_bytes()[-8:-4], b"IEND", path)


if __name__ == "__main__":
    unittest.main()
