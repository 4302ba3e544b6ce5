#!/usr/bin/python3
"""io_check.py IN.gpkg LAYER OUT.gpkg: is OUT a true and well indexed copy? One line, exit 1 if not.

SQLite's own check of the R-tree and of the file, then GDAL: the same number of features in 20 boxes (through the index
of OUT, and by looking at all boxes of IN), and the same geometry and values in 2,000 rows."""
import random
import sqlite3
import sys

from osgeo import gdal, ogr

gdal.UseExceptions()


def main():
    source, name, target = sys.argv[1:4]
    faults = []
    db = sqlite3.connect('file:%s?mode=ro' % target, uri=True)
    for sql in ("SELECT rtreecheck('rtree_%s_geom')" % name, 'PRAGMA integrity_check'):
        verdict = db.execute(sql).fetchone()[0]
        if verdict != 'ok':
            faults.append('%s: %s' % (sql, verdict[:200]))
    extent = db.execute('SELECT min_x, max_x, min_y, max_y FROM gpkg_contents WHERE table_name = ?', (name,)).fetchone()
    db.close()
    a, b = gdal.OpenEx(source), gdal.OpenEx(target)
    la, lb = a.GetLayerByName(name), b.GetLayerByName(name)
    if la.GetFeatureCount() != lb.GetFeatureCount():
        faults.append('%d rows for %d' % (lb.GetFeatureCount(), la.GetFeatureCount()))
    boxes = []
    for feature in la:
        g = feature.GetGeometryRef()
        if g is not None and not g.IsEmpty():
            boxes.append(g.GetEnvelope())
    xmin, xmax = min(e[0] for e in boxes), max(e[1] for e in boxes)
    ymin, ymax = min(e[2] for e in boxes), max(e[3] for e in boxes)
    if extent != (xmin, xmax, ymin, ymax):
        faults.append('extent %s for %s' % (extent, (xmin, xmax, ymin, ymax)))
    r = random.Random(1)
    for _ in range(20):
        w = (xmax - xmin) * r.choice((0.001, 0.01, 0.1))
        x, y = r.uniform(xmin, xmax - w), r.uniform(ymin, ymax - w)
        want = sum(1 for e in boxes if e[1] >= x and e[0] <= x + w and e[3] >= y and e[2] <= y + w)
        lb.SetSpatialFilterRect(x, y, x + w, y + w)
        # GDAL compares shapes after boxes, so ask the index itself.
        sql = 'SELECT count(*) FROM "rtree_%s_geom" WHERE maxx >= %.17g AND minx <= %.17g AND maxy >= %.17g AND miny <= %.17g'
        found = b.ExecuteSQL(sql % (name, x, x + w, y, y + w))
        got = found.GetNextFeature().GetField(0)
        b.ReleaseResultSet(found)
        near = sum(1 for e in boxes if e[1] >= x - 1 and e[0] <= x + w + 1 and e[3] >= y - 1 and e[2] <= y + w + 1)
        if not want <= got <= near:
            faults.append('box %s: %d for %d to %d' % ((x, y, w), got, want, near))
    lb.SetSpatialFilter(None)
    for fid in sorted(r.sample(range(1, la.GetFeatureCount() + 1), 2000)):
        fa, fb = la.GetFeature(fid), lb.GetFeature(fid)
        if fa.items() != fb.items():
            faults.append('fid %d: %s for %s' % (fid, fb.items(), fa.items()))
        ga, gb = fa.GetGeometryRef(), fb.GetGeometryRef()
        if (ga is None) != (gb is None) or (ga is not None and not ogr.ForceTo(ga.Clone(), gb.GetGeometryType()).Equals(gb)):
            faults.append('fid %d: another geometry' % fid)
    print('check: %s' % ('; '.join(faults[:5]) if faults else 'true copy, index sound'))
    return 1 if faults else 0


sys.exit(main())
