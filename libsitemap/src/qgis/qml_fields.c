#include "model/domain.h"
#include "qgis/qml_parts.h"

static void put_value_map(smap__str *out, const smap__field *field, const smap__domain *domain, const char *lang) {
    smap__str_put(out, "<field");
    smap__qml_put_attribute(out, "name", field->name);
    smap__str_put(out, "><editWidget type=\"ValueMap\"><config><Option type=\"Map\"><Option type=\"List\" "
                       "name=\"map\">\n");
    for (int i = 0; i < domain->codes; i++) {
        const smap__code *code = &domain->code[i];
        const char *en = *code->label.en ? code->label.en : code->code;
        smap__str_put(out, "<Option type=\"Map\"><Option type=\"QString\"");
        smap__qml_put_title(out, "name", en, code->label.ar, lang);
        smap__qml_put_attribute(out, "value", code->code);
        smap__str_put(out, "/></Option>\n");
    }
    smap__str_put(out, "</Option></Option></config></editWidget></field>\n");
}

smap_status smap__qml_put_fields(smap_ctx *ctx, smap__str *out, const smap__schema *schema, const char *lang,
                                 smap_error *err) {
    smap__str_put(out, "<fieldConfiguration>\n");
    for (int i = 0; i < schema->fields; i++) {
        const smap__domain *domain = NULL;
        if (!*schema->field[i].domain) continue;
        smap_status status = smap__domain_get(ctx, schema->field[i].domain, &domain, err);
        if (status != SMAP_OK) return status;
        put_value_map(out, &schema->field[i], domain, lang);
    }
    smap__str_put(out, "</fieldConfiguration>\n<aliases>\n");
    for (int i = 0; i < schema->fields; i++) {
        const smap__field *field = &schema->field[i];
        if (!*field->label.en && !*field->label.ar) continue;
        smap__str_put(out, "<alias");
        smap__qml_put_attribute(out, "field", field->name);
        smap__qml_put_title(out, "name", field->label.en, field->label.ar, lang);
        smap__str_put(out, "/>\n");
    }
    smap__str_put(out, "</aliases>\n");
    return SMAP_OK;
}
