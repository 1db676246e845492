/* engine/data/pack/dictionary_private.h: how the dictionary's rows are written. */
#ifndef WM_DATA_DICTIONARY_PRIVATE_H
#define WM_DATA_DICTIONARY_PRIVATE_H

#include <math.h>
#include <waymark/dictionary.h>

/* Columns by their kinds. `when` says when the column is empty; "" for never. */
#define TEXT(n, about, when)                                                          \
    {                                                                                 \
        .name = n, .kind = WM_FIELD_TEXT, .unit = "", .meaning = about, .empty = when \
    }
#define DAY(n, about, when)                                                          \
    {                                                                                \
        .name = n, .kind = WM_FIELD_DAY, .unit = "", .meaning = about, .empty = when \
    }
#define PERIOD(n, about, when)                                                          \
    {                                                                                   \
        .name = n, .kind = WM_FIELD_PERIOD, .unit = "", .meaning = about, .empty = when \
    }
#define WORD(n, words, about, when)                                                                  \
    {                                                                                                \
        .name = n, .kind = WM_FIELD_WORD, .unit = "", .word = words, .meaning = about, .empty = when \
    }
#define CODES(n, words, about, when)                                                                  \
    {                                                                                                 \
        .name = n, .kind = WM_FIELD_CODES, .unit = "", .word = words, .meaning = about, .empty = when \
    }
#define NUMBER(n, in, about, when)                                                      \
    {                                                                                   \
        .name = n, .kind = WM_FIELD_NUMBER, .unit = in, .meaning = about, .empty = when \
    }
#define RANGED(n, in, lo, hi, about, when)                                                                                        \
    {                                                                                                                             \
        .name = n, .kind = WM_FIELD_NUMBER, .unit = in, .has_range = true, .low = lo, .high = hi, .meaning = about, .empty = when \
    }
#define WHOLE(n, in, lo, hi, about, when)                                                                                        \
    {                                                                                                                            \
        .name = n, .kind = WM_FIELD_WHOLE, .unit = in, .has_range = true, .low = lo, .high = hi, .meaning = about, .empty = when \
    }
#define CHANCE(n, about, when) RANGED(n, "chance", 0, 1, about, when)

/* After the last. */
#define LAST_FIELD   \
    {                \
        .name = NULL \
    }

/* What tells a series from the others. */
#define SERIES_FIELDS                                                                         \
    TEXT("indicator", "The indicator's id, as in indicators.csv.", ""),                       \
        TEXT("unit", "Who is measured: an id of units.csv.", "the plan's own area is meant"), \
        TEXT("cohort", "The breakdown: an age group, a need.", "all are meant")

extern const WmField ASSESSMENT_FIELDS[], SIGNAL_FIELDS[], REVISION_FIELDS[], CHECK_FIELDS[], ACTION_FIELDS[], RISK_FIELDS[],
    CHASE_FIELDS[], READING_FIELDS[], EXCEPTION_FIELDS[], PROSPECT_FIELDS[], AREA_FIELDS[], DROP_FIELDS[];

/* Lists of words, each from the function that names the enum's values. */
const char *word_rag(size_t i);
const char *word_mark(size_t i);
const char *word_state(size_t i);
const char *word_position(size_t i);
const char *word_outlook(size_t i);
const char *word_basis(size_t i);
const char *word_model(size_t i);
const char *word_reason(size_t i);
const char *word_months_bound(size_t i);
const char *word_milestone_state(size_t i);
const char *word_effect(size_t i);
const char *word_assurance(size_t i);
const char *word_assurance_of(size_t i);
const char *word_signal(size_t i);
const char *word_chart(size_t i);
const char *word_chart_reason(size_t i);
const char *word_caution(size_t i);
const char *word_data_note(size_t i);
const char *word_severity(size_t i);
const char *word_override_state(size_t i);
const char *word_exception_state(size_t i);
const char *word_closing(size_t i);
const char *word_clock(size_t i);
const char *word_record_kind(size_t i);
const char *word_action_finding(size_t i);
const char *word_risk_finding(size_t i);
const char *word_risk_band(size_t i);
const char *word_chase_kind(size_t i);
const char *word_funnel_side(size_t i);
const char *word_area_caution(size_t i);

#endif
