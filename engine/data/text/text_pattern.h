/* engine/data/text/text_pattern.h: texts with `*` for any characters and `?` for one, and with {period} {indicator} {cohort} {unit}
 * for what a field is to be taken from. ASCII letters match in either case. */
#ifndef WM_DATA_TEXT_PATTERN_H
#define WM_DATA_TEXT_PATTERN_H

#include <glib.h>

/* What a column of a drop can be. */
typedef enum {
    FIELD_INDICATOR,
    FIELD_UNIT,
    FIELD_COHORT,
    FIELD_PERIOD,
    FIELD_VALUE,
    FIELD_NUMERATOR,
    FIELD_DENOMINATOR,
    FIELD_STATE,
    FIELD_NOTE,
    N_FIELDS,
} Field;

/* The contract's name of a field; the field of a name, or -1. */
const char *field_name(Field field);
int field_find(const char *name);

/* Whether the text holds a `*` or `?`; whether it holds a place to take a field from. */
gboolean pattern_is_wild(const char *pattern);
gboolean pattern_has_place(const char *pattern);

/* Whether the whole text fits a pattern without places. Linear but for the stars. */
gboolean pattern_fits(const char *pattern, const char *text);

/* What the places of a pattern took: texts owned by the array, NULL where there is no such place. */
typedef struct {
    char *texts[N_FIELDS];
} Captures;

void captures_clear(Captures *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Captures, captures_clear)

/* Says whether a text can stand for a field, so that a place takes what makes sense: {period} a period. */
typedef gboolean (*CaptureFunc)(Field field, const char *text, gpointer data);

/* Whether the whole text fits, each place taking the longest text that `accepts` agrees with. `out` takes the texts. */
gboolean pattern_capture(const char *pattern, const char *text, CaptureFunc accepts, gpointer data, Captures *out);

/* Length of a text without the footnote marks that it ends in: "Bournemouth5", "Decisions1,9", "Area [note 2]", "Rate²". A number
 * on its own, or behind a space ("age 10"), is no mark. */
size_t text_length_without_marks(const char *text);

#endif
