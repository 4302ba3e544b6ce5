#!/usr/bin/python3
"""map_qgis.py FILE SIZE XMIN YMIN XMAX YMAX OUT.png: the map of map_sheet.py by QGIS (a sequential job), in UTM zone 34 N."""
import os
import sys

os.environ.setdefault('QT_QPA_PLATFORM', 'offscreen')
os.environ.setdefault('XDG_RUNTIME_DIR', '/tmp')

from qgis.core import (QgsApplication, QgsCategorizedSymbolRenderer, QgsCoordinateReferenceSystem, QgsFillSymbol, QgsLineSymbol,  # noqa: E402
                       QgsMapRendererSequentialJob, QgsMapSettings, QgsMarkerSymbol, QgsPalLayerSettings, QgsProject, QgsRectangle,
                       QgsRendererCategory, QgsSingleSymbolRenderer, QgsTextFormat, QgsUnitTypes, QgsVectorLayer,
                       QgsVectorLayerSimpleLabeling)
from qgis.PyQt.QtCore import QSize  # noqa: E402
from qgis.PyQt.QtGui import QColor, QFont  # noqa: E402

import map_sheet as look  # noqa: E402

source, size, box, out = sys.argv[1], sys.argv[2], [float(v) for v in sys.argv[3:7]], sys.argv[7]
width, height = look.SIZES[size][:2]
scale = width / 1600
application = QgsApplication([], False)
application.initQgis()
road, building, site = (QgsVectorLayer('%s|layername=%s' % (source, name), name, 'ogr') for name in ('road', 'building', 'site'))
assert road.isValid() and building.isValid() and site.isValid()


def px(value):
    return str(value * scale)


building.setRenderer(QgsCategorizedSymbolRenderer('floors', [QgsRendererCategory(i, QgsFillSymbol.createSimple(
    {'color': c, 'outline_color': look.RIM, 'outline_width': px(look.RIM_PX), 'outline_width_unit': 'Pixel'}), c)
    for i, c in enumerate(look.BUILDINGS)]))
road.setRenderer(QgsCategorizedSymbolRenderer('class', [QgsRendererCategory(name, QgsLineSymbol.createSimple(
    {'color': c, 'width': px(w), 'width_unit': 'Pixel'}), name) for name, c, w in look.ROADS]))
site.setRenderer(QgsSingleSymbolRenderer(QgsMarkerSymbol.createSimple(
    {'name': 'circle', 'color': look.MARK, 'outline_color': look.MARK_RIM, 'outline_width': px(look.MARK_RIM_PX),
     'outline_width_unit': 'Pixel', 'size': px(look.MARK_PX), 'size_unit': 'Pixel'})))
text = QgsTextFormat()
text.setFont(QFont(look.FONT))
text.setSize(look.TEXT_PX * scale)
text.setSizeUnit(QgsUnitTypes.RenderPixels)
halo = text.buffer()
halo.setEnabled(True)
halo.setSize(look.HALO_PX * scale)
halo.setSizeUnit(QgsUnitTypes.RenderPixels)
text.setBuffer(halo)
labels = QgsPalLayerSettings()
labels.fieldName = 'name_en'
labels.setFormat(text)
site.setLabeling(QgsVectorLayerSimpleLabeling(labels))
site.setLabelsEnabled(True)
settings = QgsMapSettings()
settings.setLayers([site, building, road])
settings.setDestinationCrs(QgsCoordinateReferenceSystem('EPSG:32634'))
settings.setTransformContext(QgsProject.instance().transformContext())
settings.setOutputSize(QSize(width, height))
settings.setBackgroundColor(QColor(look.GROUND))
settings.setExtent(QgsRectangle(*box))
settings.setOutputDpi(96)
job = QgsMapRendererSequentialJob(settings)
job.start()
job.waitForFinished()
job.renderedImage().save(out, 'PNG')
sys.stdout.flush()
os._exit(0)  # what QGIS does at its end is not measured
