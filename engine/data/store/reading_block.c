/* Readings as bytes.
 *
 * Each reading: a byte of flags (below); the step to its series, if any; the step to its period; its note, if any; numerator and
 * denominator, if any; its value, unless the counts give it. Whole numbers are LEB128, signed ones zigzag. A figure is a byte that
 * says how many decimals (0 to 9) the whole number after it has, or that it stands as it is in 8 bytes, or that it is not there.
 */
#include "engine/data/store/reading_block.h"

#include <math.h>
#include <string.h>

/* Flags: bits 0 to 2 the state, 6 and 7 a ValueForm. */
enum { STATE_MASK = 7, IS_OTHER_SERIES = 8, HAS_NOTE = 16, HAS_COUNTS = 32, FORM_SHIFT = 6 };
G_STATIC_ASSERT((int)WM_N_READING_STATES <= STATE_MASK + 1);

typedef enum { VALUE_ABSENT, VALUE_WRITTEN, VALUE_IS_RATIO, VALUE_IS_PERCENT } ValueForm;

enum { MAX_DECIMALS = 9, AS_IT_IS = 10, NOT_THERE = 11 }; /* the byte before a figure */

#define MAX_READING_BYTES 64      /* flags, three steps of 5, three figures of 11 */
#define MAX_WHOLE         9.0e15  /* below 2^53: whole numbers that a double holds exactly */
#define DAY_SHIFT         0x80000 /* so that days before 1970 have keys above 0 */

static const double POWERS[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
G_STATIC_ASSERT(G_N_ELEMENTS(POWERS) == MAX_DECIMALS + 1);

guint32 block_period_key(WmPeriod period)
{
    return (guint32)(period.start + DAY_SHIFT) << 4 | (guint32)period.kind;
}

WmPeriod block_period(guint32 key)
{
    return (WmPeriod){(WmPeriodKind)(key & 15), (int32_t)(key >> 4) - DAY_SHIFT};
}

static gboolean is_same_double(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static double ratio_of(const BlockReading *reading, ValueForm form)
{
    const double ratio = reading->numerator / reading->denominator;
    return form == VALUE_IS_PERCENT ? ratio * 100 : ratio;
}

static ValueForm form_of(const BlockReading *reading)
{
    if (isnan(reading->value))
        return VALUE_ABSENT;
    if (is_same_double(reading->value, ratio_of(reading, VALUE_IS_PERCENT)))
        return VALUE_IS_PERCENT;
    return is_same_double(reading->value, ratio_of(reading, VALUE_IS_RATIO)) ? VALUE_IS_RATIO : VALUE_WRITTEN;
}

static guint8 *put_whole(guint8 *at, guint64 number)
{
    for (; number >= 0x80; number >>= 7)
        *at++ = (guint8)(number | 0x80);
    *at++ = (guint8)number;
    return at;
}

static guint8 *put_signed(guint8 *at, gint64 number)
{
    return put_whole(at, number < 0 ? ~((guint64)number << 1) : (guint64)number << 1);
}

static guint8 *put_figure(guint8 *at, double figure)
{
    if (isnan(figure)) {
        *at++ = NOT_THERE;
        return at;
    }
    for (int decimals = 0; decimals <= MAX_DECIMALS && fabs(figure * POWERS[decimals]) < MAX_WHOLE; decimals++) {
        const gint64 whole = llrint(figure * POWERS[decimals]);
        if (!is_same_double((double)whole / POWERS[decimals], figure))
            continue;
        *at++ = (guint8)decimals;
        return put_signed(at, whole);
    }
    *at++ = AS_IT_IS;
    guint64 bits;
    memcpy(&bits, &figure, sizeof bits);
    bits = GUINT64_TO_LE(bits);
    memcpy(at, &bits, sizeof bits);
    return at + sizeof bits;
}

static guint8 *put_reading(guint8 *at, const BlockReading *reading, guint32 series, guint32 period)
{
    const gboolean has_counts = !isnan(reading->numerator) || !isnan(reading->denominator);
    const ValueForm form = form_of(reading);
    *at++ = (guint8)((guint)reading->state | (reading->series != series ? IS_OTHER_SERIES : 0) | (reading->note ? HAS_NOTE : 0) |
                     (has_counts ? HAS_COUNTS : 0) | (guint)form << FORM_SHIFT);
    if (reading->series != series)
        at = put_whole(at, reading->series - series);
    at = put_signed(at, (gint64)reading->period - period);
    if (reading->note)
        at = put_whole(at, reading->note);
    if (has_counts)
        at = put_figure(put_figure(at, reading->numerator), reading->denominator);
    return form == VALUE_WRITTEN ? put_figure(at, reading->value) : at;
}

void block_encode(GByteArray *out, const BlockReading *readings, size_t n)
{
    const guint begin = out->len;
    g_byte_array_set_size(out, begin + (guint)n * MAX_READING_BYTES);
    guint8 *at = out->data + begin;
    guint32 series = n ? readings[0].series / BUNCH_SERIES * BUNCH_SERIES : 0, period = 0;
    for (size_t i = 0; i < n; i++) {
        at = put_reading(at, &readings[i], series, period);
        series = readings[i].series;
        period = readings[i].period;
    }
    g_byte_array_set_size(out, (guint)(at - out->data));
}

void block_cursor_init(BlockCursor *self, const void *bytes, size_t length, guint32 bunch)
{
    *self = (BlockCursor){.at = bytes, .end = (const guint8 *)bytes + length, .series = bunch * BUNCH_SERIES};
}

static gboolean take_byte(BlockCursor *self, guint8 *out)
{
    if (self->at == self->end)
        return FALSE;
    *out = *self->at++;
    return TRUE;
}

static gboolean take_whole(BlockCursor *self, guint64 *out)
{
    guint8 byte;
    *out = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        if (!take_byte(self, &byte))
            return FALSE;
        *out |= (guint64)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return TRUE;
    }
    return FALSE;
}

static gboolean take_signed(BlockCursor *self, gint64 *out)
{
    guint64 zigzag;
    if (!take_whole(self, &zigzag))
        return FALSE;
    *out = (gint64)(zigzag >> 1) ^ -(gint64)(zigzag & 1);
    return TRUE;
}

static gboolean take_bits(BlockCursor *self, double *out)
{
    guint64 bits;
    if ((size_t)(self->end - self->at) < sizeof bits)
        return FALSE;
    memcpy(&bits, self->at, sizeof bits);
    bits = GUINT64_FROM_LE(bits);
    memcpy(out, &bits, sizeof bits);
    self->at += sizeof bits;
    return TRUE;
}

static gboolean take_figure(BlockCursor *self, double *out)
{
    guint8 form;
    gint64 whole;
    *out = NAN;
    if (!take_byte(self, &form) || form > NOT_THERE)
        return FALSE;
    if (form == NOT_THERE)
        return TRUE;
    if (form == AS_IT_IS)
        return take_bits(self, out);
    if (!take_signed(self, &whole))
        return FALSE;
    *out = (double)whole / POWERS[form];
    return TRUE;
}

static gboolean take_place(BlockCursor *self, guint8 flags)
{
    guint64 to_series = 0;
    gint64 to_period;
    if ((flags & IS_OTHER_SERIES && !take_whole(self, &to_series)) || !take_signed(self, &to_period))
        return FALSE;
    self->series += (guint32)to_series;
    self->period = (guint32)(self->period + to_period);
    return TRUE;
}

static gboolean take_reading(BlockCursor *self, guint8 flags, BlockReading *out)
{
    guint64 note = 0;
    if (!take_place(self, flags) || (flags & HAS_NOTE && !take_whole(self, &note)))
        return FALSE;
    *out = (BlockReading){self->series, self->period, (guint32)note, (WmReadingState)(flags & STATE_MASK), NAN, NAN, NAN};
    if (flags & HAS_COUNTS && (!take_figure(self, &out->numerator) || !take_figure(self, &out->denominator)))
        return FALSE;
    const ValueForm form = (ValueForm)(flags >> FORM_SHIFT);
    if (form == VALUE_WRITTEN)
        return take_figure(self, &out->value);
    if (form != VALUE_ABSENT)
        out->value = ratio_of(out, form);
    return TRUE;
}

BlockStep block_next(BlockCursor *self, BlockReading *out)
{
    guint8 flags;
    if (!take_byte(self, &flags))
        return BLOCK_END;
    return take_reading(self, flags, out) ? BLOCK_READING : BLOCK_DAMAGED;
}
