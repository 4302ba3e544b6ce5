/* What a sheet shows of layers that hold several: one scenario, mode, service type, limit, or one site. "choose" of its
 * file lists the keys, in order, each within what was chosen before:
 *
 *     { "key": "scenario",              --set scenario=NAME chooses; templates write it as {scenario}
 *       "column": "scenario",           whose values are the candidates,
 *       "layers": ["access_site", ...], of the first of these that has any
 *       "prefer": ["30"],               the first of them that is a candidate, else the last row's value: the latest
 *                                       run's
 *       "avoid": ["baseline"],          one of these only where there is nothing else
 *       "first": true,                  else the first row's value, of what has no latest run
 *       "atlas": "site",                an atlas of that layer, whose key the column is, chooses page by page
 *       "needed": true,                 no candidate at all is an error: rows of all would stand under the name of one
 *       "domain": "travel_mode",        what values are called, or
 *       "labels": [{"is", "en", "ar"}], or the columns beside it that say it, of
 *                                       that layer or of another one with the same keys:
 *       "label_en": "name_en", "label_ar": "name_ar", "label_layer": "site" } */
#ifndef SMAP_JOB_MAP_CHOICES_H
#define SMAP_JOB_MAP_CHOICES_H

#include "job/common.h"
#include "model/json.h"
#include "model/names.h"
#include "sheet/sheet.h"

typedef struct smap__map_choices {
    smap__sheet_chosen *item; /* of each key that has candidates */
    smap__label *label;       /* what the values are called */
    int count;
    smap__arena arena;
} smap__map_choices;

/* `choose` is an array of a sheet file; `path` is that file, for messages. SMAP_E_NOT_FOUND: --set names a value that
 * is no candidate, or there are none within what was chosen before. */
smap_status smap__map_choices_make(smap_ctx *ctx, smap__workspace *workspace, const smap__audience *audience,
                                   const smap_map_options *options, const smap__json *choose, const char *path,
                                   smap__map_choices *out, smap_error *err);
void smap__map_choices_release(smap__map_choices *choices);

#endif
