#!/usr/bin/python3
"""map_mapnik.py FILE SIZE XMIN YMIN XMAX YMAX OUT.png: the map of map_sheet.py by Mapnik, in UTM zone 34 N."""
import sys

import mapnik

import map_sheet as look

source, size, box, out = sys.argv[1], sys.argv[2], [float(v) for v in sys.argv[3:7]], sys.argv[7]
width, height = look.SIZES[size][:2]
scale = width / 1600
UTM = '+proj=utm +zone=34 +datum=WGS84 +units=m +no_defs'
SOURCE = '+proj=longlat +datum=WGS84 +no_defs' if '4326' in source else UTM


def rules(column, values, body):
    return ''.join('<Rule><Filter>[%s]=%s</Filter>%s</Rule>' % (column, v, body(i)) for i, v in enumerate(values))


def line(colour, px):
    return '<LineSymbolizer stroke="%s" stroke-width="%g"/>' % (colour, px * scale)


def layer(name, *styles):
    return ('<Layer name="%s" srs="%s">%s<Datasource><Parameter name="type">ogr</Parameter><Parameter name="file">%s</Parameter>'
            '<Parameter name="layer">%s</Parameter></Datasource></Layer>' %
            (name, SOURCE, ''.join('<StyleName>%s</StyleName>' % s for s in styles), source, name))


mapnik.register_fonts('/usr/share/fonts/truetype/noto')
xml = '<Map srs="%s" background-color="%s">' % (UTM, look.GROUND)
xml += '<Style name="r">%s</Style>' % rules('class', ["'%s'" % r[0] for r in look.ROADS], lambda i: line(*look.ROADS[i][1:]))
xml += '<Style name="b">%s</Style>' % rules('floors', range(5), lambda i: '<PolygonSymbolizer fill="%s"/>%s' % (
    look.BUILDINGS[i], line(look.RIM, look.RIM_PX)))
xml += ('<Style name="s"><Rule><MarkersSymbolizer width="%g" height="%g" fill="%s" stroke="%s" stroke-width="%g" allow-overlap="true"/></Rule>'
        '</Style>' % (look.MARK_PX * scale, look.MARK_PX * scale, look.MARK, look.MARK_RIM, look.MARK_RIM_PX * scale))
xml += ('<Style name="l"><Rule><TextSymbolizer face-name="Noto Sans Regular" size="%g" fill="%s" halo-fill="%s" halo-radius="%g" dy="%g">[name_en]'
        '</TextSymbolizer></Rule></Style>' % (look.TEXT_PX * scale, look.TEXT, look.HALO, look.HALO_PX * scale, 6 * scale))
xml += layer('road', 'r') + layer('building', 'b') + layer('site', 's', 'l') + '</Map>'
m = mapnik.Map(width, height)
mapnik.load_map_from_string(m, xml)
m.zoom_to_box(mapnik.Box2d(*box))
image = mapnik.Image(width, height)
mapnik.render(m, image)
image.save(out, 'png32')
