"""The workspace is a sound GeoPackage: GDAL's validate_gpkg.py, SQLite's checks, the R-trees, and GDAL's own counts."""
import sqlite3
import subprocess
import sys
import unittest

import demo

try:
    from osgeo import ogr
    from osgeo_utils.samples import validate_gpkg
except ImportError:
    demo.skip("needs Debian's python3-gdal")


class GeoPackage(unittest.TestCase):
    def test_validate_gpkg(self):
        done = subprocess.run([sys.executable, validate_gpkg.__file__, "--warning-as-error", str(demo.WORKSPACE)], capture_output=True, text=True,
                              check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_sqlite_checks(self):
        connection = sqlite3.connect("file:%s?mode=ro" % demo.WORKSPACE, uri=True)
        self.addCleanup(connection.close)
        self.assertEqual(connection.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
        self.assertEqual(connection.execute("PRAGMA foreign_key_check").fetchall(), [])
        trees = [r[0] for r in connection.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%rtree%'")]
        self.assertTrue(trees)
        for tree in trees:
            self.assertEqual(connection.execute("SELECT rtreecheck(?)", (tree,)).fetchone(), ("ok",))

    def test_every_shape_is_in_its_index(self):
        """rtreecheck looks at a tree alone: here its boxes are held against the shapes, as GDAL reads them."""
        ogr.UseExceptions()
        dataset = ogr.Open(str(demo.WORKSPACE))
        indexed = demo.rows(demo.WORKSPACE, "SELECT table_name, column_name FROM gpkg_geometry_columns ORDER BY 1")
        self.assertTrue(indexed)
        for layer in indexed:
            tree = "rtree_%s_%s" % (layer["table_name"], layer["column_name"])
            boxes = {r["id"]: r for r in demo.rows(demo.WORKSPACE, 'SELECT * FROM "%s"' % tree)}
            shapes = {}
            for f in dataset.GetLayerByName(layer["table_name"]):
                geometry = f.GetGeometryRef()
                if geometry is not None and not geometry.IsEmpty():
                    shapes[f.GetFID()] = geometry.GetEnvelope()
            with self.subTest(tree):
                self.assertEqual(set(boxes), set(shapes))
                for fid, (west, east, south, north) in shapes.items():
                    b = boxes[fid]
                    self.assertTrue(b["minx"] <= west and b["maxx"] >= east and b["miny"] <= south and b["maxy"] >= north, fid)
                    self.assertLess(max(west - b["minx"], b["maxx"] - east, south - b["miny"], b["maxy"] - north), 1e-4)

    def test_gdal_reads_every_row(self):
        ogr.UseExceptions()
        dataset = ogr.Open(str(demo.WORKSPACE))
        for layer in demo.layers(demo.WORKSPACE):
            with self.subTest(layer):
                n = demo.rows(demo.WORKSPACE, 'SELECT count(*) AS n FROM "%s"' % layer)[0]["n"]
                read = dataset.GetLayerByName(layer)
                if read is not None:  # tables that QGIS keeps are no layers
                    self.assertEqual(sum(1 for _ in read), n)

    def test_nothing_is_left_beside(self):
        self.assertEqual(list(demo.RUN.glob("derna.gpkg-*")), [])


unittest.main()
