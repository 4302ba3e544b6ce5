"""Maps and publications of what is odd or broken: names that no font has, marks of direction, fonts that are damaged."""
import json
import os
import pathlib
import random
import shutil
import sqlite3
import struct
import subprocess
import unittest

import support

SITES = """site_id,name_en,name_ar,site_type,latitude,longitude
SY-01,Stadium,ملعب,collective_centre,32.760,22.635
SY-02,Hospital \U0001F3E5 annex,مستشفى \U0001F3E5,collective_centre,32.755,22.645
SY-03,漢字 School,مدرسة,collective_centre,32.765,22.650
SY-04,Evil\u202egnp.exe,مدرسة\u202dب,collective_centre,32.750,22.625
SY-05,Open\u2067 isolate,مبنى\u2066 ا,collective_centre,32.745,22.655
SY-06,Bell\u0007 and tab,نهاية\u2069\u2069,collective_centre,32.770,22.640
"""


STYLE = """<StyledLayerDescriptor version="1.1.0" xmlns="http://www.opengis.net/sld" xmlns:se="http://www.opengis.net/se"
    xmlns:ogc="http://www.opengis.net/ogc"><NamedLayer><se:Name>household</se:Name><UserStyle><se:FeatureTypeStyle>
<se:Rule><se:Name>all</se:Name><se:Description><se:Title>All | الكل</se:Title></se:Description>
<se:PointSymbolizer><se:Graphic><se:Mark><se:WellKnownName>circle</se:WellKnownName></se:Mark><se:Size>6</se:Size></se:Graphic></se:PointSymbolizer>
<se:TextSymbolizer><se:Label><ogc:PropertyName>household_id</ogc:PropertyName></se:Label></se:TextSymbolizer>
</se:Rule></se:FeatureTypeStyle></UserStyle></NamedLayer></StyledLayerDescriptor>"""


class Maps(support.InFolder):
    def setUp(self):
        super().setUp()
        self.styles = pathlib.Path(os.environ.get("SITEMAP_STYLES", support.ROOT / "styles"))
        self.write("sites.csv", SITES)
        support.run("new", "w.gpkg")
        done = support.run("import", "sites.csv", "-w", "w.gpkg", "--to", "site", "--set", "source=Survey")
        self.assertIn(done.returncode, (0, 3), done.stdout + done.stderr)

    def map(self, *arguments, output="map.png", **more):
        return support.run("map", "w.gpkg", "-o", output, "--overwrite", "--dpi", "100", *arguments, **more)

    def assert_refused(self, done, *words, left=("map.png",)):
        """One sentence with these words, and nothing written."""
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
        for word in words:
            self.assertIn(word, done.stderr)
        for name in left:
            self.assertFalse((self.folder / name).exists(), name)


class Names(Maps):
    def test_every_format_is_drawn_and_told_once(self):
        for output in ("map.png", "map.svg", "map.pdf"):
            with self.subTest(output):
                done = self.map(output=output)
                self.assertEqual(done.returncode, 0, done.stderr)
                said = done.stderr.splitlines()
                self.assertEqual(len(said), 1, done.stderr)
                # two labels, and the table of the sheet that has them too
                self.assertIn("texts have a character that no font here has, shown as ▯: ", said[0])
                self.assertIn("site SY-02 (U+1F3E5), site SY-03 (U+6F22)", said[0])

    def test_an_atlas_tells_once(self):
        done = self.map("--atlas", "site", output="map.pdf")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stderr.count("no font here has"), 1, done.stderr)
        self.assertEqual(done.stderr.count("site SY-02"), 1, done.stderr)

    def test_texts_of_the_sheet(self):
        done = self.map("--title", "Camps \U0001F680", "--lang", "en")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn('the text "Camps \U0001F680" (U+1F680)', done.stderr)

    def test_many_are_counted(self):
        rows = "".join(f"X{i:04},字{chr(0x4E00 + i)},collective_centre,32.{76000 + i},22.635\n" for i in range(300))
        self.write("more.csv", "site_id,name_en,site_type,latitude,longitude\n" + rows)
        self.assertEqual(support.run("import", "more.csv", "-w", "w.gpkg", "--to", "site", "--set", "source=Survey").returncode, 0)
        done = self.map()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stderr, "30[2-9] texts have")
        self.assertRegex(done.stderr, r" and 29\d more$")
        self.assertLess(len(done.stderr), 300)

    def test_sensitive_keys_are_masked(self):
        self.write("household.csv", "household_id,latitude,longitude\nHH-漢-7,32.76,22.64\n")
        self.assertEqual(support.run("import", "household.csv", "-w", "w.gpkg", "--to", "household").returncode, 0)
        environment = with_fonts(self, (self.styles / "fonts.json").read_text(encoding="utf-8"))
        self.write("styles/household.sld", STYLE)
        self.write("own.json", {"extends": "overview", "layers": [{"layer": "household", "title": {"en": "Households", "ar": "الأسر"}}]})
        done = self.map("--sheet", "own.json", env=environment)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("household *** (U+6F22)", done.stderr)
        self.assertNotIn("HH-", done.stderr)

    def test_the_geopackage_keeps_the_names(self):
        done = support.run("publish", "w.gpkg", "-o", "out.gpkg", "--audience", "internal", "--title", "Camps \U0001F680")
        self.assertEqual(done.returncode, 0, done.stderr)
        with sqlite3.connect("out.gpkg") as db:
            names = [row[0] for row in db.execute("SELECT name_en FROM site ORDER BY site_id")]
            project = bytes.fromhex(db.execute("SELECT content FROM qgis_projects").fetchone()[0])
        self.assertEqual(names[1:3], ["Hospital \U0001F3E5 annex", "漢字 School"])
        self.assertNotIn("▯".encode(), project)

    def test_a_style_folder_without_a_replacement(self):
        fonts = json.loads((self.styles / "fonts.json").read_text(encoding="utf-8"))
        for text, words in ((None, ('"replacement" is missing', "a text")), ("ab", ('"replacement"', "one character")),
                            ("漢", ("U+6F22", '"replacement"'))):
            with self.subTest(text):
                done = self.map(env=with_fonts(self, dict(fonts, replacement=text)))
                self.assert_refused(done, "fonts.json", *words)


def with_fonts(test, fonts):
    """The environment with a folder of styles that differs in its fonts.json: an object, or the text of the file."""
    folder = test.folder / "styles"
    if not folder.exists():
        folder.mkdir()
        for item in test.styles.iterdir():
            if item.name != "fonts.json":
                (folder / item.name).symlink_to(item.resolve())
    test.write("styles/fonts.json", fonts)
    return dict(os.environ, SITEMAP_STYLES=str(folder))


class Words(Maps):
    def test_a_sheet_that_is_not_there_lists_those_that_are(self):
        done = self.map("--sheet", "nope")
        self.assert_refused(done, '"nope"', "access, damage, flash, hazard, locator, overview, site-map, site-profile")
        self.assertNotIn("common", done.stderr)
        self.assert_refused(self.map("--sheet", "../words"), "the sheets are access")

    def test_help_names_the_formats(self):
        said = " ".join(support.run("map", "--help").stdout.split())
        for words in ("PNG, PDF or SVG", ".pdf", ".svg", "GeoPDF"):
            self.assertIn(words, said)

    def test_one_of_a_kind(self):
        done = support.run("publish", "w.gpkg", "-o", "out.gpkg", "--audience", "humanitarian", "--layer", "site")
        self.assertIn("out.gpkg: 1 layer for the audience", done.stdout)
        self.assertIn("1 page in map.pdf", self.map("--atlas", "site", "--extent", "22.63,32.759,22.64,32.761", output="map.pdf").stdout)
        self.write("one.csv", "site_id,name_en,site_type,latitude,longitude\nX,X,collective_centre,32.76,22.64\n")
        self.assertIn("1 row in: 1 added", support.run("import", "one.csv", "-w", "w.gpkg", "--to", "site", "--quiet").stdout +
                      support.run("run", self.plan()).stdout + self.provenance())

    def plan(self):
        return self.write("plan.json", {"workspace": "w.gpkg", "steps": [{"command": "import", "source": ["one.csv"], "options": {"to": "site"}}]})

    def provenance(self):
        with sqlite3.connect("w.gpkg") as db:
            return str(db.execute("SELECT * FROM provenance").fetchall())

    def test_a_column_of_another_layer_says_which(self):
        self.write("hh.csv", "site_id,name_en,site_type,HHs,Colour,latitude,longitude\nX,X,collective_centre,12,red,32.76,22.64\n")
        done = support.run("import", "hh.csv", "-w", "w.gpkg", "--to", "site")
        said = done.stdout + done.stderr
        self.assertIn('column "HHs" is not taken over: it is a field of the layer site_round; import the file a second time, with --to site_round', said)
        self.assertIn("no field of layer \"site\" has that name; use --map 'Colour=FIELD'", said)


class EmptyTables(Maps):
    """A sheet before the command that fills its tables says so, in its languages, in the place of a blank."""

    def texts(self, sheet, *arguments):
        done = self.map("--sheet", sheet, *arguments, output="map.pdf")
        self.assertEqual(done.returncode, 0, done.stderr)
        return " ".join(subprocess.run(["pdftotext", "-layout", "map.pdf", "-"], capture_output=True, text=True, check=True).stdout.split())

    def setUp(self):
        super().setUp()
        self.write("damage.csv", "damage_id,grade,severity_low,severity_high,source,latitude,longitude\na,destroyed,4,4,Survey,32.76,22.64\n")
        done = support.run("import", "damage.csv", "-w", "w.gpkg", "--to", "damage", "--set", "scale=cems_2019")
        self.assertEqual(done.returncode, 0, done.stderr)

    @unittest.skipUnless(shutil.which("pdftotext"), "needs pdftotext")
    def test_the_command_is_named(self):
        for sheet, words in (("damage", ("Nothing is counted yet: sitemap damage", "No area is measured here: sitemap damage")),
                             ("flash", ("sitemap import FILE --to event_report",))):
            for lang in ("en", "both"):
                text = self.texts(sheet, "--lang", lang)
                for word in words:
                    self.assertIn(word, text)
        self.assertEqual(support.run("damage", "w.gpkg").returncode, 0)
        self.assertNotIn("Nothing is counted", self.texts("damage", "--lang", "en"))


class FarOff(support.InFolder):
    """Swapped and mistyped positions in an atlas."""

    def setUp(self):
        super().setUp()
        support.run("new", "w.gpkg")
        self.take("site", "site_id,name_en,site_type,latitude,longitude\n"
                          "S1,Stadium,collective_centre,32.760,22.635\nS2,Annex,collective_centre,32.755,22.645\n"
                          "S9,Swapped,collective_centre,22.65,32.765\n")
        self.take("site_feature", "feature_id,site_id,kind,latitude,longitude\n"
                                  "F1,S1,water_point,32.7601,22.6351\nF2,S1,latrine,22.6355,32.7603\n"
                                  "F3,S2,latrine,32.7551,22.6451\n")

    def take(self, layer, text):
        self.write(layer + ".csv", text)
        done = support.run("import", layer + ".csv", "-w", "w.gpkg", "--to", layer, "--set", "source=Survey")
        self.assertEqual(done.returncode, 0, done.stderr)

    def add_areas(self):
        ring = [[22, 32.5], [23, 32.5], [23, 33], [22, 33], [22, 32.5]]
        self.write("admin.geojson", {"type": "FeatureCollection", "features": [{
            "type": "Feature", "properties": {"pcode": "LY01", "level": 1, "name_en": "Derna"},
            "geometry": {"type": "Polygon", "coordinates": [ring]}}]})
        self.assertEqual(support.run("import", "admin.geojson", "-w", "w.gpkg", "--to", "admin", "--set", "source=x").returncode, 0)

    def atlas(self, *arguments):
        done = support.run("map", "w.gpkg", "--atlas", "site", "-o", "a.pdf", "--overwrite", "--json", *arguments)
        tables = {t["name"]: t["rows"] for t in json.loads(done.stdout)["tables"]} if done.returncode == 0 else {}
        return done, [row["key"] for row in tables.get("pages", [])], {row["key"]: row["reason"] for row in tables.get("skipped", [])}

    def test_without_areas_all_have_a_page(self):
        _, pages, skipped = self.atlas()
        self.assertEqual((pages, skipped), (["S1", "S2", "S9"], {}))

    def test_off_all_areas(self):
        self.add_areas()
        _, pages, skipped = self.atlas()
        self.assertEqual(pages, ["S1", "S2"])
        self.assertIn("outside of all administrative areas", skipped["S9"])
        _, pages, _ = self.atlas("--extent", "32,22,33,33")
        self.assertEqual(pages, ["S9"])

    def test_features_of_one_site_far_apart(self):
        _, pages, skipped = self.atlas("--sheet", "site-map")
        self.assertEqual(pages, ["S2"])
        self.assertIn("lies 1505 km apart", skipped["S1"])
        done = support.run("map", "w.gpkg", "--sheet", "site-map", "--set", "site=S1", "-o", "one.png", "--dpi", "72")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("lies 1505 km apart", done.stderr)

    def test_no_page_at_all(self):
        self.take("site_feature", "feature_id,site_id,kind,latitude,longitude\nF3,S2,latrine,22.7551,32.6451\nF4,S2,latrine,32.7551,22.6451\n")
        done, _, _ = self.atlas("--sheet", "site-map")
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn("none of its features has a page", done.stderr)
        self.assertFalse((self.folder / "a.pdf").exists())


class Fonts(Maps):
    NAME = "NotoSans-Regular.ttf"

    def setUp(self):
        super().setUp()
        self.fonts = json.loads((self.styles / "fonts.json").read_text(encoding="utf-8"))
        (self.folder / "fonts").mkdir()
        for name in self.fonts["files"]:
            path = next(p for p in (pathlib.Path(f) / name for f in self.fonts["folders"]) if p.exists())
            (self.folder / "fonts" / name).symlink_to(path)
        self.file = self.folder / "fonts" / self.NAME
        self.good = self.file.read_bytes()
        self.file.unlink()
        self.environment = with_fonts(self, dict(self.fonts, folders=[str(self.folder / "fonts")]))

    def draw(self, data):
        self.file.write_bytes(data)
        return self.map(env=self.environment)

    def tables(self):
        for i in range(struct.unpack(">H", self.good[4:6])[0]):
            yield struct.unpack(">4s4xII", self.good[12 + 16 * i:28 + 16 * i])

    def test_whole(self):
        self.assertEqual(self.draw(self.good).returncode, 0)

    def test_another_kind_of_file(self):
        for data in (b"", b"no font", b"\x89PNG\r\n\x1a\n" + bytes(100), b"wOF2" + bytes(100)):
            self.assert_refused(self.draw(data), str(self.file), "is not a TrueType or OpenType font")

    def test_cut_short(self):
        for share in (0.00002, 0.0002, 0.01, 0.25, 0.5, 0.9, 0.999):
            self.assert_refused(self.draw(self.good[:int(share * len(self.good))]), str(self.file), "is damaged (it is cut short)")

    def test_a_table_of_zeros(self):
        for tag, at, length in self.tables():
            if any(self.good[at:at + length]):
                done = self.draw(self.good[:at] + bytes(length) + self.good[at + length:])
                self.assert_refused(done, str(self.file), "is damaged (")

    def test_some_bytes_changed(self):
        draw = random.Random(5)
        for _ in range(8):
            data = bytearray(self.good)
            at = draw.randrange(len(data))
            data[at] ^= 1 << draw.randrange(8)
            done = self.draw(bytes(data))
            if done.returncode == 0:  # between tables, or the sum of the whole file: nothing that is drawn
                self.assertFalse(any(begin <= at < begin + length for tag, begin, length in self.tables() if tag != b"head"), at)
                (self.folder / "map.png").unlink()
            else:
                self.assert_refused(done, self.NAME)

    def test_missing(self):
        self.assert_refused(self.map(env=self.environment), self.NAME, "none of the folders", self.fonts["package"])

    def test_the_list_itself(self):
        for text, words in (("", "not valid JSON"), ("{", "not valid JSON"), ("[]", '"package" is missing'),
                            (dict(self.fonts, files=[]), '"files"'), (dict(self.fonts, files=[1]), '"files"'),
                            (dict(self.fonts, folders="/usr"), '"folders"')):
            with self.subTest(text):
                self.assert_refused(self.map(env=with_fonts(self, text)), str(self.folder / "styles" / "fonts.json"), words)


if __name__ == "__main__":
    unittest.main()
