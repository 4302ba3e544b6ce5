/* What forms show of a field: its name in the language, and a widget by what it may hold. */
#include "model/domain.h"
#include "qgis/qml_parts.h"

static void put_option(smap__str *out, const char *type, const char *name, const char *value) {
    smap__str_put(out, "<Option");
    smap__qml_put_attribute(out, "type", type);
    smap__qml_put_attribute(out, "name", name);
    smap__qml_put_attribute(out, "value", value);
    smap__str_put(out, "/>");
}

static void put_widget_start(smap__str *out, const char *field, const char *type) {
    smap__str_put(out, "<field");
    smap__qml_put_attribute(out, "name", field);
    smap__str_put(out, "><editWidget");
    smap__qml_put_attribute(out, "type", type);
    smap__str_put(out, "><config><Option type=\"Map\">");
}

static void put_widget_end(smap__str *out) {
    smap__str_put(out, "</Option></config></editWidget></field>\n");
}

static void put_value_map(smap__str *out, const smap__field *field, const smap__domain *domain, const char *lang) {
    put_widget_start(out, field->name, "ValueMap");
    smap__str_put(out, "<Option type=\"List\" name=\"map\">\n");
    for (int i = 0; i < domain->codes; i++) {
        const smap__code *code = &domain->code[i];
        const char *en = *code->label.en ? code->label.en : code->code;
        smap__str_put(out, "<Option type=\"Map\"><Option type=\"QString\"");
        smap__qml_put_title(out, "name", en, code->label.ar, lang);
        smap__qml_put_attribute(out, "value", code->code);
        smap__str_put(out, "/></Option>\n");
    }
    smap__str_put(out, "</Option>");
    put_widget_end(out);
}

static void put_calendar(smap__str *out, const smap__field *field) {
    const char *format = field->type == SMAP_DATE ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss";
    put_widget_start(out, field->name, "DateTime");
    put_option(out, "bool", "allow_null", "true");
    put_option(out, "bool", "calendar_popup", "true");
    put_option(out, "QString", "display_format", format);
    put_option(out, "QString", "field_format", format);
    put_option(out, "bool", "field_iso_format", "false");
    put_widget_end(out);
}

/* A spin box; its limits are those of the field, where it has any. */
static void put_range(smap__str *out, const smap__field *field) {
    static const double most = 2147483647; /* of QGIS's box for whole numbers */
    char low[32], high[32];
    bool whole = field->type == SMAP_INT64;
    smap__qml_number(low, field->has_min ? field->min : -most);
    smap__qml_number(high, field->has_max ? field->max : most);
    put_widget_start(out, field->name, "Range");
    put_option(out, "bool", "AllowNull", "true");
    put_option(out, whole ? "int" : "double", "Min", low);
    put_option(out, whole ? "int" : "double", "Max", high);
    put_option(out, whole ? "int" : "double", "Step", whole || !field->has_max || field->max > 1 ? "1" : "0.01");
    put_option(out, "QString", "Style", "SpinBox");
    put_widget_end(out);
}

static void put_empty(smap__str *out, const char *field, const char *type) {
    put_widget_start(out, field, type);
    put_widget_end(out);
}

static smap_status put_widget(smap_ctx *ctx, smap__str *out, const smap__field *field, const char *lang,
                              smap_error *err) {
    const smap__domain *domain = NULL;
    smap_status status = SMAP_OK;
    if (*field->domain) {
        status = smap__domain_get(ctx, field->domain, &domain, err);
        if (status == SMAP_OK) put_value_map(out, field, domain, lang);
    } else if (field->type == SMAP_BOOL) {
        put_empty(out, field->name, "CheckBox");
    } else if (field->type == SMAP_DATE || field->type == SMAP_TIMESTAMP) {
        put_calendar(out, field);
    } else if ((field->type == SMAP_INT64 || field->type == SMAP_FLOAT64) && (field->has_min || field->has_max)) {
        put_range(out, field);
    }
    return status;
}

/* The number that the file gives each row says nothing to people. */
static const char ROW_NUMBER[] = "fid";

smap_status smap__qml_put_fields(smap_ctx *ctx, smap__str *out, const smap__schema *schema, const char *lang,
                                 smap_error *err) {
    smap_status status = SMAP_OK;
    smap__str_put(out, "<fieldConfiguration>\n");
    put_empty(out, ROW_NUMBER, "Hidden");
    for (int i = 0; i < schema->fields && status == SMAP_OK; i++)
        status = put_widget(ctx, out, &schema->field[i], lang, err);
    if (status != SMAP_OK) return status;
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
