/* Huffman codes with a limit on their length. */
#include "plot/chart/huffman.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    uint32_t count;
    uint16_t symbol;
} Leaf;

static int by_count(const void *a, const void *b)
{
    const Leaf *x = a, *y = b;
    return x->count != y->count ? (x->count > y->count) - (x->count < y->count) : x->symbol - y->symbol;
}

uint32_t huffman_reversed(uint32_t code, unsigned n_bits)
{
    uint32_t result = 0;
    for (unsigned i = 0; i < n_bits; i++)
        result |= (code >> i & 1) << (n_bits - 1 - i);
    return result;
}

/* Depths of the leaves of Huffman's tree, from the two queues of leaves and of nodes made so far, both in order of count. Gives the
 * deepest. Source: van Leeuwen (1976), On the construction of Huffman trees. */
static unsigned measure_depths(const Leaf *leaves, size_t n, unsigned *depths)
{
    uint64_t counts[2 * HUFFMAN_MOST];
    size_t parents[2 * HUFFMAN_MOST], i_leaf = 0, i_node = n, end = n;
    unsigned depth_of[2 * HUFFMAN_MOST], deepest = 0;
    for (size_t i = 0; i < n; i++)
        counts[i] = leaves[i].count;
    for (; end < 2 * n - 1; end++) {
        counts[end] = 0;
        for (int k = 0; k < 2; k++) {
            const size_t least = i_leaf < n && (i_node >= end || counts[i_leaf] <= counts[i_node]) ? i_leaf++ : i_node++;
            counts[end] += counts[least];
            parents[least] = end;
        }
    }
    depth_of[end - 1] = 0;
    for (size_t i = end - 1; i-- > 0;) {
        depth_of[i] = depth_of[parents[i]] + 1;
        if (i < n) {
            depths[i] = depth_of[i];
            deepest = depth_of[i] > deepest ? depth_of[i] : deepest;
        }
    }
    return deepest;
}

/* Codes of one length follow each other by symbol, shorter ones first (3.2.2). */
static void assign_codes(size_t n, HuffmanCode *out)
{
    uint32_t n_of[HUFFMAN_LONGEST + 1] = {0}, next[HUFFMAN_LONGEST + 1] = {0}, code = 0;
    for (size_t i = 0; i < n; i++)
        n_of[out[i].length]++;
    n_of[0] = 0;
    for (unsigned length = 1; length <= HUFFMAN_LONGEST; length++)
        next[length] = code = (code + n_of[length - 1]) << 1;
    for (size_t i = 0; i < n; i++)
        if (out[i].length)
            out[i].bits = (uint16_t)huffman_reversed(next[out[i].length]++, out[i].length);
}

void huffman_codes(const uint32_t *counts, size_t n, HuffmanCode *out)
{
    Leaf leaves[HUFFMAN_MOST];
    unsigned depths[HUFFMAN_MOST];
    size_t n_leaves = 0;
    for (size_t i = 0; i < n; i++)
        if (counts[i])
            leaves[n_leaves++] = (Leaf){counts[i], (uint16_t)i};
    qsort(leaves, n_leaves, sizeof *leaves, by_count);
    /* Halving the counts flattens the tree; their order stays. */
    while (measure_depths(leaves, n_leaves, depths) > HUFFMAN_LONGEST)
        for (size_t i = 0; i < n_leaves; i++)
            leaves[i].count = leaves[i].count / 2 + 1;
    memset(out, 0, n * sizeof *out);
    for (size_t i = 0; i < n_leaves; i++)
        out[leaves[i].symbol].length = (uint16_t)depths[i];
    assign_codes(n, out);
}
