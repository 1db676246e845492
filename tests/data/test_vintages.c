/* A series' vintages, seen from a date. Months are counted from January 2021; days from the epoch. */
#include "engine/data/series/vintages.h"

#include <math.h>

#include "data/fixture_month.h"

typedef struct {
    int month;
    WmDay received;
    double value;
} V;

static GArray *vintages_of(const V *list, size_t n)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(WmVintage));
    for (size_t i = 0; i < n; i++) {
        const WmVintage one = {
            .reading = {{WM_PERIOD_MONTH, 2021 * 12 + list[i].month},
                        list[i].value,
                        NAN,
                        NAN,
                        isnan(list[i].value) ? WM_SUPPRESSED : WM_FINAL},
            .drop = (gint64)i + 1,
            .received = list[i].received,
            .is_illustrative = list[i].value == 13,
        };
        g_array_append_val(out, one);
    }
    return out;
}

#define MAX_VINTAGES 5

typedef struct {
    const char *name;
    V list[MAX_VINTAGES];
    size_t n;
    WmDay as_at;
    const char *readings;  /* month=value;… */
    const char *revisions; /* month:was>now@received;… */
} SeenCase;

static const SeenCase SEEN_CASES[] = {
    {"nothing", {{0, 0, 0}}, 0, 100, "", ""},
    {"one_reading", {{0, 10, 1}}, 1, 100, "0=1;", ""},
    {"one_of_the_future", {{0, 10, 1}}, 1, 9, "", ""},
    {"on_the_very_day", {{0, 10, 1}}, 1, 10, "0=1;", ""},
    {"the_last_word_counts", {{0, 10, 1}, {0, 20, 2}}, 2, 100, "0=2;", "0:1>2@20;"},
    {"before_the_last_word", {{0, 10, 1}, {0, 20, 2}}, 2, 19, "0=1;", ""},
    {"said_again_is_no_revision", {{0, 10, 1}, {0, 20, 1}}, 2, 100, "0=1;", ""},
    {"the_latest_revision_is_told", {{0, 10, 1}, {0, 20, 2}, {0, 30, 3}}, 3, 100, "0=3;", "0:2>3@30;"},
    {"a_revision_said_again_keeps_its_date", {{0, 10, 1}, {0, 20, 2}, {0, 30, 2}}, 3, 100, "0=2;", "0:1>2@20;"},
    {"withdrawn", {{0, 10, 1}, {0, 20, NAN}}, 2, 100, "0=nan;", "0:1>nan@20;"},
    {"come_at_last", {{0, 10, NAN}, {0, 20, 2}}, 2, 100, "0=2;", "0:nan>2@20;"},
    {"withheld_twice", {{0, 10, NAN}, {0, 20, NAN}}, 2, 100, "0=nan;", ""},
    {"several_periods", {{0, 10, 1}, {0, 20, 2}, {1, 20, 5}, {2, 30, 6}}, 4, 25, "0=2;1=5;", "0:1>2@20;"},
};

static char *revisions_text(const GArray *revisions)
{
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < revisions->len; i++) {
        const WmRevision *one = &g_array_index(revisions, WmRevision, i);
        g_string_append_printf(out, "%d:%.4g>%.4g@%d;", one->period.start - 2021 * 12, one->was, one->now, one->received);
    }
    return g_string_free(out, FALSE);
}

static void is_seen(void **state)
{
    const SeenCase *row = *state;
    g_autoptr(GArray) vintages = vintages_of(row->list, row->n);
    g_autoptr(GArray) readings = vintages_as_at(vintages, row->as_at, NULL);
    g_autoptr(GArray) revisions = vintages_revisions(vintages, row->as_at);
    g_autoptr(GString) seen = g_string_new(NULL);
    for (guint i = 0; i < readings->len; i++) {
        const WmReading *one = &g_array_index(readings, WmReading, i);
        g_string_append_printf(seen, isnan(one->value) ? "%d=nan;" : "%d=%g;", one->period.start - 2021 * 12, one->value);
    }
    g_autofree char *revised = revisions_text(revisions);
    assert_string_equal(seen->str, row->readings);
    assert_string_equal(revised, row->revisions);
}

typedef struct {
    const char *name;
    V list[MAX_VINTAGES];
    size_t n;
    WmDay since, as_at;
    const char *revisions;
    size_t n_new;
} SinceCase;

static const SinceCase SINCE_CASES[] = {
    {"new_since_then", {{0, 10, 1}, {1, 20, 2}}, 2, 15, 25, "", 1},
    {"revised_since_then", {{0, 10, 1}, {0, 20, 2}}, 2, 15, 25, "0:1>2@20;", 0},
    {"revised_before_then", {{0, 10, 1}, {0, 12, 2}}, 2, 15, 25, "", 0},
    {"revised_after_now", {{0, 10, 1}, {0, 30, 2}}, 2, 15, 25, "", 0},
    {"revised_twice_is_told_from_what_was_shown", {{0, 10, 1}, {0, 18, 5}, {0, 20, 2}}, 3, 15, 25, "0:1>2@20;", 0},
    {"revised_there_and_back_is_no_change", {{0, 10, 1}, {0, 18, 5}, {0, 20, 1}}, 3, 15, 25, "", 0},
    {"new_and_revised_on_one_day_is_new", {{0, 20, 1}, {0, 20, 2}}, 2, 15, 25, "", 1},
    {"withheld_since_then", {{0, 10, 1}, {0, 20, NAN}}, 2, 15, 25, "0:1>nan@20;", 0},
    {"without_a_date_before_everything_is_new", {{0, 10, 1}, {0, 20, 2}, {1, 20, 2}}, 3, WM_NO_DAY, 25, "", 2},
};

static void has_changed_since(void **state)
{
    const SinceCase *row = *state;
    g_autoptr(GArray) vintages = vintages_of(row->list, row->n);
    g_autoptr(GArray) revisions = vintages_revisions_since(vintages, row->since, row->as_at);
    g_autofree char *revised = revisions_text(revisions);
    assert_string_equal(revised, row->revisions);
    assert_int_equal(vintages_count_new(vintages, row->since, row->as_at), row->n_new);
}

static void illustrative_is_what_counts_now(void **state)
{
    (void)state;
    static const V LIST[] = {{0, 10, 13}, {0, 20, 2}};
    g_autoptr(GArray) vintages = vintages_of(LIST, N_ELEMENTS(LIST));
    gboolean was, is;
    g_autoptr(GArray) before = vintages_as_at(vintages, 15, &was), after = vintages_as_at(vintages, 25, &is);
    assert_true(was);
    assert_false(is);
    assert_int_equal(before->len + after->len, 2);
}

int main(void)
{
    ADD_TABLE(SEEN_CASES, is_seen);
    ADD_TABLE(SINCE_CASES, has_changed_since);
    ADD(illustrative_is_what_counts_now);
    return run_cases("vintages");
}
