/* Readings as bytes: whatever goes in comes out to the bit, and bytes that were not written are refused. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "engine/data/store/reading_block.h"

typedef struct {
    guint32 seed;
} Random;

static guint next(Random *self, guint n)
{
    self->seed = self->seed * 1664525u + 1013904223u;
    return (self->seed >> 8) % n;
}

static double figure(Random *self)
{
    static const double ODD[] = {NAN,     0,         -0.0,  5e-324, 1.7976931348623157e308, 1e15, -9007199254740993.0,
                                 1.0 / 3, 0.1 + 0.2, -41.25};
    switch (next(self, 4)) {
    case 0:
        return ODD[next(self, N_ELEMENTS(ODD))];
    case 1:
        return next(self, 100000);
    case 2:
        return next(self, 1000) / 10.0;
    default:
        return (double)next(self, 1000000) / (1 + next(self, 999));
    }
}

/* Sorted readings of one bunch. */
static GArray *random_readings(Random *self, guint32 bunch)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(BlockReading));
    const guint n = 1 + next(self, 200);
    guint32 series = bunch * BUNCH_SERIES + next(self, 3), period = block_period_key((WmPeriod){WM_PERIOD_DAY, -25567});
    for (guint i = 0; i < n && series < (bunch + 1) * BUNCH_SERIES; i++) {
        BlockReading one = {series,
                            period,
                            next(self, 3) ? 0 : next(self, 5000),
                            (WmReadingState)next(self, WM_N_READING_STATES),
                            figure(self),
                            figure(self),
                            figure(self)};
        if (next(self, 2) && one.denominator > 0)
            one.value = one.numerator / one.denominator * (next(self, 2) ? 100 : 1);
        g_array_append_val(out, one);
        period += 1 + next(self, 1000);
        if (next(self, 5) == 0) {
            series += 1 + next(self, 9);
            period = block_period_key((WmPeriod){WM_PERIOD_MONTH, 24000 + (int)next(self, 300)});
        }
    }
    return out;
}

static gboolean is_same(const BlockReading *a, const BlockReading *b)
{
    const double x[] = {a->value, a->numerator, a->denominator}, y[] = {b->value, b->numerator, b->denominator};
    for (int i = 0; i < 3; i++)
        if (isnan(x[i]) ? !isnan(y[i]) : memcmp(&x[i], &y[i], sizeof x[i]) != 0)
            return FALSE;
    return a->series == b->series && a->period == b->period && a->note == b->note && a->state == b->state;
}

static void what_goes_in_comes_out(void **state)
{
    (void)state;
    Random random = {1};
    for (int round = 0; round < 2000; round++) {
        const guint32 bunch = next(&random, 100000);
        g_autoptr(GArray) readings = random_readings(&random, bunch);
        g_autoptr(GByteArray) bytes = g_byte_array_new();
        block_encode(bytes, &g_array_index(readings, BlockReading, 0), readings->len);
        BlockCursor cursor;
        BlockReading one;
        block_cursor_init(&cursor, bytes->data, bytes->len, bunch);
        for (guint i = 0; i < readings->len; i++) {
            assert_int_equal(block_next(&cursor, &one), BLOCK_READING);
            assert_true(is_same(&one, &g_array_index(readings, BlockReading, i)));
        }
        assert_int_equal(block_next(&cursor, &one), BLOCK_END);
    }
}

/* In exactly as many bytes as are there, so that a sanitizer sees one byte too far. */
static void broken_bytes_are_never_read_past_their_end(void **state)
{
    (void)state;
    Random random = {2};
    for (int round = 0; round < 2000; round++) {
        g_autoptr(GArray) readings = random_readings(&random, 7);
        g_autoptr(GByteArray) bytes = g_byte_array_new();
        block_encode(bytes, &g_array_index(readings, BlockReading, 0), readings->len);
        const guint length = next(&random, bytes->len);
        guint8 *copy = g_memdup2(bytes->data, length);
        for (guint i = 0; length && i < next(&random, 4); i++)
            copy[next(&random, length)] = (guint8)next(&random, 256);
        BlockCursor cursor;
        BlockReading one;
        guint n = 0;
        block_cursor_init(&cursor, copy, length, 7);
        while (block_next(&cursor, &one) == BLOCK_READING)
            n++;
        assert_true(n <= length);
        g_free(copy);
    }
}

static void a_month_of_counts_takes_few_bytes(void **state)
{
    (void)state;
    BlockReading readings[BUNCH_SERIES];
    for (guint i = 0; i < BUNCH_SERIES; i++)
        readings[i] = (BlockReading){
            640 + i, block_period_key((WmPeriod){WM_PERIOD_MONTH, 24250}), 0, WM_FINAL, 100.0 * (37 + i) / (100 + i), 37 + i,
            100 + i};
    for (guint i = 0; i < BUNCH_SERIES; i++)
        readings[i].value = readings[i].numerator / readings[i].denominator * 100;
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    block_encode(bytes, readings, BUNCH_SERIES);
    assert_true(bytes->len <= 9 * BUNCH_SERIES);
}

static void periods_keep_their_kind_and_order(void **state)
{
    (void)state;
    for (int kind = 0; kind < WM_N_PERIOD_KINDS; kind++)
        for (int start = -25567; start < 90000; start += 997) {
            const WmPeriod period = {(WmPeriodKind)kind, start}, back = block_period(block_period_key(period));
            assert_int_equal(back.kind, kind);
            assert_int_equal(back.start, start);
            assert_true(block_period_key((WmPeriod){(WmPeriodKind)kind, start + 1}) > block_period_key(period));
        }
}

int main(void)
{
    ADD(what_goes_in_comes_out);
    ADD(broken_bytes_are_never_read_past_their_end);
    ADD(a_month_of_counts_takes_few_bytes);
    ADD(periods_keep_their_kind_and_order);
    return run_cases("reading_block");
}
