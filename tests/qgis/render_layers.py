#!/usr/bin/env python3
"""A picture of a GeoPackage's layers by QGIS's own renderer, with their default styles, for a human look.

    render_layers.py FILE.gpkg OUT.png [--layers A,B,...] [--extent XMIN,YMIN,XMAX,YMAX] [--width MM] [--dpi N]

Layers are given top first; the extent is in the CRS of the first. Without --layers: all, points above lines above
polygons."""
import argparse
import os
import sys

from headless import finish, start
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor
from qgis.core import (Qgis, QgsMapRendererParallelJob, QgsMapSettings, QgsProviderRegistry, QgsRectangle, QgsVectorLayer)


ALL_KINDS = Qgis.SublayerQueryFlag.ResolveGeometryType


def open_layers(path, names):
    layers = []
    for sub in QgsProviderRegistry.instance().querySublayers(path, ALL_KINDS):
        if names and sub.name() not in names:
            continue
        layer = QgsVectorLayer(sub.uri(), sub.name(), sub.providerKey())
        if layer.isValid() and layer.isSpatial():
            layers.append(layer)
    order = (lambda l: names.index(l.name())) if names else (lambda l: int(l.geometryType()))
    return sorted(layers, key=order)


def settings_for(layers, options):
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(layers[0].crs())
    settings.setBackgroundColor(QColor("white"))
    settings.setOutputDpi(options.dpi)
    if options.extent:
        extent = QgsRectangle(*map(float, options.extent.split(",")))
    else:
        extent = settings.fullExtent()
        extent.scale(1.05)
    width = round(options.width / 25.4 * options.dpi)
    settings.setOutputSize(QSize(width, max(1, round(width * extent.height() / extent.width()))))
    settings.setExtent(extent)
    return settings


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("out")
    parser.add_argument("--layers", default="")
    parser.add_argument("--extent")
    parser.add_argument("--width", type=float, default=180)
    parser.add_argument("--dpi", type=int, default=150)
    options = parser.parse_args()
    app = start()
    layers = open_layers(os.path.abspath(options.file), [n for n in options.layers.split(",") if n])
    if not layers:
        print("no layer to draw", file=sys.stderr)
        return 1
    settings = settings_for(layers, options)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    job.renderedImage().save(options.out)
    print(f"{options.out}: {len(layers)} layers at 1:{settings.scale():.0f}")
    for text in app.said:
        print(text, file=sys.stderr)
    return 0


if __name__ == "__main__":
    finish(main())
