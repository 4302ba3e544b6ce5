"""Maps as PNG, PDF and SVG: what the files say of themselves, where on earth they are, the same bytes, papers."""
import hashlib
import json
import os
import pathlib
import re
import shutil
import struct
import subprocess
import unittest
import xml.etree.ElementTree as xml

import support

SITES = """site_id,name_en,name_ar,site_type,lon,lat
D/1,Harbour school,مدرسة الميناء,collective_centre,22.61,32.76
D 1,Stadium,الملعب,transit_centre,22.65,32.75
..x,Camp,مخيم,planned_camp,22.63,32.72
"""
MM_PER_POINT = 25.4 / 72


def chunks(data):
    at, found = 8, []
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        found.append((kind.decode(), data[at + 8:at + 8 + size]))
        at += 12 + size
    return found


def texts(data):
    """Keyword -> text of the iTXt and tEXt chunks of a PNG."""
    out = {}
    for kind, body in chunks(data):
        if kind == "tEXt":
            key, text = body.split(b"\0", 1)
        elif kind == "iTXt":
            key, rest = body.split(b"\0", 1)
            text = rest[2:].split(b"\0", 2)[2]
        else:
            continue
        out[key.decode()] = text.decode("utf-8")
    return out


class Maps(support.InFolder):
    def setUp(self):
        super().setUp()
        self.write("sites.csv", SITES)
        support.run("new", "w.gpkg")
        done = support.run("import", "sites.csv", "-w", "w.gpkg", "--to", "site", "--crs", "EPSG:4326", "--set", "source=Nobody's list")
        self.assertEqual(done.returncode, 0, done.stderr)

    def map(self, output, *arguments, code=0):
        done = support.run("map", "w.gpkg", "-o", output, "--json", *arguments)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def pages(self, output, *arguments):
        tables = json.loads(self.map(output, *arguments).stdout)["tables"]
        rows, = (t["rows"] for t in tables if t["name"] == "pages")
        return rows

    def sums(self):
        return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(self.folder.iterdir()) if p.suffix != ".gpkg"}


class Formats(Maps):
    def test_what_a_picture_says(self):
        self.map("m.png", "--dpi", "96", "--date", "2023-09-21", "--title", "Sites in need", "--set", "producer=Us")
        data = pathlib.Path("m.png").read_bytes()
        said = texts(data)
        self.assertIn("Sites in need", said["Title"])
        self.assertEqual(said["Author"], "Us")
        self.assertIn("Nobody's list", said["Source"])
        self.assertIn("For internal use only", said["Copyright"])
        self.assertIn("A4", said["Description"])
        kinds = [kind for kind, _ in chunks(data)]
        self.assertNotIn("tIME", kinds)
        per_m, = (struct.unpack(">I", body[:4])[0] for kind, body in chunks(data) if kind == "pHYs")
        self.assertEqual(per_m, round(96 / 0.0254))

    def test_size_of_every_paper(self):
        for paper, (short, long) in {"A4": (210, 297), "A3": (297, 420), "A2": (420, 594), "A1": (594, 841)}.items():
            for turn, (w, h) in {"--landscape": (long, short), "--portrait": (short, long)}.items():
                with self.subTest(paper=paper, turn=turn):
                    self.map("m.png", "--overwrite", "--dpi", "72", "--paper", paper, turn)
                    header = dict(chunks(pathlib.Path("m.png").read_bytes()))["IHDR"]
                    self.assertEqual(struct.unpack(">II", header[:8]), (round(w * 72 / 25.4), round(h * 72 / 25.4)))
                    self.map("m.pdf", "--overwrite", "--paper", paper, turn)
                    box = re.search(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", pathlib.Path("m.pdf").read_bytes())
                    self.assertAlmostEqual(float(box[1]) * MM_PER_POINT, w, places=2)
                    self.assertAlmostEqual(float(box[2]) * MM_PER_POINT, h, places=2)

    def test_the_same_bytes(self):
        before = None
        for _ in range(2):
            for name in ("m.pdf", "m.svg", "m.png"):
                self.map(name, "--overwrite", "--date", "2023-09-21")
            self.assertIn(before, (None, self.sums()))
            before = self.sums()

    def test_dates_of_a_pdf(self):
        """The date that was stated, by --date or SOURCE_DATE_EPOCH, or none: never the clock's."""
        self.map("m.pdf", "--date", "2023-09-21")
        self.assertEqual(self.created(), b"20230921000000Z")
        os.environ["SOURCE_DATE_EPOCH"] = "86400"
        self.addCleanup(os.environ.pop, "SOURCE_DATE_EPOCH", None)
        self.map("m.pdf", "--overwrite")
        self.assertEqual(self.created(), b"19700102000000Z")
        del os.environ["SOURCE_DATE_EPOCH"]
        self.map("m.pdf", "--overwrite")
        self.assertIsNone(self.created())

    def created(self):
        found = re.search(rb"/CreationDate \((?:D:)?(\w+)", pathlib.Path("m.pdf").read_bytes())
        return found and found[1]

    def test_svg_is_xml(self):
        self.map("m.svg")
        root = xml.parse("m.svg").getroot()
        self.assertTrue(root.tag.endswith("}svg"))
        self.assertAlmostEqual(float(root.get("width").rstrip("pt")) * MM_PER_POINT, 297, places=1)

    @unittest.skipUnless(shutil.which("pdftotext") and shutil.which("pdffonts"), "needs poppler-utils")
    def test_texts_of_a_pdf(self):
        """Texts are text, in both scripts and in order, and all fonts are in the file."""
        self.map("m.pdf", "--title", "Sites in need", "--set", "title_ar=مواقع")
        text = subprocess.run(["pdftotext", "m.pdf", "-"], capture_output=True, check=True).stdout.decode()
        plain = re.sub("[\u202a-\u202e\u2066-\u2069\u200e\u200f]", "", text)
        for words in ("Sites in need", "Harbour school", "مواقع", "مدرسة الميناء"):
            self.assertIn(words, plain)
        fonts = subprocess.run(["pdffonts", "m.pdf"], capture_output=True, check=True).stdout.decode().splitlines()[2:]
        self.assertTrue(fonts)
        for line in fonts:
            self.assertRegex(line, r" yes yes yes +\d+ +0$")

    @unittest.skipUnless(shutil.which("gdalinfo"), "needs gdal-bin")
    def test_a_pdf_is_where_we_say(self):
        for paper in ("A4", "A2"):
            page, = self.pages("m.pdf", "--overwrite", "--paper", paper, "--portrait")
            info = json.loads(subprocess.run(["gdalinfo", "-json", "m.pdf"], capture_output=True, check=True).stdout)
            self.assertIn('ID["EPSG",32634]]', info["coordinateSystem"]["wkt"])
            line = info["metadata"][""]["NEATLINE"]
            corners = [tuple(map(float, c.split())) for c in re.search(r"\(\((.*)\)\)", line)[1].split(",")]
            for got, wanted in ((min, "min"), (max, "max")):
                self.assertAlmostEqual(got(c[0] for c in corners), page["x" + wanted], delta=0.01)
                self.assertAlmostEqual(got(c[1] for c in corners), page["y" + wanted], delta=0.01)
            left, pixel = info["geoTransform"][0], info["geoTransform"][1]
            on_paper_mm = info["size"][0] * pixel / page["scale"] * 1000
            self.assertAlmostEqual(on_paper_mm, {"A4": 210, "A2": 420}[paper], delta=0.3)
            self.assertLess(left, page["xmin"])

    def test_world_file(self):
        """Six numbers whose frame is the one that is reported, at the pixels where it is painted."""
        page, = self.pages("m.png", "--world-file", "--dpi", "100")
        pixel, a, b, down, x, y = map(float, pathlib.Path("m.pgw").read_text(encoding="ascii").split())
        self.assertEqual((a, b), (0, 0))
        self.assertAlmostEqual(pixel, page["scale"] * 0.0254 / 100, places=6)
        self.assertAlmostEqual(down, -pixel, places=9)
        self.assertTrue(x < page["xmin"] and y > page["ymax"])
        self.assertTrue(pathlib.Path("m.prj").read_text(encoding="utf-8").startswith('PROJCS["WGS 84 / UTM zone 34N"'))
        xml.parse("m.png.aux.xml")
        if shutil.which("gdalinfo"):
            info = json.loads(subprocess.run(["gdalinfo", "-json", "m.png"], capture_output=True, check=True).stdout)
            self.assertAlmostEqual(info["geoTransform"][1], pixel, places=6)
            self.assertIn('ID["EPSG",32634]]', info["coordinateSystem"]["wkt"])
        done = self.map("n.pdf", "--world-file", code=2)
        self.assertIn("--world-file goes with a .png", done.stderr)
        pathlib.Path("m.png").unlink()
        done = self.map("m.png", "--world-file", code=1)
        self.assertIn("m.pgw", done.stderr)
        self.assertFalse(pathlib.Path("m.png").exists())


class Failures(Maps):
    """What cannot be written is said, and what was there stays."""

    def test_half_of_the_room(self):
        """A limit on the size of files, which fails as a full disk does."""
        for name in ("m.pdf", "m.svg", "m.png"):
            self.map(name, "--dpi", "150")
            path = pathlib.Path(name)
            whole = path.read_bytes()
            self.addCleanup(path.unlink)
            blocks = str(len(whole) // 2 // 512)
            command = ["sh", "-c", 'ulimit -f "$1"; shift; trap "" XFSZ; exec "$@"', "sh", blocks, support.PROGRAM, "map", "w.gpkg", "--dpi", "150"]
            done = subprocess.run([*command, "-o", "new" + path.suffix], capture_output=True, text=True, check=False, timeout=120)
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertIn("new" + path.suffix, done.stderr)
            done = subprocess.run([*command, "-o", name, "--overwrite"], capture_output=True, text=True, check=False, timeout=120)
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertEqual(path.read_bytes() == whole, True)
        self.assertEqual(sorted(p.name for p in self.folder.iterdir()), ["m.pdf", "m.png", "m.svg", "sites.csv", "w.gpkg"])

    def test_folders_and_files(self):
        self.write("plain", "")
        for output, says in (("no/m.pdf", "no"), ("plain/m.svg", "plain"), ("m.gif", ".png, .pdf or .svg"), ("m", ".png, .pdf or .svg")):
            done = support.run("map", "w.gpkg", "-o", output)
            self.assertIn(done.returncode, (1, 2), done.stderr)
            self.assertIn(says, done.stderr)
        self.map("m.pdf")
        self.assertIn("--overwrite", self.map("m.pdf", code=1).stderr)


class Atlas(Maps):
    def test_a_file_for_each(self):
        rows = self.pages("m.png", "--atlas", "site", "--dpi", "72")
        self.assertEqual([r["file"] for r in rows], ["m-_.x.png", "m-D_1.png", "m-D_1-2.png"])
        self.assertEqual([r["key"] for r in rows], ["..x", "D 1", "D/1"])
        for row in rows:
            said = texts(pathlib.Path(row["file"]).read_bytes())
            self.assertIn(row["name"], said["Title"])
        self.assertEqual(len(list(self.folder.glob("*.png"))), 3)
        self.assertIn("m-_.x.png", self.map("m.png", "--atlas", "site", code=1).stderr)

    def test_one_pdf(self):
        rows = self.pages("m.pdf", "--atlas", "site")
        data = pathlib.Path("m.pdf").read_bytes()
        self.assertEqual(len(rows), 3)
        self.assertEqual(len(set(re.findall(rb"/Type /Page % (\d)", data))), 3)
        self.assertEqual(data.count(b"/Type /Viewport"), 3)
        if shutil.which("gdalinfo"):
            for row in rows:
                name = f"PDF:{row['page']}:m.pdf"
                info = json.loads(subprocess.run(["gdalinfo", "-json", name], capture_output=True, check=True).stdout)
                first = re.search(r"\(\(([\d.]+) ", info["metadata"][""]["NEATLINE"])
                self.assertAlmostEqual(float(first[1]), row["xmin"], delta=0.01)

    def test_arabic_keys(self):
        self.write("more.csv", "site_id,name_en,site_type,lon,lat\nموقع 7,Seven,transit_centre,22.6,32.7\n")
        support.run("import", "more.csv", "-w", "w.gpkg", "--to", "site", "--crs", "EPSG:4326")
        self.assertIn("m-موقع_7.svg", [r["file"] for r in self.pages("m.svg", "--atlas", "site")])

    def test_features_without_a_page(self):
        self.write("more.csv", "site_id,name_en,site_type,lon,lat\nN1,Nowhere,transit_centre,,\nN2,Prison,detention_centre,22.6,32.7\n")
        support.run("import", "more.csv", "-w", "w.gpkg", "--to", "site", "--crs", "EPSG:4326")
        done = json.loads(self.map("m.pdf", "--atlas", "site").stdout)
        skipped, = (t["rows"] for t in done["tables"] if t["name"] == "skipped")
        self.assertEqual([(r["key"], r["reason"]) for r in skipped], [("N1", "no position")])
        done = self.map("h.pdf", "--atlas", "site", "--audience", "humanitarian")
        self.assertNotIn("Prison", done.stdout)
        self.assertIn("features of site are not for the audience", done.stdout)

    def test_in_an_extent(self):
        rows = self.pages("m.pdf", "--atlas", "site", "--extent", "22.60,32.74,22.62,32.78")
        self.assertEqual([r["name"] for r in rows], ["Harbour school"])

    def test_what_cannot_be(self):
        for wanted, says in (("tents", 'no layer "tents"'), ("site:2", "--atlas site:2"), ("admin:x", "--atlas admin:x"), ("admin", "no feature")):
            done = support.run("map", "w.gpkg", "-o", "m.pdf", "--atlas", wanted)
            self.assertIn(done.returncode, (1, 2))
            self.assertIn(says, done.stderr)
        sheet = {"extends": "overview", "atlas": {"most_pages": 2}}
        self.write("own.json", sheet)
        done = support.run("map", "w.gpkg", "-o", "m.pdf", "--atlas", "site", "--sheet", "own.json")
        self.assertEqual(done.returncode, 1)
        self.assertIn("more than 2 pages", done.stderr)
        self.assertFalse(pathlib.Path("m.pdf").exists())


if __name__ == "__main__":
    unittest.main()
