"""Styles as XML text, for the families that make many rules: elements, filters, symbols, documents that people can read."""
import sys
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!-- Made by styles/families/{family}.py out of {family}.json: change those, not this file.
     {comment} -->
"""
SPACES = {"": "http://www.opengis.net/sld", "se": "http://www.opengis.net/se", "ogc": "http://www.opengis.net/ogc"}
XLINK = "http://www.w3.org/1999/xlink"
WIDTH = 116


# ---- XML as people read it ----

def short_name(tag):
    space, name = tag[1:].split("}")
    prefix = next(key for key, value in SPACES.items() if value == space)
    return f"{prefix}:{name}" if prefix else name


def attributes(node):
    """As they are written; links with their usual prefix."""
    return "".join(f" {key.replace('{' + XLINK + '}', 'xlink:')}={quoteattr(value)}" for key, value in node.attrib.items())


def has_links(node):
    return any("{" + XLINK + "}href" in element.attrib for element in node.iter())


def render(node, indent=0):
    """An element on one line where it fits there, else its children under each other."""
    name, pad = short_name(node.tag), "  " * indent
    opening = name + attributes(node)
    if not indent:
        opening += "".join(f'\n    xmlns{":" if key else ""}{key}="{value}"' for key, value in SPACES.items())
        opening += f'\n    xmlns:xlink="{XLINK}"' if has_links(node) else ""
    children = [render(child, indent + 1) for child in node]
    if not children and not node.text:
        return f"{pad}<{opening}/>"
    whole = f"{pad}<{opening}>{(node.text or '').strip()}{''.join(child.strip() for child in children)}</{name}>"
    if indent and name != "se:Rule" and (not children or len(whole) <= WIDTH and "\n" not in whole):
        return whole
    return "\n".join([f"{pad}<{opening}>", *children, f"{pad}</{name}>"])


def document(family, comment, layer, style, en, ar, rules, over=()):
    """`rules`: the first lies on top; `over`: what is drawn over all of them."""
    above = "".join(over)
    spaces = "".join(f' xmlns{":" if key else ""}{key}="{value}"' for key, value in {**SPACES, "xlink": XLINK}.items())
    root = ElementTree.fromstring(
        f'<StyledLayerDescriptor version="1.1.0"{spaces}><NamedLayer><se:Name>{layer}</se:Name><UserStyle>'
        f"<se:Name>{style}</se:Name><se:Description><se:Title>{en} | {ar}</se:Title></se:Description>"
        f'<se:FeatureTypeStyle>{"".join(rules)}<se:VendorOption name="firstRuleOnTop">true</se:VendorOption>'
        "</se:FeatureTypeStyle>" + (f"<se:FeatureTypeStyle>{above}</se:FeatureTypeStyle>" if above else "")
        + "</UserStyle></NamedLayer></StyledLayerDescriptor>")
    return HEAD.format(family=family, comment=comment) + render(root) + "\n"


# ---- filters ----

def equals(column, value):
    return (f"<ogc:PropertyIsEqualTo><ogc:PropertyName>{column}</ogc:PropertyName>"
            f"<ogc:Literal>{value}</ogc:Literal></ogc:PropertyIsEqualTo>")


def is_null(column):
    return f"<ogc:PropertyIsNull><ogc:PropertyName>{column}</ogc:PropertyName></ogc:PropertyIsNull>"


def some(tests):
    return tests[0] if len(tests) == 1 else "<ogc:Or>" + "".join(tests) + "</ogc:Or>"


def every(tests):
    return tests[0] if len(tests) == 1 else "<ogc:And>" + "".join(tests) + "</ogc:And>"


def isnt(test):
    return f"<ogc:Not>{test}</ogc:Not>"


# ---- symbols ----

def parameter(name, value):
    return f'<se:SvgParameter name="{name}">{value}</se:SvgParameter>'


def fill(colour, opacity=None):
    return "<se:Fill>" + parameter("fill", colour) + (parameter("fill-opacity", opacity) if opacity else "") + "</se:Fill>"


def stroke(colour, width, dash=""):
    return ("<se:Stroke>" + parameter("stroke", colour) + parameter("stroke-width", width)
            + (parameter("stroke-dasharray", dash) if dash else "") + "</se:Stroke>")


def hatch(mark, colour, width, size):
    return (f"<se:Fill><se:GraphicFill><se:Graphic><se:Mark><se:WellKnownName>{mark}</se:WellKnownName>"
            f"{stroke(colour, width)}</se:Mark><se:Size>{size}</se:Size></se:Graphic></se:GraphicFill></se:Fill>")


def marks(shape, size, colour):
    """An area full of marks."""
    return (f"<se:Fill><se:GraphicFill><se:Graphic><se:Mark><se:WellKnownName>{shape}</se:WellKnownName>{fill(colour)}</se:Mark>"
            f"<se:Size>{size}</se:Size></se:Graphic></se:GraphicFill></se:Fill>")


def area(*parts, margin=None):
    around = f'<se:VendorOption name="graphic-margin">{margin}</se:VendorOption>' if margin else ""
    return "<se:PolygonSymbolizer>" + "".join(parts) + around + "</se:PolygonSymbolizer>"


def line(colour, width, dash=""):
    return "<se:LineSymbolizer>" + stroke(colour, width, dash) + "</se:LineSymbolizer>"


def row(shape, size, colour, width, initial, gap, rotation=0):
    """Marks of one colour along a line; `rotation` 90 turns a triangle so that it points where the line goes."""
    turned = f"<se:Rotation>{rotation}</se:Rotation>" if rotation else ""
    return ("<se:LineSymbolizer><se:Stroke><se:GraphicStroke><se:Graphic><se:Mark>"
            f"<se:WellKnownName>{shape}</se:WellKnownName>{fill(colour)}{stroke(colour, width)}</se:Mark><se:Size>{size:g}</se:Size>"
            f"{turned}</se:Graphic><se:InitialGap>{initial:g}</se:InitialGap><se:Gap>{gap:g}</se:Gap></se:GraphicStroke></se:Stroke>"
            "</se:LineSymbolizer>")


def mark(shape, size, colour, edge, width, rotation=0):
    turned = f"<se:Rotation>{rotation}</se:Rotation>" if rotation else ""
    return (f"<se:PointSymbolizer><se:Graphic><se:Mark><se:WellKnownName>{shape}</se:WellKnownName>"
            f"{fill(colour)}{stroke(edge, width)}</se:Mark><se:Size>{size:g}</se:Size>{turned}</se:Graphic></se:PointSymbolizer>")


def symbol(name, size, colour=None):
    """One of styles/symbols, in another colour where one is given."""
    colours = "?fill=" + colour.replace("#", "%23") if colour else ""
    return (f'<se:PointSymbolizer><se:Graphic><se:ExternalGraphic><se:OnlineResource xlink:type="simple" '
            f'xlink:href="symbols/{name}.svg{colours}"/><se:Format>image/svg+xml</se:Format></se:ExternalGraphic>'
            f"<se:Size>{size:g}</se:Size></se:Graphic></se:PointSymbolizer>")


NAMES = "<ogc:PropertyName>name_en</ogc:PropertyName><ogc:PropertyName>name_ar</ogc:PropertyName>"


def placing(priority, callout=True):
    """The end of a label: how important it is, and whether it may stand off with a leader line."""
    line = '<se:VendorOption name="callout">true</se:VendorOption>' if callout else ""
    return f'<se:VendorOption name="priority">{priority}</se:VendorOption>{line}</se:TextSymbolizer>'


def label(priority, lines=NAMES, size=8, colour="#1a1a1a", halo=1.2, callout=True, level=False):
    return ("<se:TextSymbolizer><se:Label>" + lines + "</se:Label><se:Font>" + parameter("font-family", "Noto Sans")
            + parameter("font-size", size) + parameter("font-weight", "bold") + "</se:Font>"
            + ("<se:LabelPlacement><se:PointPlacement/></se:LabelPlacement>" if level else "") + "<se:Halo>" + f"<se:Radius>{halo}</se:Radius>"
            + fill("#ffffff") + "</se:Halo>" + fill(colour)
            + placing(priority, callout))


def label_beside(priority, distance, size, colour, halo, bold=False):
    """The names at the right of a mark."""
    return ("<se:TextSymbolizer><se:Label>" + NAMES + "</se:Label><se:Font>" + parameter("font-family", "Noto Sans")
            + parameter("font-size", size) + (parameter("font-weight", "bold") if bold else "") + "</se:Font>"
            "<se:LabelPlacement><se:PointPlacement><se:AnchorPoint><se:AnchorPointX>0</se:AnchorPointX>"
            "<se:AnchorPointY>0.5</se:AnchorPointY></se:AnchorPoint><se:Displacement>"
            f"<se:DisplacementX>{distance:g}</se:DisplacementX><se:DisplacementY>0</se:DisplacementY></se:Displacement>"
            f"</se:PointPlacement></se:LabelPlacement><se:Halo><se:Radius>{halo}</se:Radius>" + fill("#ffffff") + "</se:Halo>"
            + fill(colour) + placing(priority))


def label_along(priority, size, colour, halo, repeat):
    """The names along a line, letter by letter, again after so many pixels."""
    options = {"priority": priority, "followLine": "true", "repeat": repeat}
    return ("<se:TextSymbolizer><se:Label>" + NAMES + "</se:Label><se:Font>" + parameter("font-family", "Noto Sans")
            + parameter("font-size", size) + "</se:Font><se:LabelPlacement><se:LinePlacement/></se:LabelPlacement>"
            f"<se:Halo><se:Radius>{halo}</se:Radius>" + fill("#ffffff") + "</se:Halo>" + fill(colour)
            + "".join(f'<se:VendorOption name="{name}">{value}</se:VendorOption>' for name, value in options.items())
            + "</se:TextSymbolizer>")


def rule(name, en, ar, test, symbols):
    return (f"<se:Rule><se:Name>{name}</se:Name><se:Description><se:Title>{en} | {ar}</se:Title></se:Description>"
            + (f"<ogc:Filter>{test}</ogc:Filter>" if test else "") + f"{''.join(symbols)}</se:Rule>")


# ---- the files ----

def write(family, folder, made):
    """made: style -> text. Written into the folder, or with --check compared with what is there."""
    stale = []
    for name, text in made.items():
        path = folder / f"{name}.sld"
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(path.name)
    if stale:
        sys.exit(f"styles/families/{family}.py makes another {', '.join(stale)}: run it, or change {family}.json instead")
