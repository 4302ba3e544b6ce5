#include "cmd_table.h"

#include <stddef.h>
#include <string.h>

static const char *const products[] = { "cems", NULL };
static const char *const languages[] = { "en", "ar", "both", NULL };
static const char *const audiences[] = { "internal", "humanitarian", "public", NULL };
static const char *const divisions[] = { "aoi", "admin:", NULL };
static const char *const levels[] = { "admin:", NULL };
static const char *const cell_rules[] = { "fraction", "centre", NULL };
static const char *const point_rules[] = { "cell", "bilinear", NULL };
static const char *const unknown_roads[] = { "open", "closed", "both", NULL };
static const char *const travel_modes[] = { "foot", "vehicle", "both", NULL };
static const char *const critical_links[] = { "all", "bridges", NULL };
static const char *const formats[] = { "gpkg", "kmz", "gpx", "geojson", "csv", "xlsx", NULL };
static const char *const papers[] = { "A4", "A3", "A2", "A1", NULL };
static const char *const sheets[] = { "overview", "hazard", "access",  "site-map", "site-profile",
                                      "damage",   "flash",  "locator", NULL };

static const cli_option options[OPT_COUNT] = {
    [OPT_WORKSPACE] = { "workspace", 'w', OPTION_TARGET, "WS.gpkg", "the workspace to fill", NULL },
    [OPT_AS] = { "as", 0, OPTION_CHOICE, "PRODUCT", "the source is a product that fills several layers at once",
                 products },
    [OPT_TO] = { "to", 0, OPTION_TEXT, "LAYER",
                 "the model layer to fill, found from the file's name when not given; an unknown name lists them",
                 NULL },
    [OPT_LAYER] = { "layer", 0, OPTION_TEXT, "NAME", "the layer or sheet of the source to read", NULL },
    [OPT_MAP] = { "map", 0, OPTION_MAP, "'SOURCE COLUMN=field'",
                  "read this column of the source into this field of the layer (an unknown field lists them), or as lat, "
                  "lon, gps or wkt; may be repeated",
                  NULL },
    [OPT_SET] = { "set", 0, OPTION_SET, "field=VALUE",
                  "give this field this value in every row: source='Field team' is what maps then name; "
                  "date_order=dmy says how dates are written, 'decimal=,' how numbers are; country=SSD or country=any where "
                  "positions may lie; may be repeated",
                  NULL },
    [OPT_WHERE] = { "where", 0, OPTION_TEXT, "SQL", "take only the rows for which this condition holds", NULL },
    [OPT_CRS] = { "crs", 0, OPTION_TEXT, "EPSG:CODE", "the coordinate reference system of a source that states none",
                  NULL },
    [OPT_ENCODING] = { "encoding", 0, OPTION_TEXT, "NAME", "the encoding of the source's text, such as CP1256", NULL },
    [OPT_BY] = { "by", 0, OPTION_SOURCE, "AREAS",
                 "count by aoi (areas of interest, the default), by admin:LEVEL, or by the polygons of a file (FILE, or "
                 "FILE,key=COLUMN to say which column names them)",
                 divisions },
    [OPT_OUTPUT] = { "output", 'o', OPTION_TARGET, "OUT.gpkg",
                     "write the result to this new file, not into the workspace", NULL },
    [OPT_MAP_FILE] = { "output", 'o', OPTION_TARGET, "FILE.png",
                       "the map to write: a picture (.png), a GeoPDF (.pdf) or a drawing (.svg)", NULL },
    [OPT_OVERWRITE] = { "overwrite", 0, OPTION_FLAG, NULL, "replace the output file if it is there", NULL },
    [OPT_SHEET] = { "sheet", 0, OPTION_SOURCE, "NAME", "the sheet to draw: a name, or a .json file of your own",
                    sheets },
    [OPT_AREA] = { "area", 0, OPTION_TEXT, "KEY",
                   "show this area: a P-code, an area of interest (EMSR696_AOI01) or the name of either", NULL },
    [OPT_EXTENT] = { "extent", 0, OPTION_TEXT, "XMIN,YMIN,XMAX,YMAX",
                     "show this extent, in degrees; all that is there when neither is given", NULL },
    [OPT_TITLE] = { "title", 0, OPTION_TEXT, "TEXT",
                    "the title of the map, in both languages; --set title_ar=... says it in Arabic", NULL },
    [OPT_TEXT] = { "set", 0, OPTION_SET, "KEY=VALUE",
                   "give a text of the sheet: country, area, title, subtitle, version, map_number, glide, producer, "
                   "contact, link, note; for one language title_en, title_ar and so on; of the sheet access also what it shows: "
                   "scenario, mode, unknown_roads, service_type, limit, asset; may be repeated",
                   NULL },
    [OPT_PAPER] = { "paper", 0, OPTION_CHOICE, "SIZE", "the paper of the sheet", papers },
    [OPT_PORTRAIT] = { "portrait", 0, OPTION_FLAG, NULL, "the page upright", NULL },
    [OPT_LANDSCAPE] = { "landscape", 0, OPTION_FLAG, NULL,
                        "the page lengthwise, as sheets are unless they say otherwise", NULL },
    [OPT_DPI] = { "dpi", 0, OPTION_NUMBER, "N", "dots an inch of a picture, 72 to 600; 300 when not given", NULL },
    [OPT_ATLAS] = { "atlas", 0, OPTION_TEXT, "LAYER",
                    "a page for each feature: admin (of the lowest level there is), admin:LEVEL, site or another layer "
                    "with keys; into one .pdf, or files as MAP-KEY.png; --area and --extent leave others out",
                    NULL },
    [OPT_WORLD_FILE] = { "world-file", 0, OPTION_FLAG, NULL,
                         "write beside a .png where it is on earth, by its main map: .pgw, .prj and .png.aux.xml",
                         NULL },
    [OPT_PALETTE] = { "palette", 0, OPTION_TEXT, "NAME",
                      "other colours for classes of damage, hazards, access and closures: a palette of styles/palettes.json, as "
                      "print for greyscale, cems for damage as Copernicus EMS has it; default is told apart with colour-vision "
                      "deficiencies",
                      NULL },
    [OPT_ICONS] = { "icons", 0, OPTION_SOURCE, "DIR",
                    "symbols of your own in the place of ours: files NAME.svg of that folder, called as those of styles/symbols",
                    NULL },
    [OPT_BASE] = { "base", 0, OPTION_SOURCE, "FILE",
                   "a picture below the map, such as satellite imagery: a GeoTIFF (.tif) or an .mbtiles file, in any "
                   "coordinate reference system; its source and resolution go into the notes",
                   NULL },
    [OPT_BASE_ATTRIBUTION] = { "base-attribution", 0, OPTION_TEXT, "TEXT",
                               "whose the picture of --base is and under which licence, as its owner asks for it; what "
                               "the file says of itself when not given",
                               NULL },
    [OPT_ADMIN] = { "admin", 0, OPTION_LAYER, "SRC", "read administrative areas from here", NULL },
    [OPT_SITE] = { "site", 0, OPTION_LAYER, "SRC", "read sites from here", NULL },
    [OPT_BUILDING] = { "building", 0, OPTION_LAYER, "SRC", "read buildings from here", NULL },
    [OPT_DAMAGE] = { "damage", 0, OPTION_LAYER, "SRC", "read damage observations from here", NULL },
    [OPT_COVERAGE] = { "coverage", 0, OPTION_LAYER, "SRC", "read what was looked at, and what was not, from here",
                       NULL },
    [OPT_HAZARD] = { "hazard", 0, OPTION_LAYER, "SRC", "read hazard areas from here", NULL },
    [OPT_ROAD] = { "road", 0, OPTION_LAYER, "SRC", "read roads from here", NULL },
    [OPT_SERVICE] = { "service", 0, OPTION_LAYER, "SRC", "read services from here", NULL },
    [OPT_HOUSEHOLD] = { "household", 0, OPTION_LAYER, "SRC", "read households from here", NULL },
    [OPT_HAZARDS] = { "hazard", 0, OPTION_NAMED, "NAME=SRC",
                      "a hazard and where it is: polygons or a raster, then after commas what there is to say of it: "
                      "column=C with its class or intensity, unit=U of an intensity, band=N, classes=SCALE or "
                      "classes='0.2 0.5 1.5', coverage=SRC that its source looked at (there, cells of a raster without value are "
                      "none of the hazard), weight=W from 0 to 1, error=E of an intensity (0.2, or 10%), "
                      "velocity=SRC in m/s (a raster of depths then says how dangerous the water is to people), "
                      "arrival_time=SRC in minutes; may be repeated; "
                      "the workspace's hazards when not given",
                      NULL },
    [OPT_AREAS] = { "by", 0, OPTION_SOURCE, "AREAS",
                    "sum up by admin:LEVEL too, or by the polygons of a file (FILE, or FILE,key=COLUMN to say which "
                    "column names them)",
                    levels },
    [OPT_AT_LEAST] = { "at-least", 0, OPTION_TEXT, "CLASS",
                       "the number of the class from which an asset counts as affected, where hazards are counted; 1 "
                       "when not given",
                       NULL },
    [OPT_NEAR] = { "near", 0, OPTION_TEXT, "METRES",
                   "give the distance to each hazard for what lies outside of it, up to this far", NULL },
    [OPT_CELLS] = { "cells", 0, OPTION_CHOICE, "RULE",
                    "polygons over a raster: every cell by the fraction that is covered (the default), or whole cells "
                    "whose centre is inside",
                    cell_rules },
    [OPT_POINTS] = { "points", 0, OPTION_CHOICE, "RULE",
                     "points over a raster: the value of their cell (the default), or between the centres of cells",
                     point_rules },
    [OPT_CURVE] = { "curve", 0, OPTION_TEXT, "CURVE",
                    "the share of its value that each asset loses, by a curve of data/curves (jrc_africa_residential) at "
                    "the mean intensity; CURVE:HAZARD where several hazards are in its unit",
                    NULL },
    [OPT_PASSABILITY] = { "passability", 0, OPTION_TEXT, "HAZARD",
                          "say which roads can be passed under the water of this hazard, in m, and fill the layer "
                          "closure with those that cannot",
                          NULL },
    [OPT_WARNING_DELAY] = { "warning-delay", 0, OPTION_TEXT, "MINUTES",
                            "from the event to the warning: with arrival_time= of a hazard, how much warning there is",
                            NULL },
    [OPT_SAMPLES] = { "samples", 0, OPTION_NUMBER, "N",
                      "how sure classes are: so many samples of intensities, bounds and weights with their errors",
                      NULL },
    [OPT_SEED] = { "seed", 0, OPTION_NUMBER, "N",
                   "of the samples: the same seed gives the same answer; 0 when not given", NULL },
    [OPT_POPULATION] = { "population", 0, OPTION_SOURCE, "RASTER",
                         "count the people of this grid too, cell by cell, in the share of it that is in each class",
                         NULL },
    [OPT_EVACUATION] = { "evacuation", 0, OPTION_FLAG, NULL,
                         "rate sites and candidate buildings as places to evacuate to: the layer evacuation_site, with "
                         "reasons; the criteria are data/standards/suitability.csv",
                         NULL },
    [OPT_DEM] = { "dem", 0, OPTION_SOURCE, "RASTER", "heights in metres, for the slope of evacuation sites", NULL },
    [OPT_SCENARIO] = { "scenario", 0, OPTION_LIST, "NAME",
                       "baseline (every road open), current (closures that name no scenario), or a scenario that closures "
                       "name, with those that name none; may be repeated",
                       NULL },
    [OPT_UNKNOWN] = { "unknown", 0, OPTION_CHOICE, "ANSWER",
                      "roads that no closure mentions: open, closed, or both answers (the default)", unknown_roads },
    [OPT_MODE] = { "mode", 0, OPTION_CHOICE, "MODE", "how people travel: foot (the default), vehicle or both",
                   travel_modes },
    [OPT_LIMITS] = { "limits", 0, OPTION_TEXT, "MINUTES",
                     "the minutes within which people are counted, ascending; 15,30,60 when not given", NULL },
    [OPT_SERVICE_TYPE] = { "service-type", 0, OPTION_LIST, "TYPE",
                           "services of this type: hospital, clinic, school, water_point ...; may be repeated; all types "
                           "that there are when not given",
                           NULL },
    [OPT_NEAREST] = { "nearest", 0, OPTION_TEXT, "N",
                      "so many services of each type, the nearest first; 1 when not given", NULL },
    [OPT_MAX_WALK] = { "max-walk", 0, OPTION_TEXT, "METRES",
                       "the longest walk from a place to the road; who is farther is off the network and listed; 1000 "
                       "when not given",
                       NULL },
    [OPT_JOIN_ENDS] = { "join-ends", 0, OPTION_TEXT, "METRES",
                        "join ends of roads that meet nothing to what is within so far; each one is told", NULL },
    [OPT_CROSSINGS] = { "crossings", 0, OPTION_FLAG, NULL,
                        "roads that cross without a common vertex meet there, bridges apart", NULL },
    [OPT_CAPACITY] = { "capacity", 0, OPTION_FLAG, NULL,
                       "nobody is sent to a service that is full: who finds it so goes on to the next", NULL },
    [OPT_ROUTES] = { "routes", 0, OPTION_FLAG, NULL, "also the ways, as the layer access_route", NULL },
    [OPT_ISOCHRONES] = { "isochrones", 0, OPTION_FLAG, NULL,
                         "also the areas within the limits, as the layer access_area: kept, lost and gained", NULL },
    [OPT_CRITICAL] = { "critical", 0, OPTION_TEXT, "N",
                       "also the N links whose cut would cost people most, as the layer critical_link", NULL },
    [OPT_CRITICAL_OF] = { "critical-of", 0, OPTION_CHOICE, "WHICH",
                          "the links of --critical: all (the default), a row for each chain of a road's links that "
                          "carry the same ways, or bridges: roads that say they are one, a row for each bridge",
                          critical_links },
    [OPT_BARRIER] = { "barrier", 0, OPTION_SOURCE, "SRC",
                      "lines and polygons that areas do not reach across beside roads (wadis, walls); closures are some "
                      "anyway",
                      NULL },
    [OPT_CLOSURE] = { "closure", 0, OPTION_LAYER, "SRC", "read closures from here", NULL },
    [OPT_PEOPLE] = { "population", 0, OPTION_SOURCE, "RASTER",
                     "people of this grid set out too, from the middle of every cell", NULL },
    [OPT_PUBLISHED] = { "output", 'o', OPTION_TARGET, "OUT.gpkg",
                        "the file to make: a GeoPackage, or .kmz, .gpx, .geojson, .csv, .xlsx", NULL },
    [OPT_PUBLISH_LAYER] = { "layer", 0, OPTION_LIST, "NAME",
                            "publish this layer; may be repeated; all that the audience may see and that have rows when "
                            "not given",
                            NULL },
    [OPT_FORMAT] = { "format", 0, OPTION_CHOICE, "FORMAT", "what to write, where the name of the file does not say it",
                     formats },
    [OPT_DISCLOSURE] = { "disclosure-report", 0, OPTION_FLAG, NULL,
                         "also say how easily rows about people could be told apart: smallest k, rows below k, risk",
                         NULL },
    [OPT_QUASI] = { "quasi", 0, OPTION_TEXT, "COLUMN,...",
                    "of the disclosure report: what somebody else may know of a row; those of data/audiences.json when not "
                    "given",
                    NULL },
    [OPT_DISPLACE_SEED] = { "seed", 0, OPTION_TEXT, "N",
                            "of positions that the rules displace, for tests: whoever knows it knows them; the system's, "
                            "which is kept nowhere, when not given",
                            NULL },
    [OPT_RETARGET] = { "retarget", 0, OPTION_FLAG, NULL,
                       "after renaming: let the QGIS project in the published file name it as it is called now", NULL },
    [OPT_OUTPUT_DIR] = { "output-dir", 0, OPTION_TARGET, "FOLDER",
                         "put what the plan writes here; the plan's own folder when not given", NULL },
    [OPT_DATE] = { "date", 0, OPTION_TEXT, "DATE",
                   "the date to state as that of the work, as 2023-09-18 or 'today'; when not given, "
                   "the provenance takes the newest date in the data and a map states none",
                   NULL },
    [OPT_LANG] = { "lang", 0, OPTION_CHOICE, "LANG", "the language of labels: en, ar or both", languages },
    [OPT_AUDIENCE] = { "audience", 0, OPTION_CHOICE, "WHO",
                       "who will see the result: internal (the default), humanitarian or public; commands whose result is "
                       "for the workspace take internal alone. data/audiences.json has the rules",
                       audiences },
    [OPT_STRICT] = { "strict", 0, OPTION_FLAG, NULL, "fail when a row is rejected", NULL },
    [OPT_DRY_RUN] = { "dry-run", 'n', OPTION_FLAG, NULL, "do everything but write", NULL },
    [OPT_JSON] = { "json", 0, OPTION_FLAG, NULL, "print the result as JSON", NULL },
    [OPT_THREADS] = { "threads", 0, OPTION_NUMBER, "N",
                      "use this many threads; as many as there are processors when not given", NULL },
    [OPT_QUIET] = { "quiet", 'q', OPTION_FLAG, NULL, "no tables, no warnings, no progress", NULL },
    [OPT_VERBOSE] = { "verbose", 'v', OPTION_FLAG, NULL, "say what is being done; print tables whole", NULL },
    [OPT_HELP] = { "help", 'h', OPTION_FLAG, NULL, "print this help", NULL },
};

static const cli_command commands[] = {
    { "new",
      ARGUMENT_WORKSPACE,
      "WS.gpkg",
      1,
      "make an empty workspace",
      "A workspace is a GeoPackage with the layers of the data model: sites, services, roads, damage, hazards and so on, each "
      "with its columns, lists of values in English and Arabic, and styles. Open it in QGIS at any time.",
      { { "new libya.gpkg", "an empty workspace" },
        { "new libya.gpkg --overwrite", "start again: what the file held is gone" } },
      { OPT_OVERWRITE, OPT_COUNT },
      OPT_COUNT,
      cmd_new },
    { "import",
      ARGUMENT_SOURCE,
      "SRC...",
      64,
      "bring field data into the layers of a workspace",
      "Columns are matched to fields by name, by known other names and by label; --map says what could not be found. Every row "
      "is imported, or rejected with its row number and the reason. A row whose key is there already "
      "is updated in the columns that the source has. What was rejected, and why, is the layer finding.\n\n"
      "Positions outside of the country are kept and told. It is Libya, unless --set country=SSD names another (DZA, EGY, "
      "LBY, MOZ, NER, SDN, SSD, TCD, TUN: data/intake/rules.json has their boxes), or --set country=any none.\n\n"
      "A source is a file, or 'FILE|layername=NAME' for one layer of it: CSV, GeoJSON, GeoPackage, Shapefile, OpenStreetMap. With --as cems the "
      "sources are the layers of a Copernicus EMS product, or its zip as delivered.",
      { { "import sites.csv -w libya.gpkg --to site", "a site list with columns for longitude and latitude" },
        { "import sites.csv -w libya.gpkg --to site --map 'Nom du site=name_en' --set source='Field team'",
          "one column named by hand, one field the same in every row" },
        { "import --as cems EMSR696_AOI01.zip -w libya.gpkg", "a Copernicus EMS product as delivered" },
        { "import 'roads.gpkg|layername=lines' -w libya.gpkg --to road --dry-run",
          "try it: findings, but nothing written" } },
      { OPT_WORKSPACE, OPT_TO, OPT_AS, OPT_LAYER, OPT_MAP, OPT_SET, OPT_WHERE, OPT_CRS, OPT_ENCODING, OPT_COUNT },
      OPT_WORKSPACE,
      cmd_import },
    { "info",
      ARGUMENT_SOURCE,
      "SRC",
      1,
      "say what a source holds",
      "Lists the layers of a file with their geometry, rows, extent and coordinate reference system, and the columns of each. "
      "Nothing is changed.",
      { { "info libya.gpkg", "all layers" }, { "info damage.geojson --json", "the same for a program" } },
      { OPT_LAYER, OPT_COUNT },
      OPT_COUNT,
      cmd_info },
    { "damage",
      ARGUMENT_WORKSPACE,
      "WS",
      1,
      "count damage by area, grade, use and source",
      "Buildings seen as damaged and as possibly damaged are counted apart, never as one figure. What the source did not look at, "
      "could not analyse or did not produce is stated for every area: not observed is not undamaged. The result "
      "is the layers damage_summary and damage_extent; it takes the place of an earlier one, so give -o to keep both. The "
      "polygons of a file are named by its P-codes, else by its IDs or codes, else by its names.",
      { { "damage libya.gpkg", "by area of interest" },
        { "damage libya.gpkg --by admin:2", "by administrative area of level 2" },
        { "damage libya.gpkg --by 'blocks.gpkg|layername=block' -o summary.gpkg",
          "by polygons of your own, into a new file" } },
      { OPT_BY, OPT_OUTPUT, OPT_OVERWRITE, OPT_DAMAGE, OPT_COVERAGE, OPT_HAZARD, OPT_ADMIN, OPT_COUNT },
      OPT_COUNT,
      cmd_damage },
    { "hazard",
      ARGUMENT_WORKSPACE,
      "WS",
      1,
      "lay sites, services, buildings, roads and households over hazards",
      "For every asset and hazard: the highest class touched, the largest and the mean intensity, the share, area or length "
      "affected, and the share of which nothing is known; then which hazard dominates, how many there are, and indices of all "
      "together. The result is a layer exposure_site, exposure_building and so on, with columns such as flood_class "
      "and flood_fraction for each hazard; it takes the place of an earlier one, so give -o to keep both.\n\n"
      "A class is a word or number of a class scale (data/standards/hazard-classes): the usual one of the hazard, or that of "
      "classes=. With unit= the column, or the raster, holds an intensity, which the scale's bounds make a class. NAME "
      "begins the columns: flood, earthquake and the like are known, flood_100yr counts as a flood. Where "
      "polygons have a column hazard, as the layer of a workspace has, those of NAME are taken alone. "
      "All columns of the result, with their units, are in libsitemap/doc/data_model.md; the scales that there are in "
      "data/standards/hazard-classes, and in the sentence of an unknown classes=.\n\n"
      "Polygons say nothing of what lies outside of them: that is unknown, never safe, unless coverage= says what the source "
      "looked at. Polygons over each other count once, by the worst. Invalid ones are repaired, which a finding says.",
      { { "hazard libya.gpkg", "the workspace's assets over the workspace's hazards" },
        { "hazard libya.gpkg --hazard flood=depth.tif,unit=m --hazard 'landslide=zones.gpkg|layername=zones,column=class'",
          "a raster of depths and polygons with classes" },
        { "hazard libya.gpkg --hazard flood=extent.geojson,coverage=aoi.geojson --near 500",
          "a flood seen from above, where was looked, and how far off the others are" },
        { "hazard libya.gpkg --hazard flood=depth.tif,unit=m --passability flood --curve jrc_africa_residential",
          "which roads the water closes, and what it costs" },
        { "hazard libya.gpkg --evacuation --dem terrain.tif",
          "which sites and public buildings can take people in, and why not" },
        { "hazard libya.gpkg --building 'osm.gpkg|layername=buildings' -o exposed.gpkg",
          "buildings of a file, the result into a new one" } },
      { OPT_HAZARDS,     OPT_AT_LEAST,      OPT_NEAR,      OPT_CELLS, OPT_POINTS,     OPT_AREAS,      OPT_CURVE,
        OPT_PASSABILITY, OPT_WARNING_DELAY, OPT_SAMPLES,   OPT_SEED,  OPT_POPULATION, OPT_EVACUATION, OPT_DEM,
        OPT_CRS,         OPT_OUTPUT,        OPT_OVERWRITE, OPT_SITE,  OPT_SERVICE,    OPT_BUILDING,   OPT_ROAD,
        OPT_HOUSEHOLD,   OPT_ADMIN,         OPT_COVERAGE,  OPT_COUNT },
      OPT_COUNT,
      cmd_hazard },
    { "access",
      ARGUMENT_WORKSPACE,
      "WS",
      1,
      "say who reaches which services by road, before and after closures",
      "From every site, household and building to the nearest service of each type: minutes and metres along the roads, the "
      "walks at both ends included; how many people are within 15, 30 and 60 minutes; who goes to which service; what "
      "closures take away. The result is the layers access_site, access_household, access_building, access_coverage, "
      "catchment and road_cut; rows of the scenarios, modes and service types that are run take the place of earlier ones, "
      "all others stay.\n\n"
      "A scenario is a set of closures of the layer closure, in force at the date of the run. Each is compared with the "
      "baseline, in which every road is open. A road that no closure mentions is not known to be open: both answers are "
      "given unless --unknown says which. A closure acts on the very part of a road that it touches; a bridge is cut by what is on "
      "it, not by the water under it.\n\n"
      "Roads are one network where they share a vertex: --join-ends and --crossings mend lines that do not. Speeds are those of "
      "the roads, else those of class and surface in data/standards/travel_speed.csv. Who is farther than --max-walk from any "
      "road, or on an island of the network, is listed as such and never attached to a road. Services that do not work do not "
      "count, those of unknown status do. Names and parameters are in libsitemap/doc/data_model.md and data/standards.",
      { { "access libya.gpkg", "all origins and services of the workspace, on foot" },
        { "access libya.gpkg --scenario baseline --scenario bridges-out --mode vehicle",
          "before, and with the bridges out" },
        { "access libya.gpkg --service-type hospital --service-type clinic --limits 30,60 --nearest 3",
          "the three nearest of two types" },
        { "access libya.gpkg --isochrones --critical 10 --barrier wadis.geojson",
          "areas within reach, and the ten links that matter most" },
        { "access libya.gpkg --critical 10 --critical-of bridges", "the ten bridges that matter most" },
        { "access libya.gpkg --road 'osm.gpkg|layername=roads' --join-ends 2 --crossings",
          "roads of a file, mended where they do not quite meet" },
        { "access libya.gpkg --capacity --by admin:3 -o access.gpkg",
          "with full services passed over, by area, into a new file" } },
      { OPT_SCENARIO,  OPT_UNKNOWN,   OPT_MODE,     OPT_LIMITS, OPT_SERVICE_TYPE, OPT_NEAREST,   OPT_MAX_WALK,
        OPT_JOIN_ENDS, OPT_CROSSINGS, OPT_CAPACITY, OPT_ROUTES, OPT_ISOCHRONES,   OPT_CRITICAL,  OPT_CRITICAL_OF,
        OPT_BARRIER,   OPT_AREAS,     OPT_PEOPLE,   OPT_CRS,    OPT_OUTPUT,       OPT_OVERWRITE, OPT_SITE,
        OPT_HOUSEHOLD, OPT_BUILDING,  OPT_SERVICE,  OPT_ROAD,   OPT_CLOSURE,      OPT_ADMIN,     OPT_COUNT },
      OPT_COUNT,
      cmd_access },
    { "map",
      ARGUMENT_WORKSPACE,
      "WS",
      1,
      "draw a finished map sheet",
      "Draws a sheet as PNG, PDF or SVG (A4, lengthwise and at 300 dpi unless told otherwise) with title, legend, scale, sources, date, disclaimer and audience, in English and Arabic. "
      "The styles are those that QGIS shows for the workspace.",
      { { "map libya.gpkg -o libya.png", "the sheet 'overview' of all that is there" },
        { "map libya.gpkg --area EMSR696_AOI02 --title 'Derna: damage' -o derna.png", "one area of interest" },
        { "map libya.gpkg --extent 22.60,32.74,22.68,32.79 --lang ar -o derna.png --overwrite",
          "an extent, in Arabic" },
        { "map libya.gpkg --paper A3 --portrait -o libya.png", "on larger paper, upright" },
        { "map libya.gpkg --base imagery.tif --base-attribution '(c) Copernicus data 2023' -o libya.pdf",
          "over satellite imagery" },
        { "map libya.gpkg --atlas admin:2 -o libya.pdf", "a page for each district, in one file" },
        { "map libya.gpkg --sheet hazard -o hazard.png", "after sitemap hazard: what is exposed to which hazards" },
        { "map libya.gpkg --sheet access --set service_type=clinic --set limit=60 -o access.png",
          "after sitemap access: what sites reach before and after closures" } },
      { OPT_MAP_FILE,  OPT_SHEET,    OPT_AREA,   OPT_EXTENT,
        OPT_TITLE,     OPT_TEXT,     OPT_PAPER,  OPT_PORTRAIT,
        OPT_LANDSCAPE, OPT_DPI,      OPT_ATLAS,  OPT_WORLD_FILE,
        OPT_PALETTE,   OPT_ICONS,    OPT_BASE,   OPT_BASE_ATTRIBUTION,
        OPT_OVERWRITE, OPT_ADMIN,    OPT_SITE,   OPT_BUILDING,
        OPT_DAMAGE,    OPT_COVERAGE, OPT_HAZARD, OPT_ROAD,
        OPT_SERVICE,   OPT_COUNT },
      OPT_MAP_FILE,
      cmd_map },
    { "publish",
      ARGUMENT_WORKSPACE,
      "WS",
      1,
      "make a GeoPackage for an audience, with styles, QGIS project and metadata",
      "Writes a new file with the layers that the audience may see: styles, labels, lists of values and aliases in both "
      "languages, relations, metadata with sources and licences, and a QGIS project (Project > Open From > GeoPackage) with "
      "layer groups, print layouts like the sheets of sitemap map, and an atlas of the administrative areas. "
      "The workspace is never copied: what is not on the list is not in the file.\n\n"
      "The project names the file; after renaming it, run sitemap publish NEW.gpkg --retarget.\n\n"
      "With another extension, or --format, the layers go out in that format: KMZ, GPX (points and lines; the rest is "
      "listed), GeoJSON (RFC 7946), CSV with HXL tags, XLSX. A cell of CSV or XLSX that a spreadsheet would take for a "
      "formula (it begins with = + - or @) is text, in CSV with an apostrophe before it.",
      { { "publish libya.gpkg -o libya-internal.gpkg --audience internal", "everything, for QGIS" },
        { "publish libya.gpkg -o sites.gpkg --audience internal --layer site --layer service --title 'Sites, round 7'",
          "two layers" },
        { "publish libya.gpkg -o sites.xlsx --audience internal --layer site", "a spreadsheet" },
        { "publish sites-round7.gpkg --retarget", "the published file was renamed" } },
      { OPT_PUBLISHED, OPT_PUBLISH_LAYER, OPT_FORMAT, OPT_AREA, OPT_EXTENT, OPT_TITLE, OPT_TEXT, OPT_RETARGET,
        OPT_DISCLOSURE, OPT_QUASI, OPT_DISPLACE_SEED, OPT_PALETTE, OPT_ICONS, OPT_OVERWRITE, OPT_COUNT },
      OPT_COUNT,
      cmd_publish },
    { "run",
      ARGUMENT_PLAN,
      "PLAN.json",
      1,
      "do the steps of a plan, in order",
      "A plan is a JSON file: {\"workspace\": \"derna.gpkg\", \"date\": \"2023-09-18\", \"steps\": [{\"command\": \"import\", \"source\": "
      "[\"sites.csv\"], \"options\": {\"to\": \"site\", \"map\": {\"Nom\": \"name_en\"}}}, ...]}. Every option of a command can stand under "
      "its name in \"options\": flags as true, --map and --set as objects. \"workspace\", \"date\", \"lang\" and \"audience\" may stand in the "
      "plan or in a step; the command line comes before the plan.\n\n"
      "Paths in a plan are relative to the folder of the plan, those of files to write too unless --output-dir is given. A "
      "step that rejected rows does not stop the run, a step that failed does. What earlier steps did stays.",
      { { "run data/derna/plan.json", "from field files to maps, all steps" },
        { "run plan.json --output-dir out", "the same into another folder" },
        { "run plan.json --dry-run",
          "see which steps there are, whether the plan is in order and what it reads is there" } },
      { OPT_OUTPUT_DIR, OPT_COUNT },
      OPT_COUNT,
      cmd_run },
};

const cli_option *table_option(option_id id) {
    return &options[id];
}

const cli_command *table_command(int index) {
    return index >= 0 && (size_t)index < sizeof commands / sizeof *commands ? &commands[index] : NULL;
}

const cli_command *table_find_command(const char *name) {
    for (int i = 0; table_command(i); i++)
        if (strcmp(commands[i].name, name) == 0) return &commands[i];
    return NULL;
}

bool table_takes(const cli_command *command, option_id id) {
    if (id >= OPT_FIRST_COMMON) return id < OPT_COUNT;
    for (const option_id *own = command->options; *own != OPT_COUNT; own++)
        if (*own == id) return true;
    return false;
}

option_id table_find_option(const cli_command *command, const char *name) {
    for (int id = 0; id < OPT_COUNT; id++)
        if (table_takes(command, (option_id)id) && strcmp(options[id].name, name) == 0) return (option_id)id;
    return OPT_COUNT;
}

bool table_is_repeatable(option_id id) {
    return options[id].kind == OPTION_MAP || options[id].kind == OPTION_SET || options[id].kind == OPTION_NAMED ||
           options[id].kind == OPTION_LIST;
}

/* Edits (insert, delete, replace, swap of neighbours) that turn one word into the other: the restricted
 * Damerau-Levenshtein distance, row by row. Words longer than the rows are far from everything. */
static int edit_distance(const char *a, const char *b) {
    enum { LONGEST = 31 };
    size_t n = strlen(a), m = strlen(b);
    if (n > LONGEST || m > LONGEST) return LONGEST;
    int row[LONGEST + 1][LONGEST + 1];
    for (size_t i = 0; i <= n; i++) {
        for (size_t j = 0; j <= m; j++) {
            if (i == 0 || j == 0) {
                row[i][j] = (int)(i + j);
                continue;
            }
            int best = row[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            if (row[i - 1][j] + 1 < best) best = row[i - 1][j] + 1;
            if (row[i][j - 1] + 1 < best) best = row[i][j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && row[i - 2][j - 2] + 1 < best)
                best = row[i - 2][j - 2] + 1;
            row[i][j] = best;
        }
    }
    return row[n][m];
}

void nearest_offer(nearest *n, const char *candidate) {
    size_t len = strlen(n->word);
    int distance = edit_distance(n->word, candidate);
    if (len >= 3 && strncmp(n->word, candidate, len) == 0) distance = 1;
    int limit = len <= 2 ? 0 : len <= 3 ? 1 : len <= 6 ? 2 : 3;
    if (distance <= limit && (!n->best || distance < n->distance)) {
        n->best = candidate;
        n->distance = distance;
    }
}
