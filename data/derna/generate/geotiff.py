"""GeoTIFF as little as it takes: one band of float32, tiles of 128 x 128, deflate with the floating-point predictor,
nodata, EPSG:32634 and text in GDAL's metadata. Same cells, same bytes (where zlib is the same)."""
import struct
import zlib
from array import array

import utm

TILE = 128
LEVEL = 9
SHORT, LONG, DOUBLE, ASCII = 3, 4, 12, 2
FORMATS = {SHORT: "H", LONG: "I", DOUBLE: "d"}


def predicted(rows):
    """TIFF predictor 3: in each row the bytes of the values, highest first, gathered by place and differenced."""
    out = bytearray()
    for row in rows:
        big = array("f", row)
        big.byteswap()  # this runs on little-endian machines, as all that hold the demo
        raw = big.tobytes()
        gathered = raw[0::4] + raw[1::4] + raw[2::4] + raw[3::4]
        out += bytes((b - a) & 255 for a, b in zip(b"\0" + gathered, gathered))
    return bytes(out)


def tiles(values, width, height, nodata):
    for top in range(0, height, TILE):
        for left in range(0, width, TILE):
            rows = []
            for row in range(top, top + TILE):
                part = values[row * width + left: row * width + min(left + TILE, width)] if row < height else []
                rows.append(list(part) + [nodata] * (TILE - len(part)))
            yield zlib.compress(predicted(rows), LEVEL)


def metadata(items):
    escape = lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return "<GDALMetadata>\n%s</GDALMetadata>\n" % "".join(
        '  <Item name="%s">%s</Item>\n' % (escape(name), escape(text)) for name, text in sorted(items.items()))


def write(path, values, grid, nodata, items):
    """`grid`: cells.Grid; `items`: names and texts for the metadata."""
    data = list(tiles(values, grid.width, grid.height, nodata))
    geo_keys = [1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, utm.EPSG]  # projected, pixel is area
    tags = [(256, LONG, [grid.width]), (257, LONG, [grid.height]), (258, SHORT, [32]), (259, SHORT, [8]),
            (262, SHORT, [1]), (277, SHORT, [1]), (284, SHORT, [1]), (317, SHORT, [3]),
            (322, LONG, [TILE]), (323, LONG, [TILE]),
            (324, LONG, [0] * len(data)), (325, LONG, [len(tile) for tile in data]), (339, SHORT, [3]),
            (33550, DOUBLE, [grid.cell, grid.cell, 0.0]), (33922, DOUBLE, [0.0, 0.0, 0.0, grid.west, grid.north, 0.0]),
            (34735, SHORT, geo_keys), (42112, ASCII, metadata(items)), (42113, ASCII, "%g" % nodata)]
    packed = [[tag, kind, pack(kind, content), count(content)] for tag, kind, content in tags]
    start = 8 + 2 + 12 * len(tags) + 4
    extra_size = sum(len(raw) + len(raw) % 2 for _, _, raw, _ in packed if len(raw) > 4)
    place, places = start + extra_size, []
    for tile in data:
        places.append(place)
        place += len(tile)
    packed[10][2] = pack(LONG, places)
    entries, extra = b"", b""
    for tag, kind, raw, number in packed:
        if len(raw) > 4:
            entries += struct.pack("<HHII", tag, kind, number, start + len(extra))
            extra += raw + b"\0" * (len(raw) % 2)
        else:
            entries += struct.pack("<HHI", tag, kind, number) + raw.ljust(4, b"\0")
    with open(path, "wb") as f:
        f.write(struct.pack("<2sHIH", b"II", 42, 8, len(tags)) + entries + struct.pack("<I", 0) + extra)
        f.write(b"".join(data))


def count(content):
    return len(content.encode()) + 1 if isinstance(content, str) else len(content)


def pack(kind, content):
    if kind == ASCII:
        return content.encode() + b"\0"
    return struct.pack("<%d%s" % (len(content), FORMATS[kind]), *content)
