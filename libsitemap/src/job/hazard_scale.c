#include <string.h>

#include "base/fail.h"
#include "base/str.h"
#include "job/hazard_spec.h"
#include "model/domain.h"

/* ---- bounds of the user's own --------------------------------------------------------------------------------------
 */

static bool is_bounds(const char *classes) {
    return strspn(classes, "0123456789.+-") > 0;
}

static smap_status fail_bounds(const smap__hazard_spec *spec, smap_error *err) {
    return smap__fail(
        err, SMAP_E_ARGUMENT, "classes",
        "hazard %s: classes=%s is neither the name of a scale nor up to %d ascending numbers from 0 on with blanks "
        "between them, the lower bounds of its classes",
        spec->name, spec->classes, SMAP__CLASSES_MAX);
}

static smap_status name_class(smap__arena *arena, const char *unit, int number, smap__hazard_class *klass,
                              smap_error *err) {
    smap__str bound = SMAP__STR_INIT;
    smap__str_put_real(&bound, klass->min);
    if (*unit) smap__str_printf(&bound, " %s", unit);
    klass->code = smap__arena_printf(arena, "class_%d", number);
    if (!bound.failed)
        klass->label = (smap__label){ smap__arena_printf(arena, "from %s", bound.data),
                                      smap__arena_printf(arena, "من %s", bound.data) };
    smap__str_release(&bound);
    return klass->code && klass->label.en && klass->label.ar ? SMAP_OK : smap__fail_memory(err);
}

static smap_status own_scale(smap__arena *arena, const smap__hazard_spec *spec, const smap__class_scale **out,
                             smap_error *err) {
    smap__class_scale *scale = smap__arena_alloc(arena, sizeof *scale);
    smap__hazard_class *klass = smap__arena_alloc(arena, SMAP__CLASSES_MAX * sizeof *klass);
    if (!scale || !klass) return smap__fail_memory(err);
    *scale = (smap__class_scale){ .name = spec->classes,
                                  .hazard = spec->kind,
                                  .unit = spec->unit ? spec->unit : "",
                                  .source = "bounds given with the run",
                                  .klass = klass };
    for (const char *at = spec->classes; *(at += strspn(at, " ;/")); at += strcspn(at, " ;/")) {
        if (scale->classes == SMAP__CLASSES_MAX) return fail_bounds(spec, err);
        smap__hazard_class *next = &klass[scale->classes];
        *next = (smap__hazard_class){ 0 };
        if (!smap__parse_real(at, strcspn(at, " ;/"), &next->min) ||
            !(scale->classes > 0 ? next->min > next[-1].min : next->min >= 0))
            return fail_bounds(spec, err);
        smap_status status = name_class(arena, scale->unit, ++scale->classes, next, err);
        if (status != SMAP_OK) return status;
    }
    *out = scale;
    return SMAP_OK;
}

/* ---- those of data/standards ---------------------------------------------------------------------------------------
 */

/* Which scales there are is in the sentence of the failed search. */
static smap_status fail_scale(const smap__hazard_spec *spec, const smap_error *why, smap_error *err) {
    if (why->status == SMAP_E_NOMEM) return smap__fail_memory(err);
    return smap__fail(err, SMAP_E_ARGUMENT, "classes",
                      "hazard %s: say with classes= which class scale it is to be judged by: %s", spec->name,
                      why->message);
}

static smap_status fail_name(smap_ctx *ctx, const smap__hazard_spec *spec, smap_error *err) {
    const smap__domain *known = NULL;
    smap__str list = SMAP__STR_INIT;
    smap_status status = smap__domain_get(ctx, "hazard", &known, err);
    if (status != SMAP_OK) return status;
    for (int i = 0; i < known->codes; i++) smap__str_printf(&list, "%s%s", i ? ", " : "", known->code[i].code);
    status =
        smap__fail(err, SMAP_E_ARGUMENT, "classes",
                   "hazard %s: \"%s\" is not a hazard that is known (%s), nor does it begin with one as flood_100yr "
                   "does; classes= with a class scale or its lower bounds, as classes=flood_depth or classes='0.2 "
                   "0.5 1.5', makes any name possible",
                   spec->name, spec->name, list.data ? list.data : "");
    smap__str_release(&list);
    return status;
}

smap_status smap__hazard_scale(smap_ctx *ctx, smap__arena *arena, const smap__hazard_spec *spec,
                               const smap__class_scale **out, smap_error *err) {
    smap_error why = SMAP_ERROR_INIT;
    const char *unit = spec->unit ? spec->unit : "";
    if (spec->classes && is_bounds(spec->classes)) return own_scale(arena, spec, out, err);
    bool by_kind = !spec->classes && *spec->kind;
    smap_status status = by_kind ? smap__class_scale_of(ctx, spec->kind, unit, out, &why)
                                 : smap__class_scale_get(ctx, spec->classes ? spec->classes : spec->name, out, &why);
    if (status != SMAP_OK && !spec->classes && !by_kind && why.status != SMAP_E_NOMEM) return fail_name(ctx, spec, err);
    if (status != SMAP_OK) return fail_scale(spec, &why, err);
    if (spec->unit && strcmp(unit, (*out)->unit) != 0)
        return smap__fail(
            err, SMAP_E_ARGUMENT, "unit",
            "hazard %s is in %s, and the bounds of the scale %s are in %s; values are not converted: name "
            "another scale with classes=, or bounds in %s, as classes='0.2 0.5 1.5'",
            spec->name, unit, (*out)->name, *(*out)->unit ? (*out)->unit : "no unit", unit);
    return SMAP_OK;
}
