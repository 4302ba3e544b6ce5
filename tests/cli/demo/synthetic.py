"""What the tests of the invented half of the demo share: its files as GDAL reads them, the real data in the same
metres."""
import csv
import io
import zipfile

import demo

try:
    from osgeo import gdal, ogr, osr
except ImportError:
    demo.skip("needs Debian's python3-gdal")
gdal.UseExceptions()
ogr.UseExceptions()
osr.UseExceptions()

FOLDER = demo.DATA / "synthetic"
MARK = "SYNTHETIC"
RASTERS = ("terrain", "flood_depth", "flood_velocity", "flood_arrival", "earthquake_pga")


def to_metres():
    degrees, metres = osr.SpatialReference(), osr.SpatialReference()
    degrees.ImportFromEPSG(4326)
    degrees.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    metres.ImportFromEPSG(32634)
    return osr.CoordinateTransformation(degrees, metres)


METRES = to_metres()


def in_metres(geometry):
    geometry = geometry.Clone()
    geometry.Transform(METRES)
    return geometry


def shapes(path):
    """[(properties, geometry in metres)] of a GeoJSON file."""
    return [(f["properties"], in_metres(ogr.CreateGeometryFromJson(str(f["geometry"])))) for f in demo.features(path)]


def buildings():
    with zipfile.ZipFile(FOLDER / "building.zip") as archive:
        text = archive.read("building.csv").decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    for row in rows:
        row["shape"] = in_metres(ogr.CreateGeometryFromWkt(row.pop("wkt")))
    return rows


def real_observations():
    """Damage points, hospitals and schools."""
    files = [demo.DERNA_EXCERPT, demo.ALMARJ_POINTS, demo.DATA / "osm" / "derna_osm_facilities.geojson"]
    return [shape for path in files for _, shape in shapes(path)]


class Near:
    """Shapes by squares of 250 m, to look only at those that can be near."""

    def __init__(self, items):
        self.squares = {}
        for number, shape in enumerate(items):
            for square in self.covered(shape):
                self.squares.setdefault(square, []).append((number, shape))

    @staticmethod
    def covered(shape):
        west, east, south, north = shape.GetEnvelope()
        return [(i, j) for i in range(int(west // 250), int(east // 250) + 1)
                for j in range(int(south // 250), int(north // 250) + 1)]

    def around(self, shape):
        """(number, shape) in the same squares or next to them."""
        found = {}
        for i, j in self.covered(shape):
            for di in (-1, 0, 1):
                for dj in (-1, 0, 1):
                    found.update(self.squares.get((i + di, j + dj), ()))
        return found.items()


class Raster:
    """Cells in rows from the north, NaN-free: `nodata` is a number."""

    def __init__(self, name):
        self.data = gdal.Open(str(FOLDER / (name + ".tif")))
        self.width, self.height = self.data.RasterXSize, self.data.RasterYSize
        self.west, self.cell, _, self.north, _, _ = self.data.GetGeoTransform()
        band = self.data.GetRasterBand(1)
        self.nodata = band.GetNoDataValue()
        self.values = memoryview(band.ReadRaster(buf_type=gdal.GDT_Float64)).cast("d")

    def at(self, x, y):
        return self.values[int((self.north - y) // self.cell) * self.width + int((x - self.west) // self.cell)]

    def centre(self, row, column):
        return self.west + (column + 0.5) * self.cell, self.north - (row + 0.5) * self.cell
