#!/usr/bin/python3
"""access_input.py ROADS.gpkg SERVICES.gpkg OUT.gpkg: the generated network as sitemap's layers and as the peers want it, so that all of them
answer the same question from the same roads.

OUT.gpkg has the layers roads (road_id, from_node, to_node, class, speed_kmh, length_m, time_s; the columns that the peers read by their place
are where they were), nodes (building_id, population), services (service_id, service_type, all of one type) and services_10 (the same
places, of ten types in turn). Services stand on their nearest node. length_m is that of the ellipsoid and speed_kmh is such that
time_s is what it takes. Beside it, for the peers: OUT.src.txt (nodes of all services), OUT.TYPE.txt (those of each of ten types),
OUT.pop.csv (node, people), OUT.edges.csv (node, node, time_s). Deterministic."""
import os
import struct
import sys

import numpy as np
import pyproj
from osgeo import ogr, osr
from scipy.spatial import cKDTree

CLASSES = ('primary', 'secondary', 'tertiary', 'residential')
TYPES = ('hospital', 'clinic', 'pharmacy', 'school', 'water_point', 'food_distribution', 'market', 'bakery', 'police', 'worship')
ogr.UseExceptions()
roads, services, target = sys.argv[1:4]
base = target[:-len('.gpkg')]
part = base + '.part.gpkg'


def line(wkb):
    count = struct.unpack_from('<I', wkb, 5)[0]
    return np.frombuffer(wkb, '<f8', 2 * count, 9).reshape(-1, 2)


def ellipsoidal(lines, srs):
    """Lengths in metres: geodesics between vertices."""
    to_degrees = pyproj.Transformer.from_crs(srs, pyproj.CRS(srs).geodetic_crs, always_xy=True)
    ends = np.cumsum([len(l) for l in lines])
    xy = np.concatenate(lines)
    lon, lat = to_degrees.transform(xy[:, 0], xy[:, 1])
    pieces = pyproj.Geod(ellps='WGS84').inv(lon[:-1], lat[:-1], lon[1:], lat[1:])[2]
    pieces[ends[:-1] - 1] = 0
    return np.add.reduceat(np.append(pieces, 0), np.append(0, ends[:-1]))


def layer(ds, name, srs, kind, fields):
    made = ds.CreateLayer(name, srs, kind, ['SPATIAL_INDEX=NO'])
    for field, of in fields:
        made.CreateField(ogr.FieldDefn(field, of))
    return made


def put(made, wkb, values):
    feature = ogr.Feature(made.GetLayerDefn())
    for k, value in enumerate(values):
        feature.SetField(k, value)
    feature.SetGeometryDirectly(ogr.CreateGeometryFromWkb(wkb))
    made.CreateFeature(feature)


def point(x, y):
    return struct.pack('<BIdd', 1, 1, x, y)


source = ogr.Open(roads)
rows = source.GetLayerByName('roads')
srs = rows.GetSpatialRef()
found = [(f['from_node'], f['to_node'], f['class'], f['time_s'], bytes(f.GetGeometryRef().ExportToIsoWkb(ogr.wkbNDR))) for f in rows]
length = ellipsoidal([line(row[4]) for row in found], srs.ExportToWkt())
nodes = [(f['node'], f['population'], f.GetGeometryRef().GetX(), f.GetGeometryRef().GetY()) for f in source.GetLayerByName('nodes')]
opened = ogr.Open(services)
places = [(f.GetGeometryRef().GetX(), f.GetGeometryRef().GetY()) for f in opened.GetLayer(0)]
_, nearest = cKDTree([(n[2], n[3]) for n in nodes]).query(places)

text, integer, real = ogr.OFTString, ogr.OFTInteger, ogr.OFTReal
if os.path.exists(part):
    os.remove(part)
ds = ogr.GetDriverByName('GPKG').CreateDataSource(part)
ds.StartTransaction()
made = layer(ds, 'roads', srs, ogr.wkbLineString, [('road_id', text), ('from_node', integer), ('to_node', integer), ('class', text),
                                                   ('speed_kmh', real), ('length_m', real), ('time_s', real)])
with open(base + '.edges.csv', 'w', encoding='ascii') as edges:
    for k, (a, b, of, time, wkb) in enumerate(found):
        put(made, wkb, ('r%d' % (k + 1), a, b, CLASSES[of], length[k] / time * 3.6, length[k], time))
        edges.write('%d,%d,%.9f\n' % (a, b, time))
made = layer(ds, 'nodes', srs, ogr.wkbPoint, [('building_id', text), ('population', integer)])
for node, people, x, y in nodes:
    put(made, point(x, y), ('n%d' % node, people))
for name, types in (('services', 1), ('services_10', 10)):
    made = layer(ds, name, srs, ogr.wkbPoint, [('service_id', text), ('service_type', text)])
    for k, at in enumerate(nearest):
        put(made, point(nodes[at][2], nodes[at][3]), ('s%d' % k, TYPES[k % types]))
ds.CommitTransaction()
ds = None
np.savetxt(base + '.pop.csv', [n[:2] for n in nodes], fmt='%d', delimiter=',')
np.savetxt(base + '.src.txt', sorted(set(nodes[at][0] for at in nearest)), fmt='%d')
for k, kind in enumerate(TYPES):
    np.savetxt('%s.%s.txt' % (base, kind), sorted(set(nodes[at][0] for at in nearest[k::10])), fmt='%d')
os.rename(part, target)
