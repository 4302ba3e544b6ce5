#!/usr/bin/python3
"""hazard_input.py SCENE.gpkg OUT.gpkg: the buildings of the scene made worse, as layer buildings: 1 row in 20 without geometry, 1 in 8 of
two parts, 1 in 6 with a hole, attributes with nulls; and its three hazards as they are. Deterministic."""
import os
import sys

from osgeo import gdal, ogr

import io_input

source, target = sys.argv[1:3]
part = target + '.part.gpkg'
io_input.copy(source, 'buildings', part, ogr.wkbUnknown)
for name in ('flood', 'landslide', 'seismic'):
    gdal.VectorTranslate(part, source, layers=[name], accessMode='update')
os.rename(part, target)
