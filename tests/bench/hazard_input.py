#!/usr/bin/python3
"""hazard_input.py SCENE.gpkg OUT.gpkg: the buildings of the scene made worse, as layer buildings: 1 row in 20 without geometry, 1 in 8 of
two parts, 1 in 6 of the rectangles with a hole, attributes with nulls; and its three hazards as they are. All of it is valid, so
that every peer can work on it. Deterministic."""
import os
import struct
import sys

from osgeo import gdal, ogr

import io_input

FARTHER = 40  # metres: more than a building is long, so that its two parts keep off each other


def worse(wkb, i):
    if i % 20 == 0:
        return None
    rings = io_input.rings_of(wkb)
    if i % 6 == 0 and len(rings[0]) == 10:
        rings = [rings[0], io_input.hole_in(rings[0])]
    one = io_input.polygon(rings)
    if i % 8 != 0:
        return one
    other = io_input.polygon([[v + (FARTHER if k % 2 == 0 else 0) for k, v in enumerate(r)] for r in rings])
    return struct.pack('<BII', 1, 6, 2) + one + other


source, target = sys.argv[1:3]
part = target + '.part.gpkg'
io_input.copy(source, 'buildings', part, ogr.wkbUnknown, worse)
for name in ('flood', 'landslide', 'seismic'):
    gdal.VectorTranslate(part, source, layers=[name], accessMode='update')
os.rename(part, target)
