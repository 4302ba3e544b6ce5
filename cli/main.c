#include <stdio.h>

#include "sitemap.h"

int main(void) {
    printf("sitemap %s\n", smap_version());
    return 0;
}
