/* Pixels as a zlib stream, fast for flat colour. Section numbers are those of RFC 1951. */
#include "plot/chart/pixel_stream.h"

#include <stdbool.h>
#include <string.h>

#include "plot/chart/huffman.h"

#define LONGEST_PX    86    /* a repetition copies 258 bytes at most; 3.2.5 */
#define FARTHEST      32768 /* bytes that it may reach back; 2 */
#define BYTES_A_PIXEL 3

/* ---- tokens: what the picture is made of, in order ---- */

/* A pixel is its colour. */
#define ROW_START       0x40000000u /* the byte before a row that says: no filter */
#define LIKE_BEFORE     0x80000000u /* | how many pixels repeat the one before */
#define LIKE_ABOVE      0xC0000000u /* | how many repeat the row above */
#define KIND_OF(token)  ((token)&0xC0000000u)
#define COUNT_OF(token) ((token)&0x3FFFFFFFu)

static inline uint32_t rgb_at(const unsigned char *row, uint32_t x)
{
    uint32_t word;
    memcpy(&word, row + (size_t)4 * x, sizeof word);
    return word & 0xFFFFFF;
}

/* How many pixels from x on equal those at the same place of `other`, which may be the same row a pixel earlier. */
static inline uint32_t n_equal(const unsigned char *row, const unsigned char *other, uint32_t x, uint32_t width)
{
    const uint32_t start = x;
    for (; x + 4 <= width; x += 4) {
        uint64_t a[2], b[2];
        memcpy(a, row + (size_t)4 * x, sizeof a);
        memcpy(b, other + (size_t)4 * x, sizeof b);
        if (((a[0] ^ b[0]) | (a[1] ^ b[1])) & 0x00FFFFFF00FFFFFF)
            break;
    }
    while (x < width && rgb_at(row, x) == rgb_at(other, x))
        x++;
    return x - start;
}

/* Adler's checksum (RFC 1950, 8.2): sums of the bytes, and of those sums. Reduced once a row, before which neither overflows. */
typedef struct {
    uint64_t a, b;
} Check;

/* n pixels of one colour: the sums of an arithmetic progression. */
static inline void check_run(Check *self, uint32_t rgb, uint64_t n)
{
    const uint64_t red = rgb >> 16, green = rgb >> 8 & 0xFF, blue = rgb & 0xFF, sum = red + green + blue;
    self->b += 3 * (n * self->a + sum * (n * (n - 1) / 2)) + n * (3 * red + 2 * green + blue);
    self->a += n * sum;
}

static void check_row_end(Check *self)
{
    enum { PRIME = 65521 };
    self->a %= PRIME;
    self->b %= PRIME;
}

/* Pixels x to end - 1, run by run: most of them are flat. */
static void check_pixels(Check *self, const unsigned char *row, uint32_t x, uint32_t end)
{
    while (x < end) {
        const uint32_t n = 1 + n_equal(row, row - 4, x + 1, end);
        check_run(self, rgb_at(row, x), n);
        x += n;
    }
}

/* A run this long is taken without a look at the row above: it costs ten bits less wherever both would do. */
#define LONG_RUN 16

/* The tokens of a row, appended at `out`, of which there is room for one a pixel and one more. Gives their end. */
static uint32_t *read_row(const unsigned char *row, const unsigned char *above, uint32_t width, uint32_t *out, Check *check)
{
    *out++ = ROW_START;
    check->b += check->a;
    for (uint32_t x = 0; x < width;) {
        const uint32_t n_before = x > 0 ? n_equal(row, row - 4, x, width) : 0;
        const uint32_t n_above = above && n_before < LONG_RUN ? n_equal(row, above, x, width) : 0;
        if (n_before > 0 && 2 * n_before >= n_above) {
            *out++ = LIKE_BEFORE | n_before;
            check_run(check, rgb_at(row, x), n_before);
            x += n_before;
        } else if (n_above > 0) {
            *out++ = LIKE_ABOVE | n_above;
            check_pixels(check, row, x, x + n_above);
            x += n_above;
        } else {
            check_run(check, rgb_at(row, x), 1);
            *out++ = rgb_at(row, x++);
        }
    }
    check_row_end(check);
    return out;
}

/* ---- symbols (3.2.5) ---- */

#define N_LITERALS  286
#define N_DISTANCES 30
#define END         256

/* A length or distance: its symbol, and what follows it. */
typedef struct {
    unsigned symbol, extra, n_extra;
} Symbol;

/* 3..10 are symbols of their own; then four symbols for each further extra bit; 258 is the last alone. */
static Symbol length_symbol(unsigned length)
{
    unsigned n_extra = 0;
    const unsigned offset = length - 3;
    if (length == 258)
        return (Symbol){285, 0, 0};
    while ((offset >> n_extra) >= 8)
        n_extra++;
    return (Symbol){257 + 4 * n_extra + (offset >> n_extra), offset & ((1u << n_extra) - 1), n_extra};
}

/* 1..4 are symbols of their own; then two for each further extra bit. */
static Symbol distance_symbol(unsigned distance)
{
    unsigned n_extra = 0;
    const unsigned offset = distance - 1;
    while ((offset >> n_extra) >= 4)
        n_extra++;
    return (Symbol){2 * n_extra + (offset >> n_extra), offset & ((1u << n_extra) - 1), n_extra};
}

typedef struct {
    Symbol lengths[LONGEST_PX + 1]; /* of n pixels */
    Symbol before, above;           /* distances */
    uint32_t n_literal[N_LITERALS], n_distance[N_DISTANCES];
    HuffmanCode literal[N_LITERALS], distance[N_DISTANCES];
} Codes;

static void count_repetition(Codes *codes, uint32_t n, const Symbol *distance)
{
    codes->n_literal[codes->lengths[LONGEST_PX].symbol] += n / LONGEST_PX;
    codes->n_distance[distance->symbol] += n / LONGEST_PX;
    if (n % LONGEST_PX) {
        codes->n_literal[codes->lengths[n % LONGEST_PX].symbol]++;
        codes->n_distance[distance->symbol]++;
    }
}

/* Codes that suit the tokens. Both distances are counted once more: a code of one symbol is a case that readers differ on. */
static void make_codes(Codes *codes, const uint32_t *tokens, const uint32_t *end, unsigned row_bytes)
{
    memset(codes, 0, sizeof *codes);
    for (unsigned n = 1; n <= LONGEST_PX; n++)
        codes->lengths[n] = length_symbol(BYTES_A_PIXEL * n);
    codes->before = distance_symbol(BYTES_A_PIXEL);
    codes->above = distance_symbol(MIN(row_bytes, FARTHEST));
    codes->n_literal[END] = codes->n_distance[codes->before.symbol] = codes->n_distance[codes->above.symbol] = 1;
    for (; tokens < end; tokens++) {
        const uint32_t token = *tokens;
        if (KIND_OF(token) == ROW_START) {
            codes->n_literal[0]++;
        } else if (KIND_OF(token) == 0) {
            codes->n_literal[token >> 16]++;
            codes->n_literal[token >> 8 & 0xFF]++;
            codes->n_literal[token & 0xFF]++;
        } else {
            count_repetition(codes, COUNT_OF(token), KIND_OF(token) == LIKE_ABOVE ? &codes->above : &codes->before);
        }
    }
    huffman_codes(codes->n_literal, N_LITERALS, codes->literal);
    huffman_codes(codes->n_distance, N_DISTANCES, codes->distance);
}

/* ---- bits, least significant first (3.1.1) ---- */

typedef struct {
    guint8 *out;
    size_t length;
    uint64_t bits;
    unsigned n_bits;
} Bits;

/* At most 32 bits at once. */
static inline void put(Bits *self, uint32_t value, unsigned n)
{
    self->bits |= (uint64_t)value << self->n_bits;
    self->n_bits += n;
    if (self->n_bits < 32)
        return;
    for (int i = 0; i < 4; i++)
        self->out[self->length++] = (guint8)(self->bits >> (8 * i));
    self->bits >>= 32;
    self->n_bits -= 32;
}

static inline void put_code(Bits *self, const HuffmanCode *code)
{
    put(self, code->bits, code->length);
}

/* Code lengths go as they are, each in four bits: a code of 16 equal symbols says so (3.2.7). */
static void put_header(Bits *bits, const Codes *codes, bool is_last)
{
    put(bits, (uint32_t)is_last | 2 << 1, 3); /* a block with codes of its own */
    put(bits, N_LITERALS - 257, 5);
    put(bits, N_DISTANCES - 1, 5);
    put(bits, 19 - 4, 4);
    for (int i = 0; i < 19; i++)
        put(bits, i < 3 ? 0 : 4, 3); /* the three that repeat lengths are not used */
    for (int i = 0; i < N_LITERALS; i++)
        put(bits, huffman_reversed(codes->literal[i].length, 4), 4);
    for (int i = 0; i < N_DISTANCES; i++)
        put(bits, huffman_reversed(codes->distance[i].length, 4), 4);
}

static void put_repetition(Bits *bits, const Codes *codes, uint32_t n, const Symbol *distance)
{
    while (n > 0) {
        const Symbol *length = &codes->lengths[MIN(n, LONGEST_PX)];
        put_code(bits, &codes->literal[length->symbol]);
        put(bits, length->extra, length->n_extra);
        put_code(bits, &codes->distance[distance->symbol]);
        put(bits, distance->extra, distance->n_extra);
        n -= MIN(n, LONGEST_PX);
    }
}

static void put_tokens(Bits *bits, const Codes *codes, const uint32_t *tokens, const uint32_t *end)
{
    for (; tokens < end; tokens++) {
        const uint32_t token = *tokens;
        if (KIND_OF(token) == ROW_START) {
            put_code(bits, &codes->literal[0]);
        } else if (KIND_OF(token) == 0) {
            put_code(bits, &codes->literal[token >> 16]);
            put_code(bits, &codes->literal[token >> 8 & 0xFF]);
            put_code(bits, &codes->literal[token & 0xFF]);
        } else {
            put_repetition(bits, codes, COUNT_OF(token), KIND_OF(token) == LIKE_ABOVE ? &codes->above : &codes->before);
        }
    }
    put_code(bits, &codes->literal[END]);
}

/* Bytes that the tokens take at most: a code has 15 bits, a repetition two and 18 more. */
static size_t most_bytes(const uint32_t *tokens, const uint32_t *end)
{
    size_t n_bits = 2048;
    for (; tokens < end; tokens++)
        n_bits += KIND_OF(*tokens) == 0           ? 45
                  : KIND_OF(*tokens) == ROW_START ? 15
                                                  : 48 * (size_t)(COUNT_OF(*tokens) / LONGEST_PX + 1);
    return n_bits / 8 + 64;
}

/* Tokens of one block: codes are made for each, and its memory stays small beside the picture's. */
#define MOST_TOKENS 65536

static void put_block(Bits *bits, GByteArray *bytes, Codes *codes, const uint32_t *tokens, const uint32_t *end, unsigned row_bytes,
                      bool is_last)
{
    g_byte_array_set_size(bytes, (guint)(bits->length + most_bytes(tokens, end)));
    bits->out = bytes->data;
    make_codes(codes, tokens, end, row_bytes);
    put_header(bits, codes, is_last);
    put_tokens(bits, codes, tokens, end);
}

/* To the end of a byte, and the checksum. */
static void put_end(Bits *bits, const Check *check)
{
    put(bits, 0, (8 - bits->n_bits % 8) % 8);
    for (int shift = 24; shift >= 0; shift -= 8)
        put(bits, (uint32_t)((check->b << 16 | check->a) >> shift) & 0xFF, 8);
    for (; bits->n_bits > 0; bits->n_bits -= 8, bits->bits >>= 8)
        bits->out[bits->length++] = (guint8)bits->bits;
}

GByteArray *wm_pixel_stream(const unsigned char *pixels, uint32_t width, uint32_t height, size_t stride)
{
    const size_t row_bytes = (size_t)BYTES_A_PIXEL * width + 1;
    const uint32_t n_band = (uint32_t)MAX(1, MOST_TOKENS / ((size_t)width + 1)); /* rows of a block */
    g_autofree uint32_t *tokens = g_new(uint32_t, ((size_t)width + 1) * n_band);
    g_autofree Codes *codes = g_new(Codes, 1);
    GByteArray *bytes = g_byte_array_sized_new(64 * 1024);
    Bits bits = {.bits = 0x78 | 0x01 << 8, .n_bits = 16}; /* deflate, a window of 32 kB; the fastest, and a check on both bytes */
    Check check = {.a = 1};
    for (uint32_t from = 0; from < height; from += n_band) {
        uint32_t *end = tokens;
        for (uint32_t y = from; y < height && y < from + n_band; y++) {
            const unsigned char *row = pixels + y * stride;
            end = read_row(row, y > 0 && row_bytes <= FARTHEST ? row - stride : NULL, width, end, &check);
        }
        put_block(&bits, bytes, codes, tokens, end, (unsigned)MIN(row_bytes, FARTHEST), from + n_band >= height);
    }
    put_end(&bits, &check);
    g_byte_array_set_size(bytes, (guint)bits.length);
    return bytes;
}
