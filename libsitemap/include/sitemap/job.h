/* The jobs, one per verb of the command line. Each resolves its layers, computes, commits to the workspace or writes a
 * file, and returns a result that can be printed. */
#ifndef SITEMAP_JOB_H
#define SITEMAP_JOB_H

#include "sitemap/geometry.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- results --------------------------------------------------------------------------------------------------- */

typedef struct smap_result smap_result;

SMAP_API void smap_result_free(smap_result *result);
SMAP_API int smap_result_tables(const smap_result *result);
SMAP_API const char *smap_result_table_name(const smap_result *result, int index);  /* key, "damage_summary" */
SMAP_API const char *smap_result_table_title(const smap_result *result, int index); /* for people */
SMAP_API const smap_table *smap_result_table(const smap_result *result, int index);
SMAP_API int smap_result_notes(const smap_result *result);
SMAP_API const char *smap_result_note(const smap_result *result, int index); /* one sentence */
SMAP_API int64_t smap_result_rejected(const smap_result *result);            /* rows rejected */

/* ---- jobs ------------------------------------------------------------------------------------------------------ */

typedef struct smap_pair {
    const char *key, *value;
} smap_pair;

/* Options that every job shares. `date` is "2023-09-18", an ISO timestamp, or "today"; NULL = SOURCE_DATE_EPOCH, else
 * the newest date in the data: the clock is asked only when told so, so that the same run gives the same bytes. */
typedef struct smap_common {
    const char *date;
    const char *audience; /* NULL = "internal" */
    const char *lang;     /* "en", "ar", "both"; NULL = "both" */
    bool dry_run;         /* do all but write */
} smap_common;

#define SMAP_COMMON_INIT                                                                                               \
    { NULL, NULL, NULL, false }

typedef struct smap_new_options {
    size_t size;
    smap_common common;
    bool overwrite;
} smap_new_options;
#define SMAP_NEW_OPTIONS_INIT                                                                                          \
    { sizeof(smap_new_options), SMAP_COMMON_INIT, false }
SMAP_API smap_status smap_new(smap_ctx *ctx, const char *workspace, const smap_new_options *options, smap_result **out,
                              smap_error *err);

typedef struct smap_import_options {
    size_t size;
    smap_common common;
    const char *as; /* NULL = one model layer; "cems" = a Copernicus EMS product */
    const char *to; /* model layer; NULL = found from the source's name */
    const char *layer, *crs, *encoding, *where;
    const smap_pair *map; /* source column -> field */
    int maps;
    const smap_pair *set; /* field -> value */
    int sets;
    bool strict; /* rejected rows are an error: nothing is written */
} smap_import_options;
#define SMAP_IMPORT_OPTIONS_INIT                                                                                       \
    { sizeof(smap_import_options), SMAP_COMMON_INIT, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, 0, false }
SMAP_API smap_status smap_import(smap_ctx *ctx, const char *workspace, const char *const *sources, int count,
                                 const smap_import_options *options, smap_result **out, smap_error *err);

typedef struct smap_info_options {
    size_t size;
    smap_common common;
    const char *layer;
} smap_info_options;
#define SMAP_INFO_OPTIONS_INIT                                                                                         \
    { sizeof(smap_info_options), SMAP_COMMON_INIT, NULL }
SMAP_API smap_status smap_info(smap_ctx *ctx, const char *source, const smap_info_options *options, smap_result **out,
                               smap_error *err);

typedef struct smap_damage_options {
    size_t size;
    smap_common common;
    const char *by; /* "aoi" (default), "admin:LEVEL", or a polygon source "SRC[|layername=NAME][,key=COLUMN]" */
    const smap_pair *source; /* layer -> source to read in its place */
    int sources;
    const char *output; /* NULL = into the workspace */
    bool overwrite;
} smap_damage_options;
#define SMAP_DAMAGE_OPTIONS_INIT                                                                                       \
    { sizeof(smap_damage_options), SMAP_COMMON_INIT, NULL, NULL, 0, NULL, false }
SMAP_API smap_status smap_damage(smap_ctx *ctx, const char *workspace, const smap_damage_options *options,
                                 smap_result **out, smap_error *err);

/* `hazard` NAME -> "SRC[|layername=L][,column=C][,unit=U][,band=B][,classes=SCALE][,coverage=SRC][,weight=W]
 * [,error=E][,velocity=SRC][,arrival_time=SRC]": polygons or a raster; none = those of the workspace. */
typedef struct smap_hazard_options {
    size_t size;
    smap_common common;
    const smap_pair *hazard;
    int hazards;
    const smap_pair *source; /* layer -> source to read in its place */
    int sources;
    const char *by;            /* "admin:LEVEL" or a polygon source, as in smap_damage_options; NULL = the whole */
    const char *at_least;      /* class, by its number, that counts as affected; NULL = "1" */
    const char *near_m;        /* how far to look for a hazard outside of it, in metres; NULL = not at all */
    const char *cells;         /* "fraction" (default) or "centre" */
    const char *points;        /* "cell" (default) or "bilinear" */
    const char *crs;           /* of the files that state none */
    const char *curve;         /* "NAME" or "NAME:HAZARD": damage by a curve of data/curves; NULL = none */
    const char *passability;   /* hazard in m by which roads are closed; NULL = none */
    const char *warning_delay; /* minutes from the event to the warning, for hazards with arrival_time=; NULL = none */
    const char *population;    /* raster of people; NULL = the workspace's first population_grid, if any */
    const char *dem;           /* terrain in m, for slopes; NULL = none */
    bool evacuation;           /* rate sites and candidate buildings as evacuation sites */
    int samples, seed;         /* 0 samples = errors are not sampled */
    const char *output;        /* NULL = into the workspace */
    bool overwrite;
    bool strict; /* rejected rows are an error: nothing is written */
} smap_hazard_options;
#define SMAP_HAZARD_OPTIONS_INIT                                                                                       \
    {                                                                                                                  \
        sizeof(smap_hazard_options), SMAP_COMMON_INIT, NULL, 0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL,     \
            NULL, NULL, NULL, NULL, false, 0, 0, NULL, false, false                                                    \
    }
SMAP_API smap_status smap_hazard(smap_ctx *ctx, const char *workspace, const smap_hazard_options *options,
                                 smap_result **out, smap_error *err);

/* Who reaches which services, by road, before and after closures. */
typedef struct smap_access_options {
    size_t size;
    smap_common common;
    const char *const *scenario; /* "baseline", "current", names that closures have; none = "current", or "baseline"
                                  * where every closure has a name */
    int scenarios;
    const char *unknown;             /* roads that no closure mentions: "open", "closed" or "both" (default) */
    const char *mode;                /* "foot" (default), "vehicle" or "both" */
    const char *limits;              /* minutes, ascending: "15,30,60"; NULL = those of data/standards/access.csv */
    const char *const *service_type; /* codes; none = all that there are */
    int service_types;
    const char *nearest;     /* so many services of a type; NULL = "1" */
    const char *max_walk_m;  /* from a place to the road; NULL = that of data/standards/access.csv */
    const char *join_m;      /* dangling ends of roads within so far are joined; NULL = none */
    bool crossings;          /* roads that cross without a common vertex meet there */
    bool capacity;           /* nobody is sent to a service that is full */
    bool routes, isochrones; /* also the ways, and the areas within the limits, as layers */
    const char *critical;    /* also the worst so many links; NULL = none */
    const char *critical_of; /* of "all" links (default) or of "bridges" alone */
    const char *barrier;     /* lines and polygons that areas do not cross, beside closures; NULL = none */
    const char *by;          /* "admin:LEVEL" or a polygon source, as in smap_damage_options; NULL = the whole */
    const char *population;  /* raster of people; NULL = the workspace's first population_grid, if any */
    const char *crs;         /* of the files that state none */
    const smap_pair *source; /* layer -> source to read in its place */
    int sources;
    const char *output; /* NULL = into the workspace */
    bool overwrite;
    bool strict; /* rejected rows are an error: nothing is written */
} smap_access_options;
#define SMAP_ACCESS_OPTIONS_INIT                                                                                       \
    {                                                                                                                  \
        sizeof(smap_access_options), SMAP_COMMON_INIT, NULL, 0, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, false,    \
            false, false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, false, false                       \
    }
SMAP_API smap_status smap_access(smap_ctx *ctx, const char *workspace, const smap_access_options *options,
                                 smap_result **out, smap_error *err);

typedef struct smap_map_options {
    size_t size;
    smap_common common;
    const char *sheet;  /* "overview", or a .json file of the user's */
    const char *output; /* .png */
    const char *area;   /* P-code, area of interest key, or place whose extent to show; NULL = all */
    const char *extent; /* "xmin,ymin,xmax,ymax" in degrees */
    const char *title;
    const smap_pair *set; /* texts of the sheet: KEY=VALUE */
    int sets;
    const smap_pair *source;
    int sources;
    bool overwrite;
    const char *paper;       /* "A4", "A3", "A2", "A1"; NULL = the sheet's */
    const char *orientation; /* "landscape", "portrait"; NULL = the sheet's */
    int dpi;                 /* dots an inch; 0 = the sheet's */
    const char *atlas;       /* a page for each feature: "admin", "admin:LEVEL", "site"; NULL = one map */
    bool world_file;         /* beside a .png: .pgw, .prj and .png.aux.xml with its place on earth */
    const char *palette;     /* of styles/palettes.json: other colours for the classes; NULL = the styles' own */
    const char *icons;       /* a folder of symbols (.svg) that take the place of ours of the same names; NULL = none */
    const char *base;        /* a picture below the map: .tif or .mbtiles; NULL = that of the sheet file, else none */
    const char *base_attribution; /* whose that is; NULL = as it says itself */
} smap_map_options;
#define SMAP_MAP_OPTIONS_INIT                                                                                          \
    {                                                                                                                  \
        sizeof(smap_map_options), SMAP_COMMON_INIT, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, 0, false, NULL, NULL, \
            0, NULL, false, NULL, NULL, NULL, NULL                                                                     \
    }
SMAP_API smap_status smap_map(smap_ctx *ctx, const char *workspace, const smap_map_options *options, smap_result **out,
                              smap_error *err);

/* A new GeoPackage for an audience, or one of the exchange formats: nothing is in it that is not on its list. */
typedef struct smap_publish_options {
    size_t size;
    smap_common common;       /* the audience must be named */
    const char *output;       /* .gpkg, .kmz, .gpx, .geojson, .csv, .xlsx */
    const char *const *layer; /* none = all that the audience may see and that have rows */
    int layers;
    const char *format; /* "gpkg", "kmz", "gpx", "geojson", "csv", "xlsx"; NULL = by the extension of `output` */
    const char *title;  /* of the project, its metadata and its layouts */
    const char *area;   /* what the project opens on and its layout shows, as in smap_map_options; NULL = all */
    const char *extent;
    const smap_pair *set; /* texts of the layouts: KEY=VALUE */
    int sets;
    bool overwrite;
    bool disclosure_report; /* also say how easily rows could be told apart */
    const char *quasi;      /* "a,b": by these columns; NULL = those of data/audiences.json */
    const char *seed;    /* a whole number, of positions that are displaced; NULL = the system's, which nobody knows */
    const char *palette; /* as in smap_map_options, for what QGIS shows */
    const char *icons;
} smap_publish_options;
#define SMAP_PUBLISH_OPTIONS_INIT                                                                                      \
    {                                                                                                                  \
        sizeof(smap_publish_options), SMAP_COMMON_INIT, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0, false, false,  \
            NULL, NULL, NULL, NULL                                                                                     \
    }
SMAP_API smap_status smap_publish(smap_ctx *ctx, const char *workspace, const smap_publish_options *options,
                                  smap_result **out, smap_error *err);
/* After a published file was renamed: its QGIS project names the file as it is called now. Whole or not at all. */
SMAP_API smap_status smap_publish_retarget(smap_ctx *ctx, const char *path, const smap_common *common,
                                           smap_result **out, smap_error *err);

#ifdef __cplusplus
}
#endif
#endif
