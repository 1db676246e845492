/* Targets and events of a long CSV's series. */
#include <math.h>

#include <waymark/value.h>

#include "engine/data/backtest/long_csv.h"
#include "engine/data/backtest/long_rows.h"

#define NOTHING "there is nothing to read"

enum { T_SERIES, T_DUE, T_TARGET, T_POLARITY, T_ORIGIN, T_N_COLUMNS };

typedef struct {
    const char *path;
    int column_of[T_N_COLUMNS];
    gboolean has_header;
    gboolean takes_gaps; /* an empty target is one that is missing */
    GArray *targets;
} TargetReader;

static gboolean on_target_row(const SheetRow *row, gpointer data, GError **error)
{
    static const char *const NAMES[T_N_COLUMNS] = {"series", "due", "target", "polarity", "origin"};
    TargetReader *self = data;
    if (!self->has_header) {
        self->has_header = TRUE;
        for (int i = 0; i < T_N_COLUMNS; i++)
            self->column_of[i] = long_rows_find(row, NAMES[i]);
        return (self->column_of[T_SERIES] >= 0 && self->column_of[T_TARGET] >= 0) ||
               long_rows_miss(self->path, row, NAMES[self->column_of[T_SERIES] < 0 ? T_SERIES : T_TARGET],
                              "the header is series,due,target,polarity", error);
    }
    const char *texts[T_N_COLUMNS];
    for (int i = 0; i < T_N_COLUMNS; i++)
        texts[i] = long_rows_text(row, self->column_of[i]);
    LongTarget target = {.due = WM_NO_DAY, .origin = WM_NO_DAY, .polarity = WM_N_POLARITIES};
    WmValueText value;
    if (*texts[T_DUE] && !wm_day_parse(texts[T_DUE], WM_PERIOD_FINANCIAL_YEAR, &target.due))
        return long_rows_fail(self->path, row->line, self->column_of[T_DUE] + 1, "write it as 2022-01 or 2022", error,
                              "due “%s” is no date", texts[T_DUE]);
    if (target.due != WM_NO_DAY)
        target.due = wm_day_month_end(target.due);
    if (!wm_value_parse(texts[T_TARGET], &value) || (isnan(value.value) && !self->takes_gaps))
        return long_rows_fail(self->path, row->line, self->column_of[T_TARGET] + 1, "write a number", error,
                              "target “%s” is no figure", texts[T_TARGET]);
    if (*texts[T_POLARITY] && !wm_polarity_parse(texts[T_POLARITY], &target.polarity))
        return long_rows_fail(self->path, row->line, self->column_of[T_POLARITY] + 1, "use one of: higher lower plan none", error,
                              "polarity “%s” is not known", texts[T_POLARITY]);
    if (*texts[T_ORIGIN] && !wm_day_parse(texts[T_ORIGIN], WM_PERIOD_FINANCIAL_YEAR, &target.origin))
        return long_rows_fail(self->path, row->line, self->column_of[T_ORIGIN] + 1, "write it as 2022-01 or 2022", error,
                              "origin “%s” is no date", texts[T_ORIGIN]);
    target.target = value.value;
    target.series = g_strdup(texts[T_SERIES]);
    target.due_text = g_strdup(texts[T_DUE]);
    g_array_append_val(self->targets, target);
    return TRUE;
}

static void clear_target(gpointer data)
{
    LongTarget *target = data;
    g_free(target->series);
    g_free(target->due_text);
}

static GArray *read_targets(const char *path, gboolean takes_gaps, GError **error)
{
    g_autoptr(GArray) targets = g_array_new(FALSE, FALSE, sizeof(LongTarget));
    g_array_set_clear_func(targets, clear_target);
    TargetReader self = {.path = path, .takes_gaps = takes_gaps, .targets = targets};
    if (!source_read_table(path, on_target_row, &self, error) ||
        (!self.has_header && !long_rows_fail(path, 0, 0, "the header is series,due,target,polarity", error, NOTHING)))
        return NULL;
    return g_steal_pointer(&targets);
}

GArray *long_targets_read(const char *path, GError **error)
{
    return read_targets(path, FALSE, error);
}

GArray *long_targets_read_with_gaps(const char *path, GError **error)
{
    return read_targets(path, TRUE, error);
}

enum { E_SERIES, E_PERIOD, E_KIND, E_N_COLUMNS };

typedef struct {
    const char *path;
    int column_of[E_N_COLUMNS];
    gboolean has_header;
    GArray *events;
} EventReader;

static gboolean on_event_row(const SheetRow *row, gpointer data, GError **error)
{
    static const char *const NAMES[E_N_COLUMNS] = {"series", "period", "kind"};
    EventReader *self = data;
    if (!self->has_header) {
        self->has_header = TRUE;
        for (int i = 0; i < E_N_COLUMNS; i++)
            self->column_of[i] = long_rows_find(row, NAMES[i]);
        return (self->column_of[E_PERIOD] >= 0 && self->column_of[E_KIND] >= 0) ||
               long_rows_miss(self->path, row, NAMES[self->column_of[E_PERIOD] < 0 ? E_PERIOD : E_KIND],
                              "the header is series,period,kind", error);
    }
    LongEvent one = {.event = {.title = ""}};
    const char *period = long_rows_text(row, self->column_of[E_PERIOD]), *kind = long_rows_text(row, self->column_of[E_KIND]);
    if (!wm_period_parse(period, WM_PERIOD_FINANCIAL_YEAR, &one.event.period))
        return long_rows_fail(self->path, row->line, self->column_of[E_PERIOD] + 1, "write it as 2021-07, 2021 or Q2 2021/22",
                              error, "“%s” is no period", period);
    if (!wm_event_kind_parse(kind, &one.event.kind))
        return long_rows_fail(self->path, row->line, self->column_of[E_KIND] + 1, "use one of: break intervention outlier", error,
                              "kind “%s” is not known", kind);
    one.series = g_strdup(long_rows_text(row, self->column_of[E_SERIES]));
    g_array_append_val(self->events, one);
    return TRUE;
}

static void clear_event(gpointer data)
{
    g_free(((LongEvent *)data)->series);
}

GArray *long_events_read(const char *path, GError **error)
{
    g_autoptr(GArray) events = g_array_new(FALSE, FALSE, sizeof(LongEvent));
    g_array_set_clear_func(events, clear_event);
    EventReader self = {.path = path, .events = events};
    if (!source_read_table(path, on_event_row, &self, error) ||
        (!self.has_header && !long_rows_fail(path, 0, 0, "the header is series,period,kind", error, NOTHING)))
        return NULL;
    return g_steal_pointer(&events);
}
