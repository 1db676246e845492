/* Targets that the units leave open. */
#include "engine/data/month/target_checks.h"

#include <string.h>

#include "engine/data/plan/plan_targets.h"

#define N_NAMED 3

/* A row of targets.csv, and who was looked at. */
typedef struct {
    const WmTarget *row;
    const WmIndicator *indicator;
    const char *reason;
    GHashTable *seen, *open; /* units */
    GPtrArray *names;        /* of those for which it is open, in the order in which they came */
} TargetRow;

struct TargetChecks {
    const WmPlan *plan;
    GPtrArray *rows;
    GHashTable *by_row; /* WmTarget -> TargetRow */
};

static void row_free(gpointer data)
{
    TargetRow *self = data;
    g_hash_table_unref(self->seen);
    g_hash_table_unref(self->open);
    g_ptr_array_unref(self->names);
    g_free(self);
}

TargetChecks *target_checks_new(const WmPlan *plan)
{
    TargetChecks *self = g_new0(TargetChecks, 1);
    *self = (TargetChecks){plan, g_ptr_array_new_with_free_func(row_free), g_hash_table_new(NULL, NULL)};
    return self;
}

void target_checks_free(TargetChecks *self)
{
    if (!self)
        return;
    g_ptr_array_unref(self->rows);
    g_hash_table_unref(self->by_row);
    g_free(self);
}

static TargetRow *row_of(TargetChecks *self, const WmTarget *row, const WmIndicator *indicator)
{
    TargetRow *known = g_hash_table_lookup(self->by_row, row);
    if (known)
        return known;
    known = g_new0(TargetRow, 1);
    *known = (TargetRow){row,
                         indicator,
                         "",
                         g_hash_table_new(g_str_hash, g_str_equal),
                         g_hash_table_new(g_str_hash, g_str_equal),
                         g_ptr_array_new()};
    g_ptr_array_add(self->rows, known);
    g_hash_table_insert(self->by_row, (gpointer)row, known);
    return known;
}

static const char *name_of(const WmPlan *plan, const char *unit)
{
    const WmUnit *row = *unit ? wm_plan_unit(plan, unit) : NULL;
    return !*unit ? plan->settings.area : row && *row->name ? row->name : unit;
}

void target_checks_add(TargetChecks *self, const WmIndicator *indicator, const char *unit, const WmSeriesMilestone *targets,
                       size_t n)
{
    const WmUnit *own = *unit ? wm_plan_unit(self->plan, unit) : NULL;
    const char *id = own ? own->unit : ""; /* outlives the series */
    for (size_t i = 0; i < n; i++) {
        const WmTarget *target = plan_target_of(self->plan, indicator, unit, &targets[i]);
        if (!target || !plan_target_waits_for_units(self->plan, indicator, target))
            continue;
        TargetRow *row = row_of(self, target, indicator);
        g_hash_table_add(row->seen, (gpointer)id);
        if (*targets[i].reason && g_hash_table_add(row->open, (gpointer)id)) {
            row->reason = targets[i].reason;
            g_ptr_array_add(row->names, (gpointer)name_of(self->plan, id));
        }
    }
}

/* "Camden, Hackney, Leeds and 12 more"; of all that were looked at, how many they are. New. */
static char *say_units(const TargetRow *row)
{
    const guint n = row->names->len;
    if (n > 1 && n == g_hash_table_size(row->seen))
        return g_strdup_printf("all %u that have readings", n);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < MIN(n, N_NAMED); i++)
        g_string_append_printf(text, "%s%s", i ? ", " : "", (const char *)g_ptr_array_index(row->names, i));
    if (n > N_NAMED)
        g_string_append_printf(text, " and %u more", n - N_NAMED);
    return g_string_free(text, FALSE);
}

static void tell(const TargetChecks *self, const TargetRow *row, WmProblems *problems)
{
    char due[WM_PERIOD_TEXT];
    g_autofree char *units = say_units(row);
    g_autofree char *message =
        g_strdup_printf("the target of %s for %s, “%s”, is unresolved for %s: %s", row->indicator->indicator,
                        row->row->due == WM_NO_DAY ? "no date" : wm_day_format_month(wm_day_month_end(row->row->due), due),
                        row->row->target, units, row->reason);
    wm_problems_add(problems, &(WmProblem){.file = "targets.csv",
                                           .line = row->row->line,
                                           .column = plan_column(self->plan, "targets.csv", "target"),
                                           .severity = WM_SEVERITY_WARNING,
                                           .code = "target_unresolved",
                                           .message = message,
                                           .advice = "nothing can be judged against it until it is a dated figure",
                                           .indicator = row->indicator->indicator});
}

void target_checks_tell(const TargetChecks *self, WmProblems *problems)
{
    for (guint i = 0; i < self->rows->len; i++) {
        const TargetRow *row = g_ptr_array_index(self->rows, i);
        if (row->names->len)
            tell(self, row, problems);
    }
}
