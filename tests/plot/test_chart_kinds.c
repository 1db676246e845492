/* Every kind of chart, by name: whatever is charted, its labels keep off each other and on the page, its files are sound, and the
 * same bytes come in any order of threads. */
#include "plot/cmocka_setup.h"

#include <string.h>

#include "plot/chart/kinds.h"
#include "plot/fixture_drawing.h"
#include "plot/fixture_selection.h"

#define N_RANDOM 1000

/* Whether it had something to draw. */
static bool assert_no_collision(const WmChartKind *kind, const WmChartSelection *selection, guint32 seed)
{
    void *data = kind->gather(selection);
    if (!data)
        return false;
    g_autofree char *fault = drawing_fault(kind->draw, data, DRAWING_SIZES[seed % N_DRAWING_SIZES]);
    if (fault)
        fail_msg("%s of seed %u: %s", kind->name, seed, fault);
    if (kind->release)
        kind->release(data);
    return true;
}

/* A thousand selections for every kind, most of which it draws: making them takes longer than drawing, so all kinds share them. */
static void labels_never_collide_whatever_is_charted(void **state)
{
    (void)state;
    size_t n;
    const WmChartKind *const *kinds = wm_chart_kinds(&n);
    g_autofree size_t *n_drawn = g_new0(size_t, n);
    for (guint32 seed = 0; seed < N_RANDOM; seed++) {
        g_autoptr(SelectionFixture) fixture = selection_random(seed);
        for (size_t i = 0; i < n; i++)
            n_drawn[i] += assert_no_collision(kinds[i], &fixture->selection, seed);
    }
    for (size_t i = 0; i < n; i++)
        if (n_drawn[i] < N_RANDOM / 2)
            fail_msg("%s was drawn %zu times only", kinds[i]->name, n_drawn[i]);
}

static const WmTextStyle PLAIN = {12, false, {0, 1}, {0, 0}};

static void draw_side_by_side(WmCanvas *canvas, const WmChartStyle *style, const void *data)
{
    (void)style, (void)data;
    wm_canvas_text(canvas, (WmPoint){20, 40}, WM_ANCHOR_START, "left", &PLAIN);
    wm_canvas_text(canvas, (WmPoint){80, 40}, WM_ANCHOR_START, "right", &PLAIN);
}

static void draw_one_over_the_other(WmCanvas *canvas, const WmChartStyle *style, const void *data)
{
    draw_side_by_side(canvas, style, data);
    wm_canvas_text(canvas, (WmPoint){84, 42}, WM_ANCHOR_START, "over it", &PLAIN);
}

static void draw_off_the_page(WmCanvas *canvas, const WmChartStyle *style, const void *data)
{
    draw_side_by_side(canvas, style, data);
    wm_canvas_text(canvas, (WmPoint){155, 60}, WM_ANCHOR_START, "beyond", &PLAIN);
}

/* The check by which every chart passes: it sees what it is there to see, and only that. */
static void a_collision_and_a_text_off_the_page_are_seen(void **state)
{
    (void)state;
    const DrawingSize page = {160, 90};
    g_autofree char *apart = drawing_fault(draw_side_by_side, NULL, page),
                    *over = drawing_fault(draw_one_over_the_other, NULL, page), *off = drawing_fault(draw_off_the_page, NULL, page);
    assert_null(apart);
    assert_string_equal(over, "at 160x90 \"over it\" covers \"right\"");
    assert_string_equal(off, "at 160x90 \"beyond\" leaves the page");
}

/* The cases' own board, at every size and at the size that the kind chooses. */
static void hard_cases_are_borne(void **state)
{
    const WmChartKind *kind = *state;
    g_autoptr(SelectionFixture) fixture = selection_of_cases();
    void *data = kind->gather(&fixture->selection);
    assert_non_null(data);
    for (size_t i = 0; i < N_DRAWING_SIZES; i++) {
        g_autofree char *fault = drawing_fault(kind->draw, data, DRAWING_SIZES[i]);
        if (fault)
            fail_msg("%s", fault);
    }
    const DrawingSize own = {960, kind->height ? kind->height(data, 960) : 540};
    g_autofree char *fault = drawing_fault(kind->draw, data, own);
    if (fault)
        fail_msg("%s", fault);
    if (kind->release)
        kind->release(data);
}

typedef struct {
    const WmChartKind *kind;
    const WmChartSelection *selection;
} Request;

static GBytes *write_request(const void *data, const WmChartOptions *options, GError **error)
{
    const Request *request = data;
    return wm_chart_kind_write(request->kind, request->selection, options, error);
}

static void files_are_sound(void **state)
{
    g_autoptr(SelectionFixture) fixture = selection_of_cases();
    const Request request = {*state, &fixture->selection};
    g_autofree char *fault = drawing_file_fault(write_request, &request);
    if (fault)
        fail_msg("%s", fault);
}

static void nothing_to_show_is_said(void **state)
{
    const WmChartKind *kind = *state;
    const WmChartSelection nothing = {.title = "", .as_at = WM_NO_DAY};
    g_autoptr(GError) error = NULL;
    assert_null(wm_chart_kind_write(kind, &nothing, NULL, &error));
    assert_true(g_error_matches(error, WM_ERROR, WM_ERROR_INPUT));
    assert_non_null(strstr(error->message, kind->nothing ? kind->nothing : kind->name));
}

/* ---- threads ---- */

#define N_THREADS 4

typedef struct {
    const WmChartSelection *selection;
    size_t offset; /* where this thread begins in the list of kinds */
    GBytes *bytes[64];
} Share;

static gpointer draw_share(gpointer data)
{
    Share *share = data;
    size_t n;
    const WmChartKind *const *kinds = wm_chart_kinds(&n);
    for (size_t i = 0; i < n * WM_N_FORMATS; i++) {
        const size_t k = (i + share->offset) % (n * WM_N_FORMATS);
        const WmChartOptions options = {.format = (WmFormat)(k % WM_N_FORMATS), .scale = 1, .width_px = 640, .height_px = 360};
        share->bytes[k] = wm_chart_kind_write(kinds[k / WM_N_FORMATS], share->selection, &options, NULL);
    }
    return NULL;
}

static void threads_in_any_order_give_the_same_bytes(void **state)
{
    (void)state;
    g_autoptr(SelectionFixture) fixture = selection_of_cases();
    size_t n;
    wm_chart_kinds(&n);
    Share shares[N_THREADS];
    GThread *threads[N_THREADS];
    for (size_t i = 0; i < N_THREADS; i++) {
        shares[i] = (Share){.selection = &fixture->selection, .offset = i * 7};
        threads[i] = g_thread_new("draw", draw_share, &shares[i]);
    }
    for (size_t i = 0; i < N_THREADS; i++)
        g_thread_join(threads[i]);
    for (size_t k = 0; k < n * WM_N_FORMATS; k++)
        for (size_t i = 0; i < N_THREADS; i++) {
            assert_non_null(shares[i].bytes[k]);
            assert_true(g_bytes_equal(shares[0].bytes[k], shares[i].bytes[k]));
        }
    for (size_t k = 0; k < n * WM_N_FORMATS; k++)
        for (size_t i = 0; i < N_THREADS; i++)
            g_bytes_unref(shares[i].bytes[k]);
}

static void names_are_found_and_told_apart(void **state)
{
    (void)state;
    size_t n;
    const WmChartKind *const *kinds = wm_chart_kinds(&n);
    for (size_t i = 0; i < n; i++) {
        assert_ptr_equal(wm_chart_kind_find(wm_chart_kind_name(kinds[i])), kinds[i]);
        assert_true(strlen(wm_chart_kind_summary(kinds[i])) > 20);
    }
    assert_string_equal(wm_chart_kind_name(wm_chart_kind_find("Risk-Matrix")), "risk_matrix");
    assert_null(wm_chart_kind_find("pie"));
}

static const struct {
    const char *name;
    CMUnitTestFunction run;
} FOR_EACH_KIND[] = {
    {"hard cases are borne", hard_cases_are_borne},
    {"files are sound", files_are_sound},
    {"nothing to show is said", nothing_to_show_is_said},
};

int main(void)
{
    g_autoptr(GArray) tests = g_array_new(FALSE, TRUE, sizeof(struct CMUnitTest));
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    const struct CMUnitTest alone[] = {
        cmocka_unit_test(a_collision_and_a_text_off_the_page_are_seen), cmocka_unit_test(labels_never_collide_whatever_is_charted),
        cmocka_unit_test(threads_in_any_order_give_the_same_bytes), cmocka_unit_test(names_are_found_and_told_apart)};
    g_array_append_vals(tests, alone, G_N_ELEMENTS(alone));
    size_t n;
    const WmChartKind *const *kinds = wm_chart_kinds(&n);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < G_N_ELEMENTS(FOR_EACH_KIND); j++) {
            char *name = g_strdup_printf("%s: %s", wm_chart_kind_name(kinds[i]), FOR_EACH_KIND[j].name);
            g_ptr_array_add(names, name);
            const struct CMUnitTest test = {name, FOR_EACH_KIND[j].run, NULL, NULL, (void *)(uintptr_t)kinds[i]};
            g_array_append_val(tests, test);
        }
    return _cmocka_run_group_tests("kinds of chart", (const struct CMUnitTest *)(void *)tests->data, tests->len, NULL, NULL);
}
