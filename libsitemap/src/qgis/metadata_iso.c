/* Elements in the order of the schemas of ISO 19139:2007 (gmd/metadataEntity.xsd and what it includes). */
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/str.h"
#include "qgis/metadata.h"

static void put_string(smap__str *out, const char *name, const char *text) {
    smap__str_printf(out, "<gmd:%s><gco:CharacterString>", name);
    smap__str_put_xml(out, text, strlen(text));
    smap__str_printf(out, "</gco:CharacterString></gmd:%s>\n", name);
}

static void put_code(smap__str *out, const char *name, const char *list, const char *value) {
    smap__str_printf(out,
                     "<gmd:%s><gmd:%s codeList=\"http://www.isotc211.org/2005/resources/codeList.xml#%s\" "
                     "codeListValue=\"%s\">%s</gmd:%s></gmd:%s>\n",
                     name, list, list, value, value, list, name);
}

static void put_date(smap__str *out, const char *name, const char *date) {
    smap__str_printf(out, "<gmd:%s><gco:Date>%s</gco:Date></gmd:%s>\n", name, date, name);
}

/* ISO wants a contact; one that is not known is said to be so. */
static void put_contact(smap__str *out, const char *name, const smap__metadata *m) {
    smap__str_printf(out, "<gmd:%s><gmd:CI_ResponsibleParty>\n", name);
    if (*m->contact)
        put_string(out, "organisationName", m->contact);
    else
        smap__str_put(out, "<gmd:organisationName gco:nilReason=\"unknown\"/>\n");
    put_code(out, "role", "CI_RoleCode", "pointOfContact");
    smap__str_printf(out, "</gmd:CI_ResponsibleParty></gmd:%s>\n", name);
}

static void put_reference_system(smap__str *out, const smap_crs *crs) {
    smap__str code = SMAP__STR_INIT;
    if (smap_crs_code(crs) > 0)
        smap__str_printf(&code, "%s:%d", smap_crs_authority(crs), smap_crs_code(crs));
    else
        smap__str_put(&code, smap_crs_name(crs));
    smap__str_put(out, "<gmd:referenceSystemInfo><gmd:MD_ReferenceSystem><gmd:referenceSystemIdentifier>"
                       "<gmd:RS_Identifier>\n");
    put_string(out, "code", code.data ? code.data : "");
    smap__str_put(out, "</gmd:RS_Identifier></gmd:referenceSystemIdentifier></gmd:MD_ReferenceSystem>"
                       "</gmd:referenceSystemInfo>\n");
    out->failed = out->failed || code.failed;
    smap__str_release(&code);
}

static void put_constraints(smap__str *out, const smap__metadata *m) {
    smap__str_put(out, "<gmd:resourceConstraints><gmd:MD_LegalConstraints>\n");
    put_string(out, "useLimitation", m->audience);
    put_code(out, "accessConstraints", "MD_RestrictionCode", "otherRestrictions");
    put_code(out, "useConstraints", "MD_RestrictionCode", "license");
    for (int i = 0; i < m->licences; i++) {
        const smap__licence *l = &m->licence[i];
        smap__str text = SMAP__STR_INIT;
        smap__str_printf(&text, "%s: %s%s%s", l->source, l->name, *l->url ? ", " : "", l->url);
        put_string(out, "otherConstraints", text.data ? text.data : "");
        out->failed = out->failed || text.failed;
        smap__str_release(&text);
    }
    smap__str_put(out, "</gmd:MD_LegalConstraints></gmd:resourceConstraints>\n");
}

static void put_bound(smap__str *out, const char *name, double degrees) {
    smap__str_printf(out, "<gmd:%s><gco:Decimal>", name);
    smap__str_put_real(out, degrees);
    smap__str_printf(out, "</gco:Decimal></gmd:%s>\n", name);
}

static void put_extent(smap__str *out, smap_box box) {
    if (!(box.xmin <= box.xmax)) return;
    smap__str_put(out, "<gmd:extent><gmd:EX_Extent><gmd:geographicElement><gmd:EX_GeographicBoundingBox>\n");
    put_bound(out, "westBoundLongitude", box.xmin);
    put_bound(out, "eastBoundLongitude", box.xmax);
    put_bound(out, "southBoundLatitude", box.ymin);
    put_bound(out, "northBoundLatitude", box.ymax);
    smap__str_put(out, "</gmd:EX_GeographicBoundingBox></gmd:geographicElement></gmd:EX_Extent></gmd:extent>\n");
}

static void put_identification(smap__str *out, const smap__metadata *m) {
    smap__str_put(out, "<gmd:identificationInfo><gmd:MD_DataIdentification>\n<gmd:citation><gmd:CI_Citation>\n");
    put_string(out, "title", m->title);
    smap__str_put(out, "<gmd:date><gmd:CI_Date>\n");
    put_date(out, "date", m->date);
    put_code(out, "dateType", "CI_DateTypeCode", "publication");
    smap__str_put(out, "</gmd:CI_Date></gmd:date>\n</gmd:CI_Citation></gmd:citation>\n");
    put_string(out, "abstract", m->abstract);
    put_contact(out, "pointOfContact", m);
    put_constraints(out, m);
    put_string(out, "language", m->language);
    smap__str_put(out, "<gmd:topicCategory><gmd:MD_TopicCategoryCode>society</gmd:MD_TopicCategoryCode>"
                       "</gmd:topicCategory>\n");
    put_extent(out, m->box);
    smap__str_put(out, "</gmd:MD_DataIdentification></gmd:identificationInfo>\n");
}

static void put_lineage(smap__str *out, const smap__metadata *m) {
    smap__str_put(out, "<gmd:dataQualityInfo><gmd:DQ_DataQuality><gmd:scope><gmd:DQ_Scope>\n");
    put_code(out, "level", "MD_ScopeCode", "dataset");
    smap__str_put(out, "</gmd:DQ_Scope></gmd:scope>\n<gmd:lineage><gmd:LI_Lineage>\n");
    put_string(out, "statement", m->lineage);
    smap__str_put(out, "</gmd:LI_Lineage></gmd:lineage></gmd:DQ_DataQuality></gmd:dataQualityInfo>\n");
}

smap_status smap__metadata_iso(const smap__metadata *m, char **xml, smap_error *err) {
    smap__str text = SMAP__STR_INIT;
    smap__str_put(&text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gmd:MD_Metadata xmlns:gmd=\"" SMAP__ISO_URI
                         "\" xmlns:gco=\"http://www.isotc211.org/2005/gco\">\n");
    put_string(&text, "fileIdentifier", m->id);
    put_string(&text, "language", m->language);
    put_code(&text, "characterSet", "MD_CharacterSetCode", "utf8");
    put_code(&text, "hierarchyLevel", "MD_ScopeCode", "dataset");
    put_contact(&text, "contact", m);
    put_date(&text, "dateStamp", m->date);
    put_string(&text, "metadataStandardName", "ISO 19115:2003/19139");
    put_string(&text, "metadataStandardVersion", "1.0");
    if (m->crs) put_reference_system(&text, m->crs);
    put_identification(&text, m);
    put_lineage(&text, m);
    smap__str_put(&text, "</gmd:MD_Metadata>\n");
    char *taken = text.failed ? NULL : smap__str_take(&text);
    smap__str_release(&text);
    if (!taken) return smap__fail_memory(err);
    *xml = taken;
    return SMAP_OK;
}
