#include "io/shp_files.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include <cpl_vsi.h>

#include "base/alloc.h"
#include "base/byte_order.h"
#include "base/fail.h"
#include "base/str.h"
#include "io/budget.h"
#include "io/encoding.h"
#include "io/gdal_guard.h"

/* Code pages by the language driver byte of a .dbf (ESRI's and dBASE's tables); 0x57 and 0 say nothing. */
static const struct {
    unsigned char driver;
    const char *encoding;
} language_driver[] = {
    { 0x01, "CP437" },  { 0x02, "CP850" },  { 0x03, "CP1252" }, { 0x08, "CP865" },  { 0x13, "CP932" },
    { 0x4D, "CP936" },  { 0x4E, "CP949" },  { 0x4F, "CP950" },  { 0x50, "CP874" },  { 0x58, "CP1252" },
    { 0x59, "CP1252" }, { 0x64, "CP852" },  { 0x65, "CP866" },  { 0x66, "CP865" },  { 0x67, "CP861" },
    { 0x6A, "CP737" },  { 0x6B, "CP857" },  { 0x78, "CP950" },  { 0x79, "CP949" },  { 0x7A, "CP936" },
    { 0x7B, "CP932" },  { 0x7C, "CP874" },  { 0x7D, "CP1255" }, { 0x7E, "CP1256" }, { 0xC8, "CP1250" },
    { 0xC9, "CP1251" }, { 0xCA, "CP1254" }, { 0xCB, "CP1253" }, { 0xCC, "CP1257" },
};

/* ---- files beside each other ------------------------------------------------------------------------------------ */

/* A link is not taken: it could lead anywhere, and the user has not named it. */
char *smap__shp_files_beside(const smap__member *member, const char *extension) {
    size_t stem = strlen(member->path) - 3;
    char *path = smap__strdup(member->path);
    for (int upper = 0; path && upper < 2; upper++) {
        for (size_t i = 0; i < 3; i++)
            path[stem + i] = (char)(upper ? toupper((unsigned char)extension[i]) : extension[i]);
        struct stat link;
        VSILFILE *zipped = strncmp(path, "/vsi", 4) == 0 ? VSIFOpenL(path, "rb") : NULL;
        if (zipped) VSIFCloseL(zipped);
        if (zipped || (lstat(path, &link) == 0 && S_ISREG(link.st_mode))) return path;
    }
    smap__free(path);
    return NULL;
}

/* At most `limit` bytes from the start of a file; *size is the whole file's. NULL if it cannot be read. */
static unsigned char *read_start(const char *path, size_t limit, size_t *got, int64_t *size) {
    VSILFILE *file = VSIFOpenL(path, "rb");
    if (!file) return NULL;
    unsigned char *bytes = NULL;
    if (VSIFSeekL(file, 0, SEEK_END) == 0) {
        *size = (int64_t)VSIFTellL(file);
        if ((int64_t)limit > *size) limit = (size_t)*size;
        bytes = smap__alloc(limit + 1);
        VSIFSeekL(file, 0, SEEK_SET);
        if (bytes) {
            *got = VSIFReadL(bytes, 1, limit, file);
            bytes[*got] = 0;
        }
    }
    VSIFCloseL(file);
    return bytes;
}

static smap_status missing(const smap__member *member, const char *extension, const char *why, smap_error *err) {
    return smap__fail(err, SMAP_E_NOT_FOUND, member->shown,
                      "%s: the file .%s that belongs beside it is missing: %s; ask for all files of the "
                      "shapefile",
                      member->shown, extension, why);
}

static smap_status cut_short(const smap__member *member, const char *extension, int64_t size, int64_t stated,
                             smap_error *err) {
    return smap__fail(err, SMAP_E_FORMAT, member->shown,
                      "%s: its .%s file is cut short: %lld of %lld bytes are there; copy or download it again",
                      member->shown, extension, (long long)size, (long long)stated);
}

/* ---- .shp and .shx ---------------------------------------------------------------------------------------------- */

static const char *shape_name(uint32_t code) {
    switch (code % 10) {
    case 1:
        return "Point";
    case 3:
        return "LineString";
    case 5:
        return "Polygon";
    case 8:
        return "MultiPoint";
    default:
        return code == 31 ? "Polygon" : "Geometry";
    }
}

/* Both have a header of 100 bytes that states the length in 16 bit words. */
static smap_status check_header(const smap__member *member, const char *extension, const unsigned char *bytes,
                                size_t got, int64_t size, smap_error *err) {
    if (got < 100 || smap__be32(bytes) != 9994)
        return smap__fail(err, SMAP_E_FORMAT, member->shown, "%s: its .%s file is not one of a shapefile",
                          member->shown, extension);
    int64_t stated = 2 * (int64_t)smap__be32(bytes + 24);
    return size < stated ? cut_short(member, extension, size, stated, err) : SMAP_OK;
}

/* Every shape that the index names must lie within the .shp. */
static smap_status check_index(const smap__member *member, const unsigned char *index, size_t got, int64_t shp_size,
                               int64_t *shapes, smap_error *err) {
    *shapes = ((int64_t)got - 100) / 8;
    for (int64_t i = 0; i < *shapes; i++) {
        const unsigned char *entry = index + 100 + 8 * i;
        int64_t end = 2 * (int64_t)smap__be32(entry) + 8 + 2 * (int64_t)smap__be32(entry + 4);
        if (end > shp_size)
            return smap__fail_row(
                err, SMAP_E_FORMAT, member->shown, i + 1,
                "%s: its .shx file does not fit it: shape %lld would lie behind the end of the .shp; ask for the "
                "files again",
                member->shown, (long long)i + 1);
    }
    return SMAP_OK;
}

static smap_status check_shapes(const smap__member *member, smap__shp_files *out, int64_t *shapes, smap_error *err) {
    smap_status status = SMAP_OK;
    size_t got = 0, index_got = 0;
    int64_t size = 0, index_size = 0;
    char *path = smap__shp_files_beside(member, "shx");
    unsigned char *index = NULL, *head = read_start(member->path, 100, &got, &size);
    if (!path) {
        status = missing(member, "shx", "it says where each shape begins", err);
        goto done;
    }
    index = read_start(path, (size_t)SMAP__BUDGET_ROWS * 8 + 100, &index_got, &index_size);
    if (!head || !index) {
        status = smap__fail(err, SMAP_E_IO, member->shown, "%s: cannot be read", member->shown);
        goto done;
    }
    SMAP_TRY(check_header(member, "shp", head, got, size, err), done);
    SMAP_TRY(check_header(member, "shx", index, index_got, index_size, err), done);
    SMAP_TRY(check_index(member, index, index_got, size, shapes, err), done);
    out->geometry = shape_name(smap__le32(head + 32));
done:
    smap__free(path);
    smap__free(head);
    smap__free(index);
    return status;
}

/* ---- .dbf ------------------------------------------------------------------------------------------------------- */

/* What a .cpg file holds ("UTF-8", "1256", "ANSI 1256", "windows-1256", "ISO 88591") as iconv names it. */
static void read_cpg(const smap__member *member, char out[64]) {
    char *path = smap__shp_files_beside(member, "cpg");
    size_t got = 0;
    int64_t size = 0;
    unsigned char *bytes = path ? read_start(path, 60, &got, &size) : NULL;
    const char *text = bytes ? (const char *)bytes : "";
    size_t len = got;
    smap__trim(&text, &len);
    while (len && !isalnum((unsigned char)text[len - 1])) len--;
    int at = 0;
    size_t digits = 0;
    while (digits < len && isdigit((unsigned char)text[len - 1 - digits])) digits++;
    if (len >= 5 && strncasecmp(text, "UTF", 3) == 0)
        at = snprintf(out, 64, "UTF-8");
    else if (digits == 5 && strncmp(text + len - 5, "65001", 5) == 0)
        at = snprintf(out, 64, "UTF-8");
    else if (digits == 5 && strncmp(text + len - 5, "8859", 4) == 0)
        at = snprintf(out, 64, "ISO-8859-%c", text[len - 1]);
    else if (len > 8 && strncasecmp(text, "ISO", 3) == 0 && digits < 3)
        at = snprintf(out, 64, "ISO-8859-%.*s", (int)digits, text + len - digits);
    else if (digits >= 3 && digits <= 4)
        at = snprintf(out, 64, "CP%.*s", (int)digits, text + len - digits);
    if (at == 0 && len) snprintf(out, 64, "%.*s", (int)len, text);
    smap__free(path);
    smap__free(bytes);
}

/* By the caller, the .cpg, the language driver byte, or else by the look of the texts. */
static void find_encoding(const smap__member *member, const unsigned char *dbf, size_t got, size_t header,
                          smap__shp_files *out) {
    const char *given = smap__member_options(member)->encoding;
    if (given) {
        snprintf(out->encoding, sizeof out->encoding, "%s", given);
        return;
    }
    read_cpg(member, out->encoding);
    if (out->encoding[0]) return;
    for (size_t i = 0; i < sizeof language_driver / sizeof *language_driver; i++)
        if (language_driver[i].driver == dbf[29]) {
            snprintf(out->encoding, sizeof out->encoding, "%s", language_driver[i].encoding);
            return;
        }
    const char *found = smap__encoding_guess((const char *)dbf + header, got - header);
    out->guessed = found && strcmp(found, "UTF-8") != 0;
    snprintf(out->encoding, sizeof out->encoding, "%s", found ? found : "");
}

static smap_status check_table(const smap__member *member, const char *path, smap__shp_files *out, smap_error *err) {
    size_t got = 0;
    int64_t size = 0;
    smap_status status = SMAP_OK;
    unsigned char *dbf = read_start(path, (size_t)SMAP__BUDGET_TEXT_BYTES, &got, &size);
    if (!dbf) return smap__fail(err, SMAP_E_IO, member->shown, "%s: its .dbf file cannot be read", member->shown);
    int64_t rows = got >= 32 ? (int64_t)smap__le32(dbf + 4) : 0;
    size_t header = got >= 32 ? (size_t)(dbf[8] | dbf[9] << 8) : 0,
           width = got >= 32 ? (size_t)(dbf[10] | dbf[11] << 8) : 0;
    if (header < 33 || width < 1 || (dbf[0] & 7) != 3) {
        status = smap__fail(err, SMAP_E_FORMAT, member->shown, "%s: its .dbf file is no dBASE table", member->shown);
    } else if (size < (int64_t)header + rows * (int64_t)width) {
        status = cut_short(member, "dbf", size, (int64_t)header + rows * (int64_t)width, err);
    } else if (size > SMAP__BUDGET_TEXT_BYTES) {
        status = smap__fail(err, SMAP_E_LIMIT, member->shown, "%s: its .dbf file is larger than %lld MB", member->shown,
                            (long long)(SMAP__BUDGET_TEXT_BYTES >> 20));
    } else {
        out->rows = rows;
        out->columns = (int)((header - 33) / 32);
        find_encoding(member, dbf, got, header, out);
    }
    smap__free(dbf);
    return status;
}

static smap_status check_all(const smap__member *member, bool with_shapes, smap__shp_files *out, smap_error *err) {
    if (!with_shapes) return check_table(member, member->path, out, err);
    int64_t shapes = 0;
    smap_status status = SMAP_OK;
    char *path = smap__shp_files_beside(member, "dbf");
    if (!path) {
        status = missing(member, "dbf", "without it no shape has a name or an id", err);
        goto done;
    }
    SMAP_TRY(check_shapes(member, out, &shapes, err), done);
    SMAP_TRY(check_table(member, path, out, err), done);
    if (shapes != out->rows)
        status = smap__fail(err, SMAP_E_FORMAT, member->shown,
                            "%s: its files do not belong together: %lld shapes in the .shx, %lld rows in the .dbf",
                            member->shown, (long long)shapes, (long long)out->rows);
done:
    smap__free(path);
    return status;
}

smap_status smap__shp_files_check(const smap__member *member, bool with_shapes, smap__shp_files *out, smap_error *err) {
    smap__shp_files found = { .geometry = "" };
    smap__gdal_guard guard;
    smap_status status = smap__gdal_start(err);
    if (status != SMAP_OK) return status;
    smap__gdal_guard_begin(&guard);
    status = check_all(member, with_shapes, &found, err);
    smap__gdal_guard_end(&guard);
    if (status == SMAP_OK) *out = found;
    return status;
}
