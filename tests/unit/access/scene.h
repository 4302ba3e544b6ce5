/* Roads and closures out of a line of text, for the tests of access.
 *
 * Roads, apart by ";":     NAME X,Y X,Y ... [class=C] [surface=S] [speed=KMH] [oneway=O] [bridge]
 * Closures, apart by ";":  NAME point|line|area|nowhere X,Y ... [kind=K] [passable=P] [road=NAME] [scenario=S]
 *                          [speed=KMH] [delay=MIN] [from=DATE] [to=DATE]
 *
 * Metres; "-" is none. A part of a road begins with "/" between corners. */
#ifndef ACCESS_SCENE_H
#define ACCESS_SCENE_H

#include "../case_file.h"
#include "../cmocka_all.h"
#include "access/network.h"
#include "base/str.h"
#include "col/rows.h"
#include "geo/geom_builder.h"

typedef struct scene {
    const smap_layer *roads, *closures;
    const smap_geometry *road_ground, *closure_ground;
    smap__network_input input;
} scene;

enum { SCENE_ITEMS = 64, SCENE_WORDS = 48 };

/* What follows "KEY=" among the words; NULL: it is not there. */
static inline const char *scene_value(char *const *word, int words, const char *key) {
    size_t len = strlen(key);
    for (int i = 0; i < words; i++)
        if (strncmp(word[i], key, len) == 0 && word[i][len] == '=') return word[i] + len + 1;
    return NULL;
}

static inline bool scene_flag(char *const *word, int words, const char *key) {
    for (int i = 0; i < words; i++)
        if (strcmp(word[i], key) == 0) return true;
    return false;
}

static inline int64_t scene_time(const char *text) {
    int64_t ms = 0;
    if (!smap__parse_timestamp(text, strlen(text), &ms)) fail_msg("\"%s\" is no date", text);
    return ms;
}

/* One feature of the corners among the words. */
static inline void scene_geometry(smap_geometry_builder *b, char *const *word, int words, smap_geom_type type) {
    double x, y, first_x = NAN, first_y = NAN;
    int corners = 0, parts = 0;
    for (int i = 0; i <= words; i++) {
        bool corner = i < words && sscanf(word[i], "%lf,%lf", &x, &y) == 2;
        if (corners > 0 && (i == words || strcmp(word[i], "/") == 0)) {
            if (type == SMAP_GEOM_POLYGON) smap__builder_put(b, first_x, first_y);
            smap__builder_end_ring(b);
            smap__builder_end_part(b, type);
            parts++;
            corners = 0;
        }
        if (!corner) continue;
        assert_int_equal(smap__builder_reserve(b, 1, 1, 1, 2, NULL), SMAP_OK);
        if (corners++ == 0) {
            first_x = x;
            first_y = y;
        }
        smap__builder_put(b, x, y);
    }
    if (parts == 0) {
        assert_int_equal(smap_geometry_append_null(b, NULL), SMAP_OK);
    } else {
        smap__builder_end_feature(b, parts > 1 ? (smap_geom_type)(type + 3) : type);
    }
}

static inline void scene_layer(const char *name, smap__rows *rows, smap_geometry_builder *b, const smap_layer **layer,
                               const smap_geometry **ground) {
    const smap_table *table = NULL;
    smap_error err = SMAP_ERROR_INIT;
    if (smap__rows_finish(rows, &table, &err) != SMAP_OK) fail_msg("%s", err.message);
    assert_int_equal(smap_geometry_builder_finish(b, ground, NULL), SMAP_OK);
    assert_int_equal(smap_layer_new(name, table, *ground, NULL, layer, NULL), SMAP_OK);
    smap_table_free(table);
    smap_geometry_builder_free(b);
}

static inline void scene_real(smap__rows *rows, const char *text) {
    if (text) {
        smap__rows_real(rows, strtod(text, NULL));
    } else {
        smap__rows_null(rows);
    }
}

/* `text` is spoilt. */
static inline void scene_roads(scene *s, char *text) {
    static const smap__rows_column column[] = { { "road_id", SMAP_TEXT }, { "class", SMAP_TEXT },
                                                { "surface", SMAP_TEXT }, { "speed_kmh", SMAP_FLOAT64 },
                                                { "oneway", SMAP_TEXT },  { "bridge", SMAP_BOOL } };
    char *item[SCENE_ITEMS], *word[SCENE_WORDS];
    int items = strcmp(text, "-") == 0 ? 0 : case_split(text, ';', item, SCENE_ITEMS);
    smap__rows rows;
    smap_geometry_builder *b = NULL;
    smap__rows_init(&rows, column, 6);
    assert_int_equal(smap_geometry_builder_new(NULL, &b, NULL), SMAP_OK);
    for (int i = 0; i < items; i++) {
        int words = case_split(item[i], ' ', word, SCENE_WORDS);
        smap__rows_text(&rows, word[0]);
        smap__rows_text(&rows, scene_value(word, words, "class"));
        smap__rows_text(&rows, scene_value(word, words, "surface"));
        scene_real(&rows, scene_value(word, words, "speed"));
        smap__rows_text(&rows, scene_value(word, words, "oneway"));
        if (scene_flag(word, words, "bridge")) {
            smap__rows_int(&rows, 1);
        } else {
            smap__rows_null(&rows);
        }
        scene_geometry(b, word + 1, words - 1, SMAP_GEOM_LINESTRING);
    }
    scene_layer("road", &rows, b, &s->roads, &s->road_ground);
}

static inline void scene_date(smap__rows *rows, const char *text) {
    if (text) {
        smap__rows_int(rows, scene_time(text));
    } else {
        smap__rows_null(rows);
    }
}

static inline smap_geom_type scene_shape(const char *word) {
    if (strcmp(word, "point") == 0) return SMAP_GEOM_POINT;
    if (strcmp(word, "line") == 0) return SMAP_GEOM_LINESTRING;
    return strcmp(word, "area") == 0 ? SMAP_GEOM_POLYGON : SMAP_GEOM_NULL;
}

static inline void scene_closures(scene *s, char *text) {
    static const smap__rows_column column[] = { { "closure_id", SMAP_TEXT },   { "kind", SMAP_TEXT },
                                                { "passable", SMAP_TEXT },     { "road_id", SMAP_TEXT },
                                                { "scenario", SMAP_TEXT },     { "speed_kmh", SMAP_FLOAT64 },
                                                { "delay_min", SMAP_FLOAT64 }, { "valid_from", SMAP_TIMESTAMP },
                                                { "valid_to", SMAP_TIMESTAMP } };
    char *item[SCENE_ITEMS], *word[SCENE_WORDS];
    int items = strcmp(text, "-") == 0 ? 0 : case_split(text, ';', item, SCENE_ITEMS);
    smap__rows rows;
    smap_geometry_builder *b = NULL;
    smap__rows_init(&rows, column, 9);
    assert_int_equal(smap_geometry_builder_new(NULL, &b, NULL), SMAP_OK);
    for (int i = 0; i < items; i++) {
        int words = case_split(item[i], ' ', word, SCENE_WORDS);
        if (words < 2) fail_msg("closure %d has no name or no shape", i);
        smap__rows_text(&rows, word[0]);
        smap__rows_text(&rows, scene_value(word, words, "kind"));
        smap__rows_text(&rows, scene_value(word, words, "passable"));
        smap__rows_text(&rows, scene_value(word, words, "road"));
        smap__rows_text(&rows, scene_value(word, words, "scenario"));
        scene_real(&rows, scene_value(word, words, "speed"));
        scene_real(&rows, scene_value(word, words, "delay"));
        scene_date(&rows, scene_value(word, words, "from"));
        scene_date(&rows, scene_value(word, words, "to"));
        scene_geometry(b, word + 2, words - 2, scene_shape(word[1]));
    }
    scene_layer("closure", &rows, b, &s->closures, &s->closure_ground);
}

/* Both texts are spoilt. */
static inline void scene_init(scene *s, char *roads, char *closures) {
    memset(s, 0, sizeof *s);
    scene_roads(s, roads);
    scene_closures(s, closures);
    s->input = (smap__network_input){
        .roads = s->roads, .road_ground = s->road_ground, .closures = s->closures, .closure_ground = s->closure_ground
    };
}

static inline void scene_release(scene *s) {
    smap_layer_free(s->roads);
    smap_layer_free(s->closures);
    smap_geometry_free(s->road_ground);
    smap_geometry_free(s->closure_ground);
}

static inline smap__network *scene_network(smap_ctx *with, const scene *s) {
    smap__network *network = NULL;
    smap_error err = SMAP_ERROR_INIT;
    if (smap__network_build(with, &s->input, &network, &err) != SMAP_OK) fail_msg("%s", err.message);
    return network;
}

static inline smap__network_state *scene_state(smap_ctx *with, const smap__network *network, smap__scenario scenario) {
    smap__network_state *state = NULL;
    smap_error err = SMAP_ERROR_INIT;
    if (smap__network_scenario(with, network, &scenario, &state, &err) != SMAP_OK) fail_msg("%s", err.message);
    return state;
}

/* How many findings have that code. */
static inline int scene_found(const smap__findings *findings, const char *code) {
    int found = 0;
    for (size_t i = 0; i < findings->count; i++) found += strcmp(findings->items[i].code, code) == 0;
    return found;
}

#endif
