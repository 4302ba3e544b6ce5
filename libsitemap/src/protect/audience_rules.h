/* Inside of protect: data/audiences.json as read. The document stays open with the context; rules are read where they
 * are used, and are few. */
#ifndef SMAP_PROTECT_AUDIENCE_RULES_H
#define SMAP_PROTECT_AUDIENCE_RULES_H

#include "model/json.h"
#include "protect/audience.h"
#include "protect/scrub.h"

struct smap__audience {
    const char *name, *tag_en, *tag_ar, *tag_both;
    const smap__json *layers, *columns; /* classes that it may see */
    const smap__json *rule;             /* layer -> its rule */
    const smap__json *positions_note;
    const smap__json *small_counts; /* NULL: counts are shown as they are, and what follows is NULL too */
    const char *mark, *mark_too, *marks_note_en, *marks_note_ar;
    bool all; /* sees everything, also what the model does not know */
    const struct smap__audience_rules *rules;
};

typedef struct smap__audience_rules {
    smap__json_doc *doc;
    const smap__json *root;
    smap__audience *audience;
    size_t audiences;
    smap__scrub *scrub;
} smap__audience_rules;

/* Read on first use, kept with the context. */
smap_status smap__audience_rules_of(smap_ctx *ctx, const smap__audience_rules **out, smap_error *err);

/* Does a list of the rules hold that text? */
bool smap__audience_rules_list(const smap__json *list, const char *text);

#endif
