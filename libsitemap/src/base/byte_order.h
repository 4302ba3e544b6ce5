/* Whole numbers of files whose order of bytes is fixed, on any machine. */
#ifndef SMAP_BASE_BYTE_ORDER_H
#define SMAP_BASE_BYTE_ORDER_H

#include <stdint.h>

static inline uint32_t smap__be32(const unsigned char *b) {
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static inline uint32_t smap__le32(const unsigned char *b) {
    return (uint32_t)b[3] << 24 | (uint32_t)b[2] << 16 | (uint32_t)b[1] << 8 | b[0];
}

static inline void smap__put_le32(unsigned char *to, uint32_t value) {
    for (int i = 0; i < 4; i++) to[i] = (unsigned char)(value >> (8 * i));
}

static inline void smap__put_le64(unsigned char *to, uint64_t value) {
    for (int i = 0; i < 8; i++) to[i] = (unsigned char)(value >> (8 * i));
}

/* Big-endian, so many bytes of it. */
static inline void smap__put_big(unsigned char *to, uint64_t value, int bytes) {
    for (int i = 0; i < bytes; i++) to[i] = (unsigned char)(value >> (8 * (bytes - 1 - i)));
}

#endif
