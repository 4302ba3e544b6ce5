#!/usr/bin/python3
"""The sheet and the styles of the map benchmark: one map that fills the page, buildings by class, roads by class, sites with names. Sizes in
pixels of a picture 1600 wide, and in proportion for others, as the peers of the generator have them."""
import json
import os
import shutil

GROUND, RIM, MARK, MARK_RIM, TEXT, HALO = '#f2efe9', '#333333', '#2050c0', '#ffffff', '#000000', '#ffffff'
BUILDINGS = ['#78b478', '#fadc64', '#f0963c', '#dc3c28', '#780a14']
ROADS = [('primary', '#b04030', 1.6), ('secondary', '#d09040', 1.0), ('tertiary', '#909090', .6), ('residential', '#b0b0b0', .35)]
RIM_PX, MARK_PX, MARK_RIM_PX, TEXT_PX, HALO_PX = .2, 4, .5, 8, 1
FONT = 'Noto Sans'
# name: width, height, dots an inch, scale denominator: all show 40 km from south to north
SIZES = {'1600': (1600, 1200, 96, 1.26), 'a3': (4961, 3508, 300, 1.347), 'a1': (9933, 7016, 300, 6.75)}
SLD_PIXEL_MM, MM_PER_INCH = 0.28, 25.4


def parameter(name, value):
    return '<se:SvgParameter name="%s">%s</se:SvgParameter>' % (name, value)


def stroke(colour, width):
    return '<se:Stroke>%s%s</se:Stroke>' % (parameter('stroke', colour), parameter('stroke-width', '%.6g' % width))


def fill(colour):
    return '<se:Fill>%s</se:Fill>' % parameter('fill', colour)


def rule(name, column, value, body):
    test = '' if column is None else ('<ogc:Filter><ogc:PropertyIsEqualTo><ogc:PropertyName>%s</ogc:PropertyName><ogc:Literal>%s</ogc:Literal>'
                                      '</ogc:PropertyIsEqualTo></ogc:Filter>' % (column, value))
    return '<se:Rule><se:Name>%s</se:Name>%s%s</se:Rule>' % (name, test, body)


def sld(name, rules):
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<StyledLayerDescriptor version="1.1.0" xmlns="http://www.opengis.net/sld" '
            'xmlns:se="http://www.opengis.net/se" xmlns:ogc="http://www.opengis.net/ogc"><NamedLayer><se:Name>%s</se:Name><UserStyle>'
            '<se:Name>%s</se:Name><se:FeatureTypeStyle>%s</se:FeatureTypeStyle></UserStyle></NamedLayer></StyledLayerDescriptor>'
            % (name, name, ''.join(rules)))


def styles(px):
    """px: SLD pixels of one pixel of the picture 1600 wide."""
    yield 'road', [rule(c, 'class', c, '<se:LineSymbolizer>%s</se:LineSymbolizer>' % stroke(colour, w * px)) for c, colour, w in ROADS]
    yield 'building', [rule('class%d' % i, 'floors', i, '<se:PolygonSymbolizer>%s%s</se:PolygonSymbolizer>' %
                            (fill(c), stroke(RIM, RIM_PX * px))) for i, c in enumerate(BUILDINGS)]
    yield 'site', [rule('site', None, None, '<se:PointSymbolizer><se:Graphic><se:Mark><se:WellKnownName>circle</se:WellKnownName>%s%s</se:Mark>'
                        '<se:Size>%.6g</se:Size></se:Graphic></se:PointSymbolizer><se:TextSymbolizer><se:Label><ogc:PropertyName>name_en'
                        '</ogc:PropertyName></se:Label><se:Font>%s%s</se:Font><se:Halo><se:Radius>%.6g</se:Radius>%s</se:Halo>%s'
                        '</se:TextSymbolizer>' % (fill(MARK), stroke(MARK_RIM, MARK_RIM_PX * px), MARK_PX * px, parameter('font-family', FONT),
                                                  parameter('font-size', '%.6g' % (TEXT_PX * px)), HALO_PX * px, fill(HALO), fill(TEXT)))]


def write(project, folder):
    """A folder of styles in `folder`, with the sheets bench_1600 and so on beside those of the project."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(os.path.join(project, 'styles'), folder)
    with open(os.path.join(folder, 'sheets/common.json'), encoding='utf-8') as f:
        common = json.load(f)
    lines = [line for e in common['element'].values() for line in e.get('lines', [])]  # a sheet has a place for its texts: below the map
    for name, (width, height, dpi, scale) in SIZES.items():
        w, h = width * MM_PER_INCH / dpi, height * MM_PER_INCH / dpi
        sheet = {'extends': 'common', 'name': 'bench_' + name, 'title': 'One map', 'required': [], 'locator_layers': [],
                 'scale': {'mantissa': [scale], 'margin': 0, 'least_denominator': 500},
                 'page': {'paper': 'bench', 'orientation': 'landscape', 'width_mm': w, 'height_mm': h, 'dpi': dpi,
                          'sizes': {'bench': [h, w, 1]}, 'stretch': {}},
                 'look': {'cross_mm': 0, 'tick_mm': 0, 'tick_stroke_mm': 0, 'label_wrap_mm': 500, 'label_cover': 1},
                 'element': {**{key: None for key in common['element']}, 'texts': {'kind': 'box', 'at': [0, 0, w, h], 'lines': lines},
                             'all': {'kind': 'map', 'at': [0, 0, w, h], 'fill': GROUND}},
                 'layers': []}
        px = width / 1600 * MM_PER_INCH / dpi / SLD_PIXEL_MM
        for layer, rules in styles(px):
            style = 'bench_%s_%s' % (layer, name)
            sheet['layers'].append({'layer': layer, 'style': style, 'legend': False, 'title': {'en': layer, 'ar': layer}})
            with open(os.path.join(folder, style + '.sld'), 'w', encoding='utf-8') as f:
                f.write(sld(style, rules))
        with open(os.path.join(folder, 'sheets/bench_%s.json' % name), 'w', encoding='utf-8') as f:
            json.dump(sheet, f, ensure_ascii=False, indent=1)


if __name__ == '__main__':
    import sys
    write(sys.argv[1], sys.argv[2])
