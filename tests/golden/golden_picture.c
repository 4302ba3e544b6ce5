/* The program behind golden.py:
 *
 *     golden_picture compare OLD.png NEW.png [DIFFERENCE.png]   prints the figures as JSON; 0 = the same, 1 = differs
 *     golden_picture pack FROM.png TO.png                       what is kept: few levels, no metadata
 *     golden_picture edge FILE.png PIXELS                       prints how many pixels that near the edge are not white
 *
 * 2 = could not be done, with a sentence. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "picture_compare.h"

static bool read_or_say(const char *path, golden_picture *out) {
    if (golden_picture_read(path, out)) return true;
    fprintf(stderr, "golden_picture: %s cannot be read as a PNG picture\n", path);
    return false;
}

static bool write_or_say(const char *path, const golden_picture *picture) {
    if (golden_picture_write(path, picture)) return true;
    fprintf(stderr, "golden_picture: %s cannot be written\n", path);
    return false;
}

static int compare(const char *old_path, const char *new_path, const char *difference_path) {
    golden_picture was = { 0 }, is = { 0 }, difference = { 0 };
    int code = 2;
    if (read_or_say(old_path, &was) && read_or_say(new_path, &is)) {
        golden_picture_reduce(&was);
        golden_picture_reduce(&is);
        golden_difference d = golden_compare(&was, &is);
        code = !golden_is_same(&d);
        printf("{\"same_size\": %s, \"pixels\": %lld, \"any\": %lld, \"beyond\": %lld, \"largest\": %d, "
               "\"worst_tile\": %d, \"worst_x\": %d, \"worst_y\": %d, \"near\": %d, \"tile\": %d, "
               "\"tile_pixels\": %d, \"million\": %d}\n",
               d.same_size ? "true" : "false", (long long)d.pixels, (long long)d.any, (long long)d.beyond, d.largest,
               d.worst_tile, d.worst_x, d.worst_y, GOLDEN_NEAR, GOLDEN_TILE, GOLDEN_TILE_PIXELS, GOLDEN_MILLION);
        if (difference_path &&
            (!golden_difference_picture(&was, &is, &difference) || !write_or_say(difference_path, &difference)))
            code = 2;
    }
    golden_picture_free(&was);
    golden_picture_free(&is);
    golden_picture_free(&difference);
    return code;
}

static int pack(const char *from, const char *to) {
    golden_picture p = { 0 };
    int code = 2;
    if (read_or_say(from, &p)) {
        golden_picture_reduce(&p);
        code = write_or_say(to, &p) ? 0 : 2;
    }
    golden_picture_free(&p);
    return code;
}

static int edge(const char *path, int wide) {
    golden_picture p = { 0 };
    int64_t found = 0;
    if (wide < 1 || !read_or_say(path, &p)) return 2;
    for (int y = 0; y < p.height; y++)
        for (int x = 0; x < p.width; x++) {
            const uint8_t *at = p.rgb + 3 * ((size_t)y * (size_t)p.width + (size_t)x);
            bool inside = x >= wide && y >= wide && x < p.width - wide && y < p.height - wide;
            found += !inside && (at[0] & at[1] & at[2]) != 255;
        }
    printf("%lld\n", (long long)found);
    golden_picture_free(&p);
    return 0;
}

int main(int argc, char **argv) {
    if ((argc == 4 || argc == 5) && strcmp(argv[1], "compare") == 0)
        return compare(argv[2], argv[3], argc == 5 ? argv[4] : NULL);
    if (argc == 4 && strcmp(argv[1], "pack") == 0) return pack(argv[2], argv[3]);
    if (argc == 4 && strcmp(argv[1], "edge") == 0) return edge(argv[2], atoi(argv[3]));
    fprintf(stderr,
            "golden_picture compare OLD.png NEW.png [DIFFERENCE.png] | pack FROM.png TO.png | edge FILE.png N\n");
    return 2;
}
