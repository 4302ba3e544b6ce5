#!/usr/bin/env python3
"""Lines beside their lines and marks in a row, by us and by QGIS: the published layers of wandering roads and of areas,
drawn by a style that moves strokes to both sides and repeats marks and symbols, look alike, colour by colour.

    test_lines.py SITEMAP STYLES_FOLDER [KEEP_FOLDER]
"""
import json
import math
import os
import random
import shutil
import sys
import tempfile

import headless
from test_publish import check, export, open_project, problems, run
from qgis.core import QgsLayoutItemMap, QgsProject
from qgis.PyQt.QtGui import QImage

import numpy

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<StyledLayerDescriptor version="1.1.0" xmlns="http://www.opengis.net/sld" xmlns:se="http://www.opengis.net/se"
    xmlns:ogc="http://www.opengis.net/ogc" xmlns:xlink="http://www.w3.org/1999/xlink"><NamedLayer><se:Name>{name}</se:Name>
<UserStyle><se:Name>{name}</se:Name><se:FeatureTypeStyle><se:Rule><se:Name>all</se:Name><se:Description><se:Title>All | الكل
</se:Title></se:Description>{rule}</se:Rule></se:FeatureTypeStyle></UserStyle></NamedLayer></StyledLayerDescriptor>"""
COLOURS = {"left": "#d00000", "right": "#0000d0", "row": "#009000", "inside": "#d000d0", "arrow": "#009090"}


def stroke(colour, width, aside):
    return (f'<se:LineSymbolizer><se:Stroke><se:SvgParameter name="stroke">{colour}</se:SvgParameter>'
            f'<se:SvgParameter name="stroke-width">{width}</se:SvgParameter></se:Stroke>'
            f'<se:PerpendicularOffset>{aside}</se:PerpendicularOffset></se:LineSymbolizer>')


def row(graphic, size, initial, gap, aside):
    return (f'<se:LineSymbolizer><se:Stroke><se:GraphicStroke><se:Graphic>{graphic}<se:Size>{size}</se:Size></se:Graphic>'
            f'<se:InitialGap>{initial}</se:InitialGap><se:Gap>{gap}</se:Gap></se:GraphicStroke></se:Stroke>'
            f'<se:PerpendicularOffset>{aside}</se:PerpendicularOffset></se:LineSymbolizer>')


def mark(name, colour):
    return (f'<se:Mark><se:WellKnownName>{name}</se:WellKnownName><se:Fill><se:SvgParameter name="fill">{colour}'
            f'</se:SvgParameter></se:Fill></se:Mark>')


ROAD = (stroke("#b0b0b0", 1, 0) + stroke(COLOURS["left"], 1.5, 7) + stroke(COLOURS["right"], 1.5, -7) +
        row(mark("triangle", COLOURS["row"]), 6, 5, 9, 0) +
        row('<se:ExternalGraphic><se:OnlineResource xlink:type="simple" xlink:href="tick.svg"/><se:Format>image/svg+xml'
            '</se:Format></se:ExternalGraphic>', 6, 2, 12, 14))
AREA = ('<se:PolygonSymbolizer><se:Stroke><se:SvgParameter name="stroke">' + COLOURS["inside"] +
        '</se:SvgParameter><se:SvgParameter name="stroke-width">1.5</se:SvgParameter></se:Stroke>'
        '<se:PerpendicularOffset>-8</se:PerpendicularOffset></se:PolygonSymbolizer>' + stroke("#b0b0b0", 1, 0))
TICK = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12 6"><path d="M0 1h8V0l4 3-4 3V5H0z" '
        f'fill="{COLOURS["arrow"]}"/></svg>')


def feature(geometry, coordinates, **properties):
    return {"type": "Feature", "geometry": {"type": geometry, "coordinates": coordinates}, "properties": properties}


def write_inputs(folder):
    random.seed(5)
    roads, areas = [], []
    for i in range(6):
        lon, lat, heading, line = 22.600 + 0.003 * i, 32.750, random.uniform(0.5, 2.6), []
        for _ in range(9):
            line.append([lon, lat])
            heading += random.uniform(-0.7, 0.7)
            lon, lat = lon + 0.0012 * math.cos(heading), lat + 0.001 * math.sin(heading)
        roads.append(feature("LineString", line, road_id=f"R{i}", road_class="primary"))
    for i in range(4):
        middle, ring = (22.603 + 0.0045 * i, 32.763), []
        for k in range(7):
            turn, radius = -2 * math.pi * k / 7, random.uniform(0.0012, 0.0020)
            ring.append([middle[0] + radius * math.cos(turn), middle[1] + 0.84 * radius * math.sin(turn)])
        areas.append(feature("Polygon", [ring + ring[:1]], coverage_id=f"C{i}", kind="survey_area"))
    for name, features in (("road", roads), ("coverage", areas)):
        with open(os.path.join(folder, name + ".geojson"), "w") as file:
            json.dump({"type": "FeatureCollection", "features": features}, file)


def colours_in(path, box):
    """For each colour, where a picture shows it (a part, in shares of its size)."""
    image = QImage(path).convertToFormat(QImage.Format_RGB888)
    bits = image.constBits()
    bits.setsize(image.sizeInBytes())
    rgb = numpy.frombuffer(bits, numpy.uint8).reshape(image.height(), image.bytesPerLine())[:, :3 * image.width()]
    rgb = rgb.reshape(image.height(), image.width(), 3).astype(int)
    h, w, _ = rgb.shape
    rgb = rgb[int(box[1] * h):int(box[3] * h), int(box[0] * w):int(box[2] * w)]
    return {name: numpy.abs(rgb - [int(c[i:i + 2], 16) for i in (1, 3, 5)]).max(2) < 60 for name, c in COLOURS.items()}


def grown(mask, by):
    out = mask.copy()
    for dy in range(-by, by + 1):
        for dx in range(-by, by + 1):
            out |= numpy.roll(numpy.roll(mask, dy, 0), dx, 1)
    return out


def compare(program, workspace, folder):
    ours, out = os.path.join(folder, "ours.png"), os.path.join(folder, "lines.gpkg")
    run(program, "map", workspace, "--dpi", "150", "-o", ours, "--overwrite")
    run(program, "publish", workspace, "--audience", "internal", "-o", out, "--overwrite")
    layout = open_project(out).layoutManager().printLayouts()[0]
    theirs = os.path.join(folder, "theirs.png")
    export(layout, theirs)
    frame = next(i for i in layout.items() if isinstance(i, QgsLayoutItemMap) and i.id() == "map")
    at, size = frame.pagePos(), frame.rect()
    inner = 1  # mm, without the line of the frame
    box = [(at.x() + inner) / 297, (at.y() + inner) / 210, (at.x() + size.width() - inner) / 297,
           (at.y() + size.height() - inner) / 210]
    a, b = colours_in(ours, box), colours_in(theirs, box)
    for name in COLOURS:
        rows, columns = (min(m.shape[i] for m in (a[name], b[name])) for i in (0, 1))
        mine, their = a[name][:rows, :columns], b[name][:rows, :columns]
        near = (mine & grown(their, 3)).sum() / max(1, mine.sum()), (their & grown(mine, 3)).sum() / max(1, their.sum())
        print(f"{name}: {mine.sum()} pixels of ours, {their.sum()} of QGIS's, {near[0]:.3f} and {near[1]:.3f} near the other's")
        check(mine.sum() > 400 and their.sum() > 400 and min(near) > 0.93, f"{name}: not where QGIS has it")


def main():
    program, styles = sys.argv[1:3]
    app = headless.start()
    with tempfile.TemporaryDirectory() as folder:
        keep = sys.argv[3] if len(sys.argv) > 3 else folder
        own = os.path.join(folder, "styles")
        shutil.copytree(styles, own)
        for name, rule in (("road", ROAD), ("coverage", AREA)):
            with open(os.path.join(own, name + ".sld"), "w", encoding="utf-8") as file:
                file.write(HEAD.format(name=name, rule=rule))
        with open(os.path.join(own, "tick.svg"), "w") as file:
            file.write(TICK)
        os.environ["SITEMAP_STYLES"] = own
        write_inputs(folder)
        workspace = os.path.join(folder, "lines_workspace.gpkg")
        run(program, "new", workspace)
        for name in ("road", "coverage"):
            run(program, "import", os.path.join(folder, name + ".geojson"), "-w", workspace, "--to", name, "--set",
                "source=Made up", codes=(0, 3))
        compare(program, workspace, keep)
        QgsProject.instance().clear()
    for text in problems + app.said:
        print(text)
    headless.finish(1 if problems else 0)


if __name__ == "__main__":
    main()
