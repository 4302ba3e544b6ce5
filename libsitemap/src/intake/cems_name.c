#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/path.h"
#include "intake/cems.h"

/* Names have had three forms over the years:
 *   since 2021       EMSR696_AOI03_GRA_PRODUCT_builtUpP_v2
 *   2019 to 2021     EMSR401_AOI01_DEL_MONIT01_observedEventA_r1_v1   (r: release)
 *   until 2018       EMSR149_02PORTOVIEJO_02GRADING_MAP_v1_settlements_point_grading
 * so a name is taken apart at "_", and every piece is asked what it is. */

static const struct {
    const char *word, *theme, *layer;
    char shape;
} themes[] = {
    { "builtUp", "builtUp", "damage", 0 },
    { "settlements", "builtUp", "damage", 0 },
    { "observedEvent", "observedEvent", "hazard", 0 },
    { "crisis information", "observedEvent", "hazard", 0 },
    { "observed event", "observedEvent", "hazard", 0 },
    { "areaOfInterest", "areaOfInterest", "coverage", 0 },
    { "area of interest", "areaOfInterest", "coverage", 0 },
    { "aois", "areaOfInterest", "coverage", 'A' },
    { "imageFootprint", "imageFootprint", "coverage", 0 },
    { "image footprint", "imageFootprint", "coverage", 0 },
    { "notAnalysed", "notAnalysed", "coverage", 0 },
    { "not analysed", "notAnalysed", "coverage", 0 },
    { "facilities", "facilities", NULL, 0 },
    { "transportation", "transportation", "closure", 0 },
    { "physiography", "physiography", NULL, 0 },
    { "hydrography", "hydrography", NULL, 0 },
    { "naturalLandUse", "naturalLandUse", NULL, 0 },
    { "ancillaryCrisisInfo", "ancillaryCrisisInfo", NULL, 0 },
    { "source", "source", NULL, 0 },
};

static const struct {
    const char *word, *product;
} products[] = {
    { "REF", "REF" }, { "REFERENCE", "REF" },   { "FEP", "FEP" }, { "FIRST ESTIMATE", "FEP" },
    { "DEL", "DEL" }, { "DELINEATION", "DEL" }, { "GRA", "GRA" }, { "GRADING", "GRA" },
};

static const struct {
    const char *word;
    char shape;
} shapes[] = { { "point", 'P' }, { "line", 'L' }, { "poly", 'A' }, { "polygon", 'A' },
               { "a", 'A' },     { "l", 'L' },    { "p", 'P' } };

enum { PIECES = 16, PIECE = 40 };

typedef struct pieces {
    char text[PIECES][PIECE];
    int count;
} pieces;

static bool split(const char *name, pieces *out) {
    size_t len = strlen(name);
    for (size_t i = len; i > 0 && len - i < 9; i--) { /* the extension */
        if (name[i - 1] == '.') {
            len = i - 1;
            break;
        }
    }
    out->count = 0;
    for (size_t at = 0; at < len;) {
        size_t n = 0;
        while (at + n < len && !strchr("_- ", name[at + n])) n++;
        if (n >= PIECE || out->count == PIECES) return false;
        if (n > 0) {
            memcpy(out->text[out->count], name + at, n);
            out->text[out->count++][n] = '\0';
        }
        at += n + 1;
    }
    return out->count > 0;
}

/* "v2" gives 2, "AOI03" gives 3: a number behind a prefix; -1 if it is not of that form. */
static int number_after(const char *piece, const char *prefix) {
    size_t n = strlen(prefix), len = strlen(piece);
    if (len <= n || len > n + 4 || strncasecmp(piece, prefix, n) != 0) return -1;
    int number = 0;
    for (size_t i = n; i < len; i++) {
        if (!isdigit((unsigned char)piece[i])) return -1;
        number = number * 10 + (piece[i] - '0');
    }
    return number;
}

static bool take_activation(const char *piece, smap__cems_name *out) {
    if (number_after(piece, "EMSR") < 0 && number_after(piece, "EMSN") < 0) return false;
    snprintf(out->activation, sizeof out->activation, "%s", piece);
    for (char *c = out->activation; *c; c++) *c = (char)toupper((unsigned char)*c);
    return true;
}

/* "builtUpP", "builtUp", or the words "area", "of", "interest" from `at` on; how many pieces it takes, 0 if none. */
static int take_theme(const pieces *p, int at, smap__cems_name *out) {
    for (size_t i = 0; i < sizeof themes / sizeof *themes; i++) {
        char joined[3 * PIECE];
        int words = 1;
        for (const char *c = themes[i].word; *c; c++) words += *c == ' ';
        if (at + words > p->count) continue;
        snprintf(joined, sizeof joined, "%s%s%s%s%s", p->text[at], words > 1 ? " " : "",
                 words > 1 ? p->text[at + 1] : "", words > 2 ? " " : "", words > 2 ? p->text[at + 2] : "");
        size_t n = strlen(themes[i].word), len = strlen(joined);
        bool lettered = words == 1 && len == n + 1 && strchr("PLApla", joined[n]);
        if (strncasecmp(joined, themes[i].word, n) != 0 || (len != n && !lettered)) continue;
        snprintf(out->theme, sizeof out->theme, "%s", themes[i].theme);
        out->shape = lettered ? (char)toupper((unsigned char)joined[n]) : themes[i].shape;
        return words;
    }
    return 0;
}

static bool take_product(const char *piece, smap__cems_name *out) {
    while (isdigit((unsigned char)*piece)) piece++; /* "02GRADING" */
    for (size_t i = 0; i < sizeof products / sizeof *products; i++) {
        if (strcasecmp(piece, products[i].word) != 0) continue;
        snprintf(out->product, sizeof out->product, "%s", products[i].product);
        return true;
    }
    return false;
}

/* "02PORTOVIEJO": area number and name, right behind the activation. */
static bool take_old_area(const char *piece, smap__cems_name *out) {
    if (!isdigit((unsigned char)piece[0]) || !isdigit((unsigned char)piece[1]) || !isalpha((unsigned char)piece[2])) {
        return false;
    }
    out->aoi = (piece[0] - '0') * 10 + (piece[1] - '0');
    return true;
}

static void take_piece(const char *piece, bool after_activation, int *release, smap__cems_name *out) {
    int number = 0;
    bool shape = false;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        shape = *out->theme && !out->shape && strcasecmp(piece, shapes[i].word) == 0;
        if (!shape) continue;
        out->shape = shapes[i].shape;
        return;
    }
    if ((number = number_after(piece, "AOI")) >= 0) {
        out->aoi = number;
    } else if ((number = number_after(piece, "MONIT")) >= 0) {
        snprintf(out->monitoring, sizeof out->monitoring, "MONIT%02d", number);
    } else if ((number = number_after(piece, "v")) >= 0) {
        out->version = number;
    } else if ((number = number_after(piece, "r")) >= 0) {
        *release = number;
    } else if (strcasecmp(piece, "PRODUCT") == 0) {
        snprintf(out->monitoring, sizeof out->monitoring, "PRODUCT");
    } else if (strncasecmp(piece, "EXCERPT", 7) == 0) {
        out->excerpt = true;
    } else if (*out->product || !take_product(piece, out)) {
        if (after_activation) take_old_area(piece, out);
    }
}

bool smap__cems_parse_name(const char *name, smap__cems_name *out) {
    pieces p;
    smap__cems_name found;
    int release = 0, activation = -1;
    memset(&found, 0, sizeof found);
    snprintf(found.monitoring, sizeof found.monitoring, "PRODUCT");
    if (!split(smap__path_name(name), &p)) return false;
    for (int i = 0; i < p.count;) {
        if (activation < 0 && take_activation(p.text[i], &found)) {
            activation = i++;
            continue;
        }
        int words = *found.theme ? 0 : take_theme(&p, i, &found);
        if (words > 0) {
            i += words;
            continue;
        }
        take_piece(p.text[i], activation >= 0 && i == activation + 1, &release, &found);
        i++;
    }
    bool plain = activation < 0 && p.count == 1 && found.shape; /* "areaOfInterestA" alone */
    if (!*found.theme || (activation < 0 && !plain)) return false;
    /* A second release counts as a version higher than any of the first. */
    if (release > 1) found.version += 100 * (release - 1);
    *out = found;
    return true;
}

const char *smap__cems_layer(const smap__cems_name *name) {
    for (size_t i = 0; i < sizeof themes / sizeof *themes; i++) {
        if (strcmp(themes[i].theme, name->theme) == 0) return themes[i].layer;
    }
    return NULL;
}

void smap__cems_key_prefix(smap__str *out, const smap__cems_name *name, int aoi) {
    const char *activation = *name->activation ? name->activation : "EMSR";
    smap__str_put(out, activation);
    if (aoi > 0) smap__str_printf(out, "_AOI%02d", aoi);
    if (strcmp(name->theme, "areaOfInterest") == 0) { /* one for all products of the area */
        smap__str_put(out, "_areaOfInterest_");
        return;
    }
    if (*name->product) smap__str_printf(out, "_%s", name->product);
    if (strcmp(name->monitoring, "PRODUCT") != 0) smap__str_printf(out, "_%s", name->monitoring);
    smap__str_printf(out, "_%s", name->theme);
    if (name->shape) smap__str_put_char(out, name->shape);
    smap__str_put_char(out, '_');
}
