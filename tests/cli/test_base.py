"""A picture below the map: where it stands, against gdalwarp; what it is of; what is said of it; what is refused."""
import hashlib
import json
import math
import pathlib
import re
import sqlite3
import unittest

import numpy
from osgeo import gdal, osr

import support
import test_map_formats

gdal.UseExceptions()
gdal.SetConfigOption("GDAL_PAM_ENABLED", "NO")
GROUND = (0xf7, 0xf5, 0xf0)


def map_place():
    """Of the sheet "overview" on A4, in mm: its own, else what all sheets have in common."""
    for name in ("overview", "common"):
        sheet = json.loads((support.ROOT / "styles" / "sheets" / f"{name}.json").read_text(encoding="utf-8"))
        if "at" in sheet.get("element", {}).get("map", {}):
            return sheet["element"]["map"]["at"]
    raise AssertionError("no sheet says where the map is")


MAP_MM = map_place()
DPI = 100


def srs(code):
    out = osr.SpatialReference()
    out.ImportFromEPSG(code)
    out.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return out


def waves(width, height):
    """Colours that change smoothly, and differently in each band."""
    y, x = numpy.mgrid[0:height, 0:width]
    return [128 + 100 * numpy.sin(x / (9 + 3 * k) + k) * numpy.cos(y / (11 - 2 * k)) for k in range(3)]


def write_tiff(name, bands, place, code=32634, kind=gdal.GDT_Byte, options=("TILED=YES",), **words):
    height, width = bands[0].shape
    out = gdal.GetDriverByName("GTiff").Create(name, width, height, len(bands), kind, list(options))
    if place:
        out.SetGeoTransform(place)
    if code:
        out.SetSpatialRef(srs(code))
    out.SetMetadata(words)
    for i, values in enumerate(bands):
        out.GetRasterBand(i + 1).WriteArray(values)
    return out


def png_tile(colour, size=256):
    memory = gdal.GetDriverByName("MEM").Create("", size, size, len(colour))
    for i, value in enumerate(colour):
        memory.GetRasterBand(i + 1).Fill(value)
    gdal.GetDriverByName("PNG").CreateCopy("/vsimem/tile.png", memory)
    file = gdal.VSIFOpenL("/vsimem/tile.png", "rb")
    size = gdal.VSIStatL("/vsimem/tile.png").size
    data = bytes(gdal.VSIFReadL(1, size, file))
    gdal.VSIFCloseL(file)
    return data


class Base(test_map_formats.Maps):
    extent = "22.60,32.72,22.66,32.77"

    def setUp(self):
        super().setUp()
        self.frame = None

    def draw(self, base, *arguments, output="m.png"):
        done = self.map(output, "--overwrite", "--extent", self.extent, "--dpi", str(DPI), "--base", base, *arguments)
        row, = [t["rows"] for t in json.loads(done.stdout)["tables"] if t["name"] == "pages"][0]
        self.frame = [row[k] for k in ("xmin", "ymin", "xmax", "ymax")]
        self.code = int(re.search(r"zone (\d+)N", row["crs"])[1]) + 32600
        return done

    def pixels(self, name="m.png"):
        return gdal.Open(name).ReadAsArray()[:3].astype(float)

    def free(self):
        """Where nothing lies over the base: pixels of the map's ground in a map without one."""
        self.map("none.png", "--overwrite", "--extent", self.extent, "--dpi", str(DPI))
        none = self.pixels("none.png")
        free = numpy.all(none == numpy.array(GROUND).reshape(3, 1, 1), axis=0)
        a = DPI / 25.4
        for x in (MAP_MM[0], MAP_MM[0] + MAP_MM[2] - 14):  # the north arrow has a ground of its own over a base
            for y in (MAP_MM[1], MAP_MM[1] + MAP_MM[3] - 20):
                free[int(y * a):int((y + 20) * a), int(x * a):int((x + 14) * a)] = False
        near = free.copy()  # and nothing within two pixels, where edges are soft
        for dy in range(-2, 3):
            for dx in range(-2, 3):
                near &= numpy.roll(numpy.roll(free, dy, 0), dx, 1)
        return near

    def grid(self):
        """The map's pixels: first column and row, how many, and the top left and size of one in the map's CRS."""
        a = DPI / 25.4
        left, top = math.floor(MAP_MM[0] * a), math.floor(MAP_MM[1] * a)
        right, bottom = math.ceil((MAP_MM[0] + MAP_MM[2]) * a), math.ceil((MAP_MM[1] + MAP_MM[3]) * a)
        step = (self.frame[2] - self.frame[0]) / (MAP_MM[2] * a)
        x = self.frame[0] + (left - MAP_MM[0] * a) * step
        y = self.frame[3] - (top - MAP_MM[1] * a) * step
        return left, top, right - left, bottom - top, x, y, step

    def at(self, lon, lat):
        """Column and row of the page at a place on earth."""
        x, y, _ = osr.CoordinateTransformation(srs(4326), srs(self.code)).TransformPoint(lon, lat)
        left, top, _, _, x0, y0, step = self.grid()
        return int(left + (x - x0) / step), int(top + (y0 - y) / step)

    def colour_at(self, lon, lat, name="m.png"):
        column, row = self.at(lon, lat)
        return tuple(int(v) for v in self.pixels(name)[:, row, column])


class Placed(Base):
    """Against gdalwarp. It samples as we do, but places by lines between fewer points, and stores coarser weights."""

    def compare(self, name, most_mean, method="bilinear"):
        self.draw(name)
        left, top, width, height, x, y, step = self.grid()
        want = gdal.Warp("", name, format="MEM", dstSRS=srs(self.code), resampleAlg=method, errorThreshold=0,
                         outputBounds=(x, y - height * step, x + width * step, y), width=width, height=height, dstAlpha=True)
        inside = want.GetRasterBand(4).ReadAsArray() == 255
        shrunk = inside.copy()  # without the picture's own edge
        for dy in range(-4, 5):
            for dx in range(-4, 5):
                shrunk &= numpy.roll(numpy.roll(inside, dy, 0), dx, 1)
        where = self.free()[top:top + height, left:left + width] & shrunk
        self.assertGreater(where.sum(), 50000)
        got = self.pixels()[:, top:top + height, left:left + width]
        off = numpy.abs(got - want.ReadAsArray()[:3])[:, where]
        self.assertLess(off.mean(), most_mean, f"{name}: mean {off.mean():.3f}, most {off.max()}")
        return off

    def test_the_same_projection_enlarged(self):
        write_tiff("a.tif", waves(400, 400), (649000, 25, 0, 3628000, 0, -25)).FlushCache()
        self.compare("a.tif", 0.6)

    def test_degrees_shrunk(self):
        write_tiff("a.tif", waves(1400, 1400), (22.58, 7e-5, 0, 32.79, 0, -7e-5), 4326).FlushCache()
        self.compare("a.tif", 0.6)

    def test_another_zone(self):
        x, y, _ = osr.CoordinateTransformation(srs(4326), srs(32633)).TransformPoint(22.63, 32.745)
        write_tiff("a.tif", waves(900, 900), (x - 6750, 15, 0, y + 6750, 0, -15), 32633).FlushCache()
        self.compare("a.tif", 0.6)

    def test_web_mercator_with_overviews(self):
        out = write_tiff("a.tif", [numpy.kron(b, numpy.ones((4, 4))) for b in waves(500, 500)], (2513000, 5, 0, 3866000, 0, -5), 3857)
        out.BuildOverviews("AVERAGE", [2, 4, 8])
        out = None
        self.compare("a.tif", 1.5)

    def test_rotated(self):
        c, s = 12 * math.cos(0.4), 12 * math.sin(0.4)
        write_tiff("a.tif", waves(1100, 1100), (645000, c, s, 3625000, s, -c)).FlushCache()
        self.compare("a.tif", 0.6)

    def test_much_smaller(self):
        """Six and more pixels to one, without overviews: means, no pixel skipped."""
        noise = numpy.random.default_rng(3).integers(0, 255, (3000, 4000))
        write_tiff("a.tif", [noise] * 3, (649000, 3, 0, 3629000, 0, -3)).FlushCache()
        off = self.compare("a.tif", 4)
        self.assertLess(off.max(), 40)


class Kinds(Base):
    whole = (640000, 20, 0, 3640000, 0, -20)

    def flat(self, *values, kind=numpy.uint8, size=1500):
        return [numpy.full((size, size), v, kind) for v in values]

    def centre(self):
        return self.colour_at(22.6123, 32.735)

    def test_rgb_and_grey(self):
        write_tiff("rgb.tif", self.flat(10, 120, 230), self.whole).FlushCache()
        write_tiff("grey.tif", self.flat(77), self.whole).FlushCache()
        self.draw("rgb.tif")
        self.assertEqual(self.centre(), (10, 120, 230))
        self.draw("grey.tif")
        self.assertEqual(self.centre(), (77, 77, 77))

    def test_alpha_mask_and_nodata_let_the_ground_through(self):
        write_tiff("alpha.tif", self.flat(10, 120, 230, 0), self.whole, options=["ALPHA=YES"]).FlushCache()
        out = write_tiff("nodata.tif", self.flat(0, 0, 0), self.whole)
        for i in (1, 2, 3):
            out.GetRasterBand(i).SetNoDataValue(0)
        out = None
        gdal.SetConfigOption("GDAL_TIFF_INTERNAL_MASK", "YES")
        out = write_tiff("mask.tif", self.flat(10, 120, 230), self.whole)
        out.CreateMaskBand(gdal.GMF_PER_DATASET)
        out.GetRasterBand(1).GetMaskBand().Fill(0)
        out = None
        gdal.SetConfigOption("GDAL_TIFF_INTERNAL_MASK", None)
        for name in ("alpha.tif", "nodata.tif", "mask.tif"):
            self.draw(name)
            self.assertEqual(self.centre(), GROUND, name)

    def test_a_half_alpha_is_half(self):
        write_tiff("a.tif", self.flat(0, 0, 0, 128), self.whole, options=["ALPHA=YES"]).FlushCache()
        self.draw("a.tif")
        for got, ground in zip(self.centre(), GROUND):
            self.assertAlmostEqual(got, ground * 127 / 255, delta=2)

    def test_colours_of_a_palette_are_not_mixed(self):
        table = gdal.ColorTable()
        colours = [(200, 0, 0, 255), (0, 0, 200, 255), (0, 160, 0, 255)]
        for i, colour in enumerate(colours):
            table.SetColorEntry(i, colour)
        y, x = numpy.mgrid[0:1500, 0:1500]
        out = write_tiff("a.tif", [((x + 2 * y) // 3 % 3).astype(numpy.uint8)], self.whole)
        out.GetRasterBand(1).SetColorTable(table)
        out = None
        self.draw("a.tif")
        seen = {tuple(int(v) for v in c) for c in self.pixels()[:, self.free()].T}
        self.assertLessEqual({c[:3] for c in colours}, seen)
        self.assertLessEqual(seen, {c[:3] for c in colours} | {GROUND})
        self.draw("a.tif", output="m.pdf")
        self.assertNotIn(b"/DCTDecode", pathlib.Path("m.pdf").read_bytes())

    def test_sixteen_bits_are_stretched_and_that_is_said(self):
        ramp = numpy.tile(numpy.linspace(1000, 3000, 1500), (1500, 1)).astype(numpy.uint16)
        write_tiff("a.tif", [ramp], self.whole, kind=gdal.GDT_UInt16).FlushCache()
        self.draw("a.tif")
        low, high = 1000 + 2000 * 0.02, 1000 + 2000 * 0.98
        column, row = self.at(22.6123, 32.735)
        left, top, _, _, x0, y0, step = self.grid()
        value = 1000 + 2000 * (x0 + (column + 0.5 - left) * step - 640000) / 20 / 1499
        self.assertAlmostEqual(self.centre()[0], 255 * (value - low) / (high - low), delta=3)
        self.assertIn("contrast stretched", test_map_formats.texts(pathlib.Path("m.png").read_bytes())["Source"])


class Tiles(Base):
    """The tiles around Derna, each of a colour of its own."""
    zoom = 13

    def tile_of(self, lon, lat, zoom):
        n = 2 ** zoom
        y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
        return int((lon + 180) / 360 * n), int(y * n)

    def write_tiles(self, name="t.mbtiles", damaged=False, view=False, data=None, **metadata):
        db = sqlite3.connect(name)
        db.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        db.executemany("INSERT INTO metadata VALUES (?, ?)", metadata.items())
        table = "stored" if view else "tiles"
        db.execute(f"CREATE TABLE {table} (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB)")
        x, y = self.tile_of(22.63, 32.745, self.zoom)
        for dx in range(-3, 4):
            for dy in range(-3, 4):
                blob = data or png_tile((100 + 20 * dx, 100 + 20 * dy, 50))
                db.execute(f"INSERT INTO {table} VALUES (?, ?, ?, ?)", (self.zoom, x + dx, 2 ** self.zoom - 1 - y - dy, blob))
        if damaged:
            db.execute(f"UPDATE {table} SET tile_data = substr(tile_data, 1, 60) WHERE tile_column = ? AND tile_row = ?",
                       (x, 2 ** self.zoom - 1 - y))
        if view:
            db.execute("CREATE VIEW tiles AS SELECT * FROM stored")
        db.commit()
        db.close()
        return name

    def test_each_tile_is_where_it_is(self):
        for view in (False, True):
            self.draw(self.write_tiles(f"t{view}.mbtiles", view=view))
            x, y = self.tile_of(22.63, 32.745, self.zoom)
            seen = set()
            for lon, lat in ((22.6123, 32.735), (22.655, 32.765), (22.602, 32.768), (22.641, 32.728)):
                tx, ty = self.tile_of(lon, lat, self.zoom)
                want = (100 + 20 * (tx - x), 100 + 20 * (ty - y), 50)
                seen.add(want)
                for got, wanted in zip(self.colour_at(lon, lat), want):
                    self.assertAlmostEqual(got, wanted, delta=1)
            self.assertGreater(len(seen), 1)

    def test_what_it_says_of_itself(self):
        self.draw(self.write_tiles(attribution='<a href="https://x.org/" target="_blank">&copy; A &amp; B</a> 2023'))
        said = test_map_formats.texts(pathlib.Path("m.png").read_bytes())
        self.assertIn("Background image: © A & B 2023; 16 m a pixel", said["Source"])
        self.assertIn("© A & B 2023", said["Copyright"])

    def test_what_cannot_be_read(self):
        cases = (
            (self.write_tiles("damaged.mbtiles", damaged=True), "the tile at zoom 13", "damaged"),
            (self.write_tiles("vector.mbtiles", data=b"\x1f\x8b\x08\0\0\0"), "vector tiles"),
            (self.write("text.mbtiles", "hello, this is no database at all, whatever its name says of it"), "no tables as MBTiles"),
        )
        for name, *words in cases:
            done = self.map("x.png", "--extent", self.extent, "--base", name, code=1)
            for word in words:
                self.assertIn(word, done.stderr)
            self.assertFalse(pathlib.Path("x.png").exists())
            self.assertEqual(done.stderr.strip().count("\n"), 0, done.stderr)

    def test_a_view_that_never_ends(self):
        db = sqlite3.connect("loop.mbtiles")
        db.execute("CREATE VIEW tiles AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
                   "SELECT 1 AS zoom_level, i AS tile_column, 0 AS tile_row, NULL AS tile_data FROM n")
        db.close()
        self.map("x.png", "--extent", self.extent, "--base", "loop.mbtiles", code=1)


class Said(Base):
    def setUp(self):
        super().setUp()
        write_tiff("credit.tif", waves(300, 300), (640000, 100, 0, 3640000, 0, -100), TIFFTAG_COPYRIGHT="(c) Maker 2023",
                   TIFFTAG_DATETIME="2023:09:14 08:12:00").FlushCache()
        write_tiff("plain.tif", waves(300, 300), (640000, 100, 0, 3640000, 0, -100)).FlushCache()

    def source(self, lang="en", output="m.png"):
        return test_map_formats.texts(pathlib.Path(output).read_bytes())["Source"]

    def test_source_resolution_and_date(self):
        self.draw("credit.tif", "--lang", "en")
        self.assertIn("Background image: (c) Maker 2023; 100 m a pixel; file dated 2023-09-14", self.source())
        self.draw("credit.tif", "--lang", "ar")
        self.assertRegex(self.source(), "صورة الخلفية: .*Maker 2023؛ دقتها 100 م للبكسل؛ تاريخ الملف 2023-09-14")

    def test_the_option_wins_and_nothing_is_unknown(self):
        self.draw("credit.tif", "--base-attribution", "Somebody else, CC BY")
        self.assertIn("Somebody else, CC BY; 100 m", self.source())
        self.assertNotIn("Maker", self.source())
        self.draw("plain.tif")
        self.assertIn("source not stated; 100 m a pixel", self.source())

    def test_no_path_and_no_name_of_a_file_in_any_output(self):
        for output in ("m.png", "m.pdf", "m.svg"):
            self.draw("plain.tif", "--world-file" if output == "m.png" else "--quiet", output=output)
        for path in self.folder.glob("m.*"):
            for word in (b"plain.tif", str(self.folder).encode()):
                self.assertNotIn(word, path.read_bytes(), path.name)

    def test_every_audience_sees_it(self):
        for audience in ("internal", "humanitarian"):
            self.draw("credit.tif", "--audience", audience, "--sheet", "overview")
            self.assertIn("Maker", self.source())

    def test_made_up_pictures_say_so(self):
        write_tiff("invented.tif", waves(300, 300), (640000, 100, 0, 3640000, 0, -100), SYNTHETIC="yes").FlushCache()
        self.draw("plain.tif", "--lang", "en")
        plain = self.pixels()
        self.draw("invented.tif", "--lang", "en")
        yellow = numpy.array([0xff, 0xd4, 0]).reshape(3, 1, 1)
        self.assertGreater(numpy.all(self.pixels() == yellow, axis=0).sum(), 1000)
        self.assertLess(numpy.all(plain == yellow, axis=0).sum(), 100)

    def test_off_the_map_is_told_and_not_credited(self):
        write_tiff("far.tif", waves(300, 300), (240000, 100, 0, 3640000, 0, -100), TIFFTAG_COPYRIGHT="Maker").FlushCache()
        done = self.draw("far.tif")
        self.assertIn("does not lie where the map is", done.stderr)
        self.assertNotIn("Maker", self.source())
        self.map("none.png", "--extent", self.extent, "--dpi", str(DPI))
        self.assertEqual(pathlib.Path("none.png").read_bytes(), pathlib.Path("m.png").read_bytes())

    def test_of_a_sheet_file(self):
        self.write("mine.json", {"extends": "overview", "base": {"file": "plain.tif", "attribution": "Ours"}})
        self.map("m.png", "--sheet", "mine.json")
        self.assertIn("Background image: Ours", self.source())
        for base, words in (({"file": "../plain.tif"}, "beside the sheet"), ("plain.tif", "to be an object"), ({"file": "no.tif"}, "no such file")):
            self.write("bad.json", {"extends": "overview", "base": base})
            self.assertIn(words, self.map("x.png", "--sheet", "bad.json", code=1).stderr)

    def test_in_a_plan(self):
        self.write("plan.json", {"workspace": "w.gpkg", "steps": [
            {"command": "map", "options": {"output": "m.png", "base": "plain.tif", "base-attribution": "Planned"}}]})
        done = support.run("run", "plan.json", "--output-dir", ".")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("Planned", self.source())


class Files(Base):
    def test_the_same_bytes_with_any_number_of_threads(self):
        write_tiff("a.tif", waves(900, 900), (22.58, 1e-4, 0, 32.79, 0, -1e-4), 4326).FlushCache()
        for output in ("m.png", "m.pdf", "m.svg"):
            sums = set()
            for threads in ("1", "2", "3"):
                self.draw("a.tif", "--threads", threads, output=output)
                sums.add(hashlib.sha256(pathlib.Path(output).read_bytes()).hexdigest())
            self.assertEqual(len(sums), 1, output)

    def test_a_pdf_holds_one_packed_image(self):
        write_tiff("a.tif", waves(900, 900), (640000, 30, 0, 3640000, 0, -30)).FlushCache()
        self.draw("a.tif", output="m.pdf")
        data = pathlib.Path("m.pdf").read_bytes()
        self.assertEqual(data.count(b"/DCTDecode"), 1)
        self.draw("a.tif", output="m.svg")
        self.assertEqual(pathlib.Path("m.svg").read_bytes().count(b"data:image/jpeg;base64"), 1)

    def test_what_is_refused(self):
        write_tiff("nocrs.tif", waves(30, 30), (640000, 100, 0, 3640000, 0, -100), 0).FlushCache()
        write_tiff("noplace.tif", waves(30, 30), None).FlushCache()
        self.write("picture.png", "x")
        self.write("vrt.tif", "<VRTDataset rasterXSize=\"1\" rasterYSize=\"1\"/>")
        out = write_tiff("cut.tif", [numpy.random.default_rng(1).integers(0, 255, (600, 600))] * 3, (640000, 60, 0, 3640000, 0, -60),
                         options=("TILED=YES", "COMPRESS=DEFLATE", "COPY_SRC_OVERVIEWS=NO"))
        out = None
        data = pathlib.Path("cut.tif").read_bytes()
        pathlib.Path("cut.tif").write_bytes(data[:200000] + bytes(len(data) - 200000))
        for name, words in (("nocrs.tif", "coordinate reference system"), ("noplace.tif", "where on earth"), ("picture.png", "GeoTIFF"),
                            ("vrt.tif", "cannot be opened as a GeoTIFF"), ("none.tif", "no such file"), ("cut.tif", "is damaged"),
                            ("https://tiles.org/a.tif", "only files are read"), ("/vsicurl/http://x/a.tif", "virtual file systems"),
                            (".", "regular files")):
            done = self.map("x.png", "--base", name, "--extent", self.extent, code=1)
            self.assertIn(words, done.stderr)
            self.assertEqual(done.stderr.strip().count("\n"), 0, done.stderr)
            self.assertFalse(pathlib.Path("x.png").exists())
        done = self.map("x.png", "--base-attribution", "Us", code=2)
        self.assertIn("give --base too", done.stderr)

    @unittest.skipUnless((support.ROOT / "../shared/bad").is_dir(), "needs ../shared")
    def test_hostile_rasters(self):
        for path in sorted((support.ROOT / "../shared/bad").glob("*.tif")):
            if path.name == "r11_flipped.tif" or path.name == "r05_nodatanan.tif":
                continue
            done = self.map("x.png", "--base", str(path), "--extent", self.extent, code=1)
            self.assertEqual(done.stderr.strip().count("\n"), 0, done.stderr)


if __name__ == "__main__":
    unittest.main()
