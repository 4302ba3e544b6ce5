#!/usr/bin/python3
"""io_input.py SCENE.gpkg POINTS.gpkg OUT: the layers that reading and writing are measured on.

From the generated scene: OUT/polygons.gpkg (layer buildings: 1 row in 20 without geometry, 1 in 8 of two parts, 1 in 6 with a
hole) and OUT/points.gpkg (layer sites: 1 row in 20 without geometry). Every attribute has nulls. Deterministic."""
import os
import struct
import sys

from osgeo import gdal, ogr

gdal.UseExceptions()


def rings_of(wkb):
    at, rings = 9, []
    for _ in range(struct.unpack_from('<I', wkb, 5)[0]):
        n = struct.unpack_from('<I', wkb, at)[0]
        rings.append(struct.unpack_from('<%dd' % (2 * n), wkb, at + 4))
        at += 4 + 16 * n
    return rings


def polygon(rings):
    wkb = struct.pack('<BII', 1, 3, len(rings))
    for ring in rings:
        wkb += struct.pack('<I%dd' % len(ring), len(ring) // 2, *ring)
    return wkb


def hole_in(ring):
    n = len(ring) // 2 - 1
    cx, cy = sum(ring[0:-2:2]) / n, sum(ring[1:-2:2]) / n
    small = [((c - (cx, cy)[i % 2]) * 0.2 + (cx, cy)[i % 2]) for i, c in enumerate(ring)]
    return [v for i in range(n, -1, -1) for v in small[2 * i:2 * i + 2]]


def worse(wkb, i):
    if i % 20 == 0:
        return None
    if wkb[1] != 3:
        return bytes(wkb)
    rings = rings_of(wkb)
    if i % 6 == 0:
        rings = [rings[0], hole_in(rings[0])]
    one = polygon(rings)
    if i % 8 != 0:
        return one
    other = polygon([[v + (25 if k % 2 == 0 else 0) for k, v in enumerate(r)] for r in rings])
    return struct.pack('<BII', 1, 6, 2) + one + other


def copy(source, name, target, geometry_type, change=worse):
    if os.path.exists(target):
        os.remove(target)
    ds = gdal.OpenEx(source)
    old = ds.GetLayerByName(name)
    out = ogr.GetDriverByName('GPKG').CreateDataSource(target)
    new = out.CreateLayer(name, old.GetSpatialRef(), geometry_type, ['SPATIAL_INDEX=NO'])
    defn = old.GetLayerDefn()
    fields = defn.GetFieldCount()
    for k in range(fields):
        new.CreateField(defn.GetFieldDefn(k))
    new.StartTransaction()
    to = ogr.Feature(new.GetLayerDefn())
    for i, feature in enumerate(old):
        to.SetFID(-1)
        for k in range(fields):
            if i % (10 + 3 * k) == 0 or feature.IsFieldNull(k):
                to.SetFieldNull(k)
            else:
                to.SetField(k, feature.GetField(k))
        wkb = change(feature.GetGeometryRef().ExportToWkb(ogr.wkbNDR), i)
        to.SetGeometryDirectly(ogr.CreateGeometryFromWkb(wkb) if wkb else None)
        new.CreateFeature(to)
    new.CommitTransaction()


if __name__ == '__main__':
    copy(sys.argv[1], 'buildings', os.path.join(sys.argv[3], 'polygons.gpkg'), ogr.wkbUnknown)
    copy(sys.argv[2], 'sites', os.path.join(sys.argv[3], 'points.gpkg'), ogr.wkbPoint)
