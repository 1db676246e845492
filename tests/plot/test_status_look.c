/* How a status is spoken of: which way one went. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <glib.h>

#include "plot/report/status_look.h"

typedef struct {
    const char *name;
    WmVerdict was, now;
    int way;
} WayCase;

#define BY_FIGURES(status)        \
    {                             \
        status, WM_PLAIN, WM_GREY \
    }
#define SET(status, figures)           \
    {                                  \
        status, WM_OVERRIDDEN, figures \
    }

static const WayCase WAYS[] = {
    {"red to amber is better", BY_FIGURES(WM_RED), BY_FIGURES(WM_AMBER), 1},
    {"blue to green is worse", BY_FIGURES(WM_BLUE), BY_FIGURES(WM_GREEN), -1},
    {"the same is neither", BY_FIGURES(WM_RED), BY_FIGURES(WM_RED), 0},
    {"from grey is neither", BY_FIGURES(WM_GREY), BY_FIGURES(WM_GREEN), 0},
    {"to grey is neither", BY_FIGURES(WM_GREEN), BY_FIGURES(WM_GREY), 0},
    {"amber set over red is no better", BY_FIGURES(WM_RED), SET(WM_AMBER, WM_RED), 0},
    {"nor red again worse", SET(WM_AMBER, WM_RED), BY_FIGURES(WM_RED), 0},
    {"one person's word after another's", SET(WM_AMBER, WM_RED), SET(WM_GREEN, WM_RED), 0},
    {"figures that got better meanwhile count", SET(WM_AMBER, WM_RED), BY_FIGURES(WM_GREEN), 1},
    {"even below what a person had set", SET(WM_GREEN, WM_RED), BY_FIGURES(WM_AMBER), 1},
    {"what is shown alike has not moved", SET(WM_AMBER, WM_RED), SET(WM_AMBER, WM_GREEN), 0},
    {"a person's word over grey is neither", BY_FIGURES(WM_RED), SET(WM_GREEN, WM_GREY), 0},
};

static void goes_that_way(void **state)
{
    const WayCase *row = *state;
    assert_int_equal(wm_verdict_way(row->was, row->now), row->way);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(WAYS)];
    for (size_t i = 0; i < G_N_ELEMENTS(WAYS); i++)
        tests[i] = (struct CMUnitTest){WAYS[i].name, goes_that_way, NULL, NULL, (void *)(guintptr)&WAYS[i]};
    return cmocka_run_group_tests_name("status look", tests, NULL, NULL);
}
