#!/usr/bin/python3
"""io_qgis.py IN.gpkg LAYER OUT.gpkg: does QGIS open OUT and find in 20 boxes what lies there? One line; exit 1 if not, 77 where
there is no QGIS. Between the features wholly inside a box and those whose own box touches it, as looked up in IN."""
import os
import random
import sys

os.environ['QT_QPA_PLATFORM'] = 'offscreen'
try:
    from qgis.core import QgsApplication, QgsFeatureRequest, QgsRectangle, QgsVectorLayer
except ImportError:
    print('QGIS: not installed')
    sys.exit(77)
from osgeo import gdal

gdal.UseExceptions()


def main():
    source, name, target = sys.argv[1:4]
    app = QgsApplication([], False)
    app.initQgis()
    layer = QgsVectorLayer('%s|layername=%s' % (target, name), name, 'ogr')
    if not layer.isValid():
        print('QGIS: layer not valid')
        return 1
    ds = gdal.OpenEx(source)
    old = ds.GetLayerByName(name)
    boxes = []
    for feature in old:
        g = feature.GetGeometryRef()
        if g is not None and not g.IsEmpty():
            boxes.append(g.GetEnvelope())
    faults = []
    if layer.featureCount() != old.GetFeatureCount():
        faults.append('%d rows for %d' % (layer.featureCount(), old.GetFeatureCount()))
    e = layer.extent()
    xmin, xmax, ymin, ymax = e.xMinimum(), e.xMaximum(), e.yMinimum(), e.yMaximum()
    r = random.Random(2)
    for _ in range(20):
        w = (xmax - xmin) * r.choice((0.001, 0.01, 0.05))
        x, y = r.uniform(xmin, xmax - w), r.uniform(ymin, ymax - w)
        request = QgsFeatureRequest().setFilterRect(QgsRectangle(x, y, x + w, y + w)).setSubsetOfAttributes([])
        got = sum(1 for _ in layer.getFeatures(request))
        least = sum(1 for b in boxes if b[0] >= x and b[1] <= x + w and b[2] >= y and b[3] <= y + w)
        most = sum(1 for b in boxes if b[1] >= x - 1 and b[0] <= x + w + 1 and b[3] >= y - 1 and b[2] <= y + w + 1)
        if not least <= got <= most:
            faults.append('box %s: %d for %d to %d' % ((x, y, w), got, least, most))
    print('QGIS: %s' % ('; '.join(faults[:5]) if faults else 'opens it and finds what lies in 20 boxes'))
    return 1 if faults else 0


code = main()
sys.stdout.flush()
os._exit(code)  # QGIS takes its time to end, and may do so badly
