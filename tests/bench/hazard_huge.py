#!/usr/bin/python3
"""hazard_huge.py OUT.tif: 100,000 x 100,000 cells in tiles of 512, over the 40 km of the workload, of which every 50th tile is there."""
import os
import sys

import numpy
from osgeo import gdal

gdal.UseExceptions()
CELLS, TILE = 100000, 512
like = gdal.Open(os.path.join(os.path.dirname(sys.argv[1]), 'depth_10000.tif'))
x, step, _, y, _, _ = like.GetGeoTransform()
cell = step * like.RasterXSize / CELLS
part = sys.argv[1] + '.part.tif'
out = gdal.GetDriverByName('GTiff').Create(part, CELLS, CELLS, 1, gdal.GDT_Float32,
                                           ['TILED=YES', 'BLOCKXSIZE=512', 'BLOCKYSIZE=512', 'SPARSE_OK=TRUE', 'BIGTIFF=YES', 'COMPRESS=DEFLATE'])
out.SetGeoTransform((x, cell, 0, y, 0, -cell))
out.SetProjection(like.GetProjection())
band = out.GetRasterBand(1)
band.SetNoDataValue(-9999)
tiles = CELLS // TILE
for k in range(0, tiles * tiles, 50):
    column, row = k % tiles, k // tiles
    band.WriteArray(numpy.full((TILE, TILE), 1 + k % 7, numpy.float32), column * TILE, row * TILE)
out = band = None
os.rename(part, sys.argv[1])
