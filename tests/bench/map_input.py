#!/usr/bin/python3
"""map_input.py SCENE ROADS POINTS OUT CRS: buildings, roads and sites as layers of the model in one GeoPackage, with spatial indexes; the
classes of buildings (0..4) are their floors, so that styles of all programs can filter by a number. EPSG:4326 is how a workspace has them."""
import sys

from osgeo import gdal

gdal.UseExceptions()
scene, roads, points, out, crs = sys.argv[1:6]
CLASSES = "CASE class WHEN 0 THEN 'primary' WHEN 1 THEN 'secondary' WHEN 2 THEN 'tertiary' ELSE 'residential' END"
LAYERS = [
    (roads, 'road', "SELECT 'road' || eid AS road_id, %s AS class, speed_kmh, geom FROM roads ORDER BY fid" % CLASSES, 'LINESTRING'),
    (scene, 'building', "SELECT 'building' || bid AS building_id, damage_txt AS \"use\", damage AS floors, geom FROM buildings ORDER BY fid",
     'POLYGON'),
    (points, 'site', "SELECT 'site' || sid AS site_id, name AS name_en, kind AS site_type, population AS capacity, geom FROM sites "
     "ORDER BY fid", 'POINT'),
]
for number, (source, name, sql, shape) in enumerate(LAYERS):
    gdal.VectorTranslate(out, source, format='GPKG', layerName=name, SQLStatement=sql, SQLDialect='SQLITE', geometryType=shape,
                         reproject=crs != 'EPSG:32634', dstSRS=crs, accessMode='append' if number else None,
                         layerCreationOptions=['GEOMETRY_NAME=geom', 'SPATIAL_INDEX=YES'])
