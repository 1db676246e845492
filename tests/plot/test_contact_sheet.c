/* The hard cases of every chart, a sheet a kind, for a person to look at; a test can only see that no cell is empty.
 *
 * WAYMARK_SHEETS=FOLDER writes them there as PNG.
 */
#include "plot/cmocka_setup.h"

#include "plot/chart/charts.h"
#include "plot/chart/kinds.h"
#include "plot/chart/spc_chart_parts.h"
#include "plot/fixture_areas.h"
#include "plot/fixture_calibration.h"
#include "plot/fixture_selection.h"
#include "plot/fixture_sheet.h"
#include "plot/fixture_spc.h"

static int rows_of(size_t n, int n_columns)
{
    return (int)(n + (size_t)n_columns - 1) / n_columns;
}

static void finish(SheetFixture *sheet, const char *name)
{
    sheet_write(sheet, name);
    assert_int_equal(sheet_n_empty(sheet), 0);
}

static void trajectory(void **state)
{
    (void)state;
    g_autoptr(SheetFixture) sheet = sheet_new(800, 450, 3, rows_of(N_SERIES_CASES, 3));
    for (size_t i = 0; i < N_SERIES_CASES; i++) {
        g_autoptr(SeriesFixture) fixture = SERIES_CASES[i].make();
        sheet_draw(sheet, wm_trajectory_draw, &fixture->series, (WmThemeName)(i % WM_N_THEMES));
    }
    finish(sheet, "trajectory");
}

static void spc(void **state)
{
    (void)state;
    g_autoptr(SheetFixture) sheet = sheet_new(800, 450, 3, rows_of(N_SPC_CASES, 3));
    for (size_t i = 0; i < N_SPC_CASES; i++) {
        g_autoptr(SpcFixture) fixture = spc_fixture_new(&SPC_CASES[i]);
        const WmSpcDrawing drawing = {&fixture->fixture->series, &fixture->spc};
        sheet_draw(sheet, wm_spc_draw, &drawing, (WmThemeName)(i % WM_N_THEMES));
    }
    finish(sheet, "spc");
}

static void calibration(void **state)
{
    (void)state;
    g_autoptr(SheetFixture) sheet = sheet_new(800, 450, 3, rows_of(N_CALIBRATION_CASES, 3));
    for (size_t i = 0; i < N_CALIBRATION_CASES; i++) {
        const WmCalibration data = calibration_of(CALIBRATION_CASES[i].bins, CALIBRATION_CASES[i].n_bins);
        sheet_draw(sheet, wm_calibration_draw, &data, (WmThemeName)(i % WM_N_THEMES));
    }
    finish(sheet, "calibration");
}

static void draw_areas(const char *name, WmDrawFunc draw)
{
    g_autoptr(SheetFixture) sheet = sheet_new(800, 450, 3, rows_of(N_AREAS_CASES, 3));
    for (size_t i = 0; i < N_AREAS_CASES; i++) {
        g_autoptr(AreasFixture) fixture = AREAS_CASES[i].make();
        sheet_draw(sheet, draw, &fixture->areas, (WmThemeName)(i % WM_N_THEMES));
    }
    finish(sheet, name);
}

static void funnel(void **state)
{
    (void)state;
    draw_areas("funnel", wm_funnel_draw);
}

static void ranking(void **state)
{
    (void)state;
    draw_areas("ranking", wm_ranking_draw);
}

/* Kinds of many series, each over boards of chance and in every theme. */
static void boards(void **state)
{
    (void)state;
    static const char *const KINDS[] = {"multiples", "scorecard", "matrix", "icons", "timeline", "risk_matrix"};
    for (size_t k = 0; k < G_N_ELEMENTS(KINDS); k++) {
        const WmChartKind *kind = wm_chart_kind_find(KINDS[k]);
        g_autoptr(SheetFixture) sheet = sheet_new(800, 450, 3, 3);
        int n_drawn = 0;
        for (guint32 seed = 0; n_drawn < 9; seed++) {
            g_autoptr(SelectionFixture) fixture = selection_random(seed);
            void *data = kind->gather(&fixture->selection);
            if (!data)
                continue;
            sheet_draw(sheet, kind->draw, data, (WmThemeName)(n_drawn++ % WM_N_THEMES));
            if (kind->release)
                kind->release(data);
        }
        finish(sheet, KINDS[k]);
    }
}

static void sparkline(void **state)
{
    (void)state;
    g_autoptr(SheetFixture) sheet = sheet_new(160, 44, 6, rows_of(N_SERIES_CASES, 6));
    for (size_t i = 0; i < N_SERIES_CASES; i++) {
        g_autoptr(SeriesFixture) fixture = SERIES_CASES[i].make();
        sheet_draw(sheet, wm_sparkline_draw, &fixture->series, (WmThemeName)(i % WM_N_THEMES));
    }
    finish(sheet, "sparkline");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trajectory), cmocka_unit_test(spc),    cmocka_unit_test(calibration), cmocka_unit_test(funnel),
        cmocka_unit_test(ranking),    cmocka_unit_test(boards), cmocka_unit_test(sparkline),
    };
    return cmocka_run_group_tests_name("contact sheets", tests, NULL, NULL);
}
