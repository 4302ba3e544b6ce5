#include <string.h>

#include "style/filter.h"

static bool filter_reads(const smap__filter *f, const char *column) {
    if (!f) return false;
    if (f->property && strcmp(f->property, column) == 0) return true;
    for (int i = 0; i < f->children; i++)
        if (filter_reads(&f->child[i], column)) return true;
    return false;
}

static bool label_reads(const smap__symbolizer *s, const char *column) {
    for (int i = 0; i < s->labels; i++)
        for (int k = 0; k < s->label[i].parts; k++) {
            const char *property = s->label[i].part[k].property;
            if (property && strcmp(property, column) == 0) return true;
        }
    return false;
}

bool smap__style_reads(const smap__style *style, const char *column) {
    for (int r = 0; r < style->rules; r++) {
        const smap__rule *rule = &style->rule[r];
        if (filter_reads(rule->filter, column)) return true;
        for (int i = 0; i < rule->symbolizers; i++)
            if (label_reads(&rule->symbolizer[i], column)) return true;
    }
    return false;
}

bool smap__style_has_labels(const smap__style *style) {
    for (int r = 0; r < style->rules; r++)
        for (int i = 0; i < style->rule[r].symbolizers; i++)
            if (style->rule[r].symbolizer[i].kind == SMAP__SYM_TEXT) return true;
    return false;
}
