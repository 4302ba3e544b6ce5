"""Writing small OpenStreetMap files, XML and PBF, with nothing but the standard library. Nodes: id -> (lon, lat); ways: id -> (node ids,
tags). Form of PBF: https://wiki.openstreetmap.org/wiki/PBF_Format"""
import struct
import zlib
from xml.sax.saxutils import quoteattr


def xml(nodes, ways):
    text = ['<?xml version="1.0" encoding="UTF-8"?>', '<osm version="0.6" generator="tests">']
    text += ['<node id="%d" lon="%.7f" lat="%.7f"/>' % (i, *at) for i, at in nodes.items()]
    for i, (refs, tags) in ways.items():
        text.append('<way id="%d">' % i)
        text += ['<nd ref="%d"/>' % r for r in refs]
        text += ["<tag k=%s v=%s/>" % (quoteattr(k), quoteattr(v)) for k, v in tags.items()]
        text.append("</way>")
    return "\n".join(text + ["</osm>", ""])


def varint(number):
    out = bytearray()
    number &= (1 << 64) - 1
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes(out) + bytes([number])


def zigzag(number):
    return varint(number << 1 ^ number >> 63)


def field(number, value):
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def deltas(numbers):
    before = 0
    for n in numbers:
        yield n - before
        before = n


def blob(kind, content):
    body = field(2, len(content)) + field(3, zlib.compress(content))
    head = field(1, kind) + field(3, len(body))
    return struct.pack(">I", len(head)) + head + body


def pbf(nodes, ways):
    strings = [b""]

    def number_of(text):
        text = text.encode()
        if text not in strings:
            strings.append(text)
        return strings.index(text)

    dense = (field(1, b"".join(map(zigzag, deltas(nodes)))) +
             field(8, b"".join(map(zigzag, deltas(round(at[1] * 1e7) for at in nodes.values())))) +
             field(9, b"".join(map(zigzag, deltas(round(at[0] * 1e7) for at in nodes.values())))))
    lines = b""
    for i, (refs, tags) in ways.items():
        lines += field(3, field(1, i) + field(2, b"".join(varint(number_of(k)) for k in tags)) +
                       field(3, b"".join(varint(number_of(v)) for v in tags.values())) +
                       field(8, b"".join(map(zigzag, deltas(refs)))))
    table = field(1, b"".join(field(1, s) for s in strings))
    header = field(4, b"OsmSchema-V0.6") + field(4, b"DenseNodes")
    return blob(b"OSMHeader", header) + blob(b"OSMData", table + field(2, field(2, dense)) + field(2, lines))
