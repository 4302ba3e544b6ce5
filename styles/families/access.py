#!/usr/bin/env python3
"""Write the styles of what `sitemap access` finds out of access.json: origins by what became of their way, areas, roads that
are cut, critical links, ways, catchments, and thin roads to lie below them. access.py writes them, access.py --check compares."""
import json
import pathlib

import sld
from sld import area, equals, every, fill, hatch, is_null, isnt, label, label_along, line, mark, row, rule, some, stroke

HERE = pathlib.Path(__file__).parent
SPEC = json.loads((HERE / "access.json").read_text(encoding="utf-8"))
WORDS = SPEC["words"]
WHITE = "#ffffff"


# ---- filters ----

def none_of(column, values):
    """Missing, or another value."""
    return some([is_null(column), isnt(some([equals(column, value) for value in values]))])


def compare(name, column, value):
    return f"<ogc:{name}><ogc:PropertyName>{column}</ogc:PropertyName><ogc:Literal>{value}</ogc:Literal></ogc:{name}>"


def by_value(column, entries):
    """(entry, name, test) of each entry: that value, or in the one without a value whatever the others do not say."""
    values = [entry[column] for entry in entries if column in entry]
    for entry in entries:
        if column in entry:
            yield entry, entry[column], equals(column, entry[column])
        else:
            yield entry, "other", none_of(column, values)


# ---- symbols ----

def marks(layer, look):
    """Where there are thousands they are plain: of one colour, so that what lies below is seen between them."""
    size, parts = layer["size"] * (10 + look["size"]) / 10, []
    plain = layer.get("plain")
    edge = look["fill"] if plain and look["fill"] != WHITE else look["edge"]
    turned = look.get("rotation", 0)
    if "rim_size" in layer:
        parts.append(mark(look["mark"], size + layer["rim_size"], WHITE, WHITE, 0.5, turned))
    parts.append(mark(look["mark"], size, look["fill"], edge, layer["edge_width"], turned))
    if "cross" in look and not plain:
        parts.append(mark("x", size * 0.55, look["cross"], look["cross"], max(0.7, size * 0.14)))
    return parts


def number(column, pattern="0"):
    return (f'<se:FormatNumber fallbackValue=""><se:NumericValue><ogc:PropertyName>{column}</ogc:PropertyName></se:NumericValue>'
            f"<se:Pattern>{pattern}</se:Pattern></se:FormatNumber>")


def words(key):
    return f"<ogc:Literal>{WORDS[key]}</ogc:Literal>"


def joined(*parts):
    return '<se:Concatenate fallbackValue="">' + "".join(f"<se:StringValue>{part}</se:StringValue>" for part in parts) + "</se:Concatenate>"


def minutes(case):
    """The line below the names: minutes before and after; to a tenth where "5 to 5" would look like no change."""
    before, after, unit, to = number("baseline_minutes"), number("minutes"), words("minutes"), words("to")
    changed = joined(number("baseline_minutes", "0.0"), to, number("minutes", "0.0"), unit)
    return {"lost": joined(before, unit, to, words("no_way")), "gained": joined(words("no_way"), to, after, unit),
            "slower": changed, "faster": changed,
            "same": joined(after, unit), "reached": joined(after, unit),
            "off_network": words("off")}.get(case, words("no_way"))


# ---- the styles ----

def origin(layer):
    changes = [look["change"] for look in SPEC["changes"]]
    reached, off = SPEC["reached"], SPEC["off_network"]
    near = none_of("status", [off["status"]])
    cases = [(look["change"], look, every([equals("change", look["change"]), near])) for look in SPEC["changes"]]
    cases += [("reached", reached, every([none_of("change", changes), equals("status", reached["status"])])),
              ("unreached", SPEC["unreached"],
               every([none_of("change", changes), none_of("status", [reached["status"], off["status"]])])),
              ("off_network", off, equals("status", off["status"]))]
    for name, look, test in cases:
        text = [label(layer["label"], sld.NAMES + minutes(name))] if "label" in layer else []
        yield rule(name, look["en"], look["ar"], test, marks(layer, look) + text)


def areas():
    for look, name, test in by_value("change", SPEC["areas"]):
        parts = [area(fill(look["fill"], look["opacity"]))]
        if "hatch" in look:
            parts.append(area(hatch(look["hatch"], look["edge"], look["hatch_width"], look["hatch_size"])))
        yield rule(name, look["en"], look["ar"], test, parts + [area(stroke(look["edge"], look["edge_width"]))])


def cuts():
    """Crosses along what is closed, so that it stands out without colour."""
    for look, name, test in by_value("state", SPEC["cuts"]):
        parts = [line(look.get("casing_colour", WHITE), look["casing"]), line(look["colour"], look["width"], look.get("dash", ""))]
        if "cross" in look:
            parts += [row("x", look["cross"], colour, width, *look["cross_gaps"])
                      for colour, width in ((WHITE, look["cross_rim"]), (look["colour"], look["cross_width"]))]
        yield rule(name, look["en"], look["ar"], test, parts)


def links():
    most = next(look["most"] for look in SPEC["links"] if "most" in look)
    worst = compare("PropertyIsLessThanOrEqualTo", "rank", most)
    for look in SPEC["links"]:
        test = worst if "most" in look else some([is_null("rank"), compare("PropertyIsGreaterThan", "rank", most)])
        parts = [line(WHITE, look["casing"]), line(look["colour"], look["width"])]
        if "label" in look:
            parts.append(label(look["label"], "<ogc:PropertyName>rank</ogc:PropertyName>", 11, look["colour"], 2, False, True))
        yield rule(look["name"], look["en"], look["ar"], test, parts)


def routes():
    """Arrows say which way leads to the service."""
    arrow = SPEC["route_arrow"]
    for look, name, test in by_value("change", SPEC["routes"]):
        arrows = row("triangle", arrow["size"], look["colour"], arrow["edge_width"], *arrow["gaps"], rotation=90)
        yield rule(name, look["en"], look["ar"], test,
                   [line(WHITE, round(look["width"] + 1.2, 2)), line(look["colour"], look["width"], look["dash"]), arrows])


def loads():
    above = next(look["above"] for look in SPEC["loads"] if "above" in look)
    kept = some([is_null("people_turned_away"), compare("PropertyIsLessThanOrEqualTo", "people_turned_away", 0)])
    tests = {"turned_away": compare("PropertyIsGreaterThan", "people_turned_away", 0),
             "full": every([compare("PropertyIsGreaterThan", "load", above), kept]),
             "room": every([compare("PropertyIsLessThanOrEqualTo", "load", above), kept]), "capacity_unknown": every([is_null("load"), kept])}
    for look in SPEC["loads"]:
        shown = [mark(look["mark"], look["size"], look["fill"], "#000000", 1.2)]
        yield rule(look["name"], look["en"], look["ar"], tests[look["name"]], shown + [label(50)])


def document(layer, style, titles, rules):
    return sld.document("access", "What became of a way, an area or a road, by colour and by mark, hatch or dash.", layer, style, *titles, rules)


def main():
    made = {layer["layer"]: document(layer["layer"], layer["layer"], (layer["en"], layer["ar"]), origin(layer))
            for layer in SPEC["origins"]}
    for layer, rules in (("access_area", areas), ("road_cut", cuts), ("critical_link", links), ("access_route", routes), ("catchment", loads)):
        made[layer] = document(layer, layer, SPEC["titles"][layer], rules())
    road = SPEC["road"]
    thin = rule("road", road["en"], road["ar"], "", [line(road["colour"], road["width"]), label_along(**road["label"])])
    made["road_thin"] = document("road", "road_thin", (road["en"], road["ar"]), [thin])
    sld.write("access", HERE.parent, made)


if __name__ == "__main__":
    main()
