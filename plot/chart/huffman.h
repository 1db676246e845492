/* plot/chart/huffman.h: codes for symbols by how often they come, as RFC 1951 wants them. */
#ifndef WM_PLOT_HUFFMAN_H
#define WM_PLOT_HUFFMAN_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint16_t bits;   /* most significant bit of the code first, so that it can be written least significant bit first */
    uint16_t length; /* 0: the symbol does not come */
} HuffmanCode;

#define HUFFMAN_LONGEST 15  /* bits */
#define HUFFMAN_MOST    288 /* symbols */

/** The lowest `n_bits` bits of a code the other way round. */
uint32_t huffman_reversed(uint32_t code, unsigned n_bits);

/** Codes of at most 15 bits for n symbols (at most HUFFMAN_MOST) that come `counts` times; at least two come at all. The shortest
 * that there are, unless the limit forces longer ones. Equal input gives equal codes. */
void huffman_codes(const uint32_t *counts, size_t n, HuffmanCode *out);

#endif
