"""A GeoPackage with a styled layer for each of our styles, made with GDAL and plain SQL, without our own writer."""
import csv
import sqlite3
import subprocess
import sys

try:
    from osgeo import ogr, osr
except ImportError as reason:
    print("SKIP: python3-gdal is not installed:", reason)
    sys.exit(77)

OGR_TYPES = {"text": ogr.OFTString, "int": ogr.OFTInteger64, "real": ogr.OFTReal, "bool": ogr.OFTInteger,
             "date": ogr.OFTDate}
SHAPES = {"p": ogr.wkbPoint, "l": ogr.wkbLineString, "g": ogr.wkbPolygon}
LAYER_STYLES = """CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256),
 f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT,
 styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME);
INSERT INTO gpkg_contents(table_name, data_type, identifier) VALUES('layer_styles', 'attributes', 'layer_styles');"""


def shape_wkt(shape, x, y):
    if shape == "p":
        return f"POINT({x} {y})"
    if shape == "l":
        return f"LINESTRING({x - 0.4} {y - 0.2},{x - 0.1} {y + 0.25},{x + 0.4} {y + 0.1})"
    return f"POLYGON(({x - 0.4} {y - 0.3},{x + 0.4} {y - 0.3},{x + 0.3} {y + 0.3},{x - 0.4} {y + 0.3},{x - 0.4} {y - 0.3}))"


def write_table(path, columns, rows):
    """CSV as style_tool reads it: "name:type" heads, None as an empty cell, text always quoted."""
    with open(path, "w", newline="", encoding="utf-8") as f:
        f.write(",".join(f"{n}:{t}" for n, t in columns) + "\n")
        for row in rows:
            cells = []
            for (_, kind), value in zip(columns, row):
                cells.append("" if value is None else '"' + value.replace('"', '""') + '"' if kind == "text" else str(value))
            f.write(",".join(cells) + "\n")


def add_layer(dataset, name, shape, columns, rows, per_line=8):
    """Rows on a grid; shape may be several letters: then every row stands once for each."""
    srs = osr.SpatialReference()
    srs.ImportFromEPSG(32634)
    kind = SHAPES[shape] if len(shape) == 1 else ogr.wkbUnknown
    layer = dataset.CreateLayer(name, srs, kind, ["GEOMETRY_NAME=geom"])
    for column, column_type in columns:
        definition = ogr.FieldDefn(column, OGR_TYPES[column_type])
        if column_type == "bool":
            definition.SetSubType(ogr.OFSTBoolean)
        layer.CreateField(definition)
    for index, row in enumerate(rows):
        for letter in shape:
            feature = ogr.Feature(layer.GetLayerDefn())
            for (column, _), value in zip(columns, row):
                if value is not None:
                    feature.SetField(column, value)
            x = 650000 + 100 * (index % per_line + 10 * shape.index(letter))
            y = 3630000 - 100 * (index // per_line)
            g = ogr.CreateGeometryFromWkt(shape_wkt(letter, 0, 0))
            moved = []
            for i in range(g.GetPointCount() if letter != "g" else g.GetGeometryRef(0).GetPointCount()):
                p = (g if letter != "g" else g.GetGeometryRef(0)).GetPoint(i)
                moved.append(f"{x + 100 * p[0]} {y + 100 * p[1]}")
            text = ",".join(moved)
            feature.SetGeometry(ogr.CreateGeometryFromWkt(
                {"p": f"POINT({text})", "l": f"LINESTRING({text})", "g": f"POLYGON(({text}))"}[letter]))
            layer.CreateFeature(feature)


def create(path):
    return ogr.GetDriverByName("GPKG").CreateDataSource(path)


def add_styles(path, styles):
    """styles: {layer: (qml, sld)}"""
    db = sqlite3.connect(path)
    db.executescript(LAYER_STYLES)
    for layer, (qml, sld) in styles.items():
        db.execute("INSERT INTO layer_styles(f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName,"
                   " styleQML, styleSLD, useAsDefault, owner, update_time)"
                   " VALUES('', '', ?, 'geom', 'default', ?, ?, 1, '', '2023-09-20T00:00:00.000Z')", (layer, qml, sld))
    db.commit()
    db.close()


def run_tool(tool, *arguments):
    done = subprocess.run([tool, *arguments], capture_output=True, text=True, encoding="utf-8")
    if done.returncode != 0 or done.stderr:
        raise SystemExit(f"style_tool {' '.join(arguments)}: {done.stderr}")
    return done.stdout
