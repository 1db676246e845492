/* engine/data/store/reading_block.h: readings of one drop, many to a few bytes.
 *
 * A block holds readings of a bunch of BUNCH_SERIES neighbouring series, sorted by series, then period. A reading takes 5 to 12
 * bytes where a row of a table takes 30: series and period are written as steps from the reading before, figures as whole numbers
 * with their count of decimals where that gives the same double back, and a value that is just numerator over denominator is not
 * written at all. Whatever was put in comes out to the bit.
 */
#ifndef WM_DATA_READING_BLOCK_H
#define WM_DATA_READING_BLOCK_H

#include <glib.h>
#include <waymark/reading.h>

/* 64 makes a month of 100,000 series some 1,600 places to write to, and leaves one series' share of a block quick to reach. */
#define BUNCH_SERIES 64

typedef struct {
    guint32 series; /* as the store numbers it */
    guint32 period; /* block_period_key */
    guint32 note;   /* as the store numbers it; 0: none */
    WmReadingState state;
    double value, numerator, denominator;
} BlockReading;

/* A period as one number: in order within a kind, and no two periods alike. */
guint32 block_period_key(WmPeriod period);
WmPeriod block_period(guint32 key);

/* Append n readings, sorted, all of one bunch. */
void block_encode(GByteArray *out, const BlockReading *readings, size_t n);

/* Reads a block from its beginning. */
typedef struct {
    const guint8 *at, *end; /* borrowed */
    guint32 series, period; /* of the reading before */
} BlockCursor;

void block_cursor_init(BlockCursor *self, const void *bytes, size_t length, guint32 bunch);

typedef enum { BLOCK_READING, BLOCK_END, BLOCK_DAMAGED } BlockStep;

BlockStep block_next(BlockCursor *self, BlockReading *out);

#endif
