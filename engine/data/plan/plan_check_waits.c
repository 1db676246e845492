/* Actions that wait for each other in a circle: none of them can ever begin. */
#include <string.h>

#include "engine/data/plan/plan_check_private.h"
#include "engine/data/plan/plan_private.h"

typedef enum { NOT_VISITED, UNDER_WAY, DONE } Visit;

/* One action on the way that is being followed. */
typedef struct {
    const WmAction *row;
    char **ids;    /* what it waits for */
    size_t i_next; /* the first of them that has not been followed */
} Step;

typedef struct {
    const PlanCheck *check;
    GHashTable *rows;   /* id -> its first WmAction */
    GHashTable *visits; /* WmAction -> Visit; absent: NOT_VISITED */
    GArray *way;        /* of Step: each waits for the one after it */
} Walk;

static void clear_step(gpointer data)
{
    g_strfreev(((Step *)data)->ids);
}

static void report_circle(const Walk *self, const WmAction *back)
{
    guint from = self->way->len - 1;
    while (g_array_index(self->way, Step, from).row != back)
        from--;
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = from; i < self->way->len; i++)
        g_string_append_printf(text, "%s → ", g_array_index(self->way, Step, i).row->action);
    g_string_append(text, back->action);
    plan_report(self->check, WM_SEVERITY_ERROR, "actions.csv", back->line, "waits_for", "", "waits_circle",
                "take out the one that need not wait; until then none of them can begin", "action %s waits for itself: %s",
                back->action, text->str);
}

static void begin_step(Walk *self, const WmAction *row)
{
    const Step step = {.row = row, .ids = g_strsplit_set(row->waits_for, PLAN_LIST_MARKS, -1)};
    g_array_append_val(self->way, step);
    g_hash_table_insert(self->visits, (gpointer)row, GINT_TO_POINTER(UNDER_WAY));
}

static void end_step(Walk *self)
{
    const WmAction *row = g_array_index(self->way, Step, self->way->len - 1).row;
    g_hash_table_insert(self->visits, (gpointer)row, GINT_TO_POINTER(DONE));
    g_array_set_size(self->way, self->way->len - 1);
}

/* Depth first, without recursion: a chain may be as long as the table. Each circle holds one action that is met again under way. */
static void follow(Walk *self, const WmAction *first)
{
    begin_step(self, first);
    while (self->way->len) {
        Step *step = &g_array_index(self->way, Step, self->way->len - 1);
        const char *id = step->ids[step->i_next];
        if (!id) {
            end_step(self);
            continue;
        }
        step->i_next++;
        const WmAction *awaited = g_hash_table_lookup(self->rows, id);
        const Visit visit = awaited ? GPOINTER_TO_INT(g_hash_table_lookup(self->visits, awaited)) : DONE;
        if (visit == UNDER_WAY)
            report_circle(self, awaited);
        else if (visit == NOT_VISITED)
            begin_step(self, awaited);
    }
}

void plan_check_waits(const PlanCheck *check)
{
    const WmPlan *plan = check->plan;
    g_autoptr(GHashTable) rows = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) visits = g_hash_table_new(NULL, NULL);
    g_autoptr(GArray) way = g_array_new(FALSE, FALSE, sizeof(Step));
    g_array_set_clear_func(way, clear_step);
    for (size_t i = 0; i < plan->n_actions; i++)
        if (!g_hash_table_contains(rows, plan->actions[i].action))
            g_hash_table_insert(rows, (gpointer)plan->actions[i].action, (gpointer)&plan->actions[i]);
    Walk self = {check, rows, visits, way};
    for (size_t i = 0; i < plan->n_actions; i++)
        if (!g_hash_table_contains(visits, &plan->actions[i]))
            follow(&self, &plan->actions[i]);
}
