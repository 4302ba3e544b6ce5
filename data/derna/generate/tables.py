"""The tables and shapes as files: GeoJSON and CSV in degrees with six decimals, a feature or row a line, the same
bytes each time."""
import csv
import io
import json
import zipfile

from utm import unproject

LONG_AGO = (2023, 9, 21, 0, 0, 0)  # the date inside a .zip; any that stays


def degrees(line):
    """Without places that fall on their neighbour when rounded."""
    out = []
    for x, y in line:
        place = unproject(x, y)
        if not out or out[-1] != place:
            out.append(place)
    return out


def write_text(path, text):
    with open(path, "w", encoding="utf-8", newline="\n") as f:
        f.write(text)


def write_geojson(path, features, note):
    """features: (properties, geometry type, coordinates in degrees)."""
    features = [{"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}
                for properties, kind, coordinates in features]
    lines = [json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features]
    write_text(path, '{"type":"FeatureCollection","name":"%s","note":"%s","features":[\n%s\n]}\n'
               % (path.stem, note, ",\n".join(lines)))


def csv_text(columns, rows):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def write_csv(path, columns, rows):
    write_text(path, csv_text(columns, rows))


def write_zipped_csv(path, columns, rows):
    entry = zipfile.ZipInfo(path.stem + ".csv", LONG_AGO)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry, csv_text(columns, rows), compresslevel=9)


def wkt_polygon(ring):
    return "POLYGON((%s))" % ",".join("%.6f %.6f" % place for place in ring)
