/* Every theme meets WCAG 2.2 AA: text at 4.5:1, marks that one must see at 3:1, on everything they may stand on. */
#include "plot/cmocka_setup.h"

#include "plot/chart/theme.h"

#define TEXT_RATIO 4.5
#define MARK_RATIO 3.0

static void assert_contrast(const char *what, uint32_t colour, uint32_t ground, double ratio)
{
    if (wm_contrast(colour, ground) < ratio)
        fail_msg("%s: #%06x on #%06x is %.2f:1, needs %.1f:1", what, colour, ground, wm_contrast(colour, ground), ratio);
}

static void text_can_be_read(void **state)
{
    const WmPalette *palette = *state;
    const uint32_t grounds[] = {palette->page, palette->off_plan};
    for (size_t i = 0; i < G_N_ELEMENTS(grounds); i++) {
        assert_contrast("ink", palette->ink, grounds[i], TEXT_RATIO);
        assert_contrast("muted", palette->muted, grounds[i], TEXT_RATIO);
        assert_contrast("reading", palette->reading, grounds[i], TEXT_RATIO);
        assert_contrast("plan", palette->plan, grounds[i], TEXT_RATIO);
        assert_contrast("comparator", palette->comparator, grounds[i], TEXT_RATIO);
    }
}

/* Labels may stand on the fan; their halo leaves at most a sixth of it. */
static void text_can_be_read_on_the_fan(void **state)
{
    const WmPalette *palette = *state;
    for (size_t band = 0; band < G_N_ELEMENTS(palette->fan); band++) {
        const uint32_t ground = wm_blend(palette->page, 0.85, palette->fan[band]);
        assert_contrast("muted on the fan", palette->muted, ground, TEXT_RATIO);
        assert_contrast("plan on the fan", palette->plan, ground, TEXT_RATIO);
        assert_contrast("reading on the fan", palette->reading, ground, TEXT_RATIO);
    }
}

static void marks_can_be_seen(void **state)
{
    const WmPalette *palette = *state;
    const uint32_t grounds[] = {palette->page, palette->off_plan};
    for (size_t i = 0; i < G_N_ELEMENTS(grounds); i++) {
        assert_contrast("axis", palette->axis, grounds[i], MARK_RATIO);
        assert_contrast("event", palette->event, grounds[i], MARK_RATIO);
        assert_contrast("edge of the fan", palette->fan_edge, grounds[i], MARK_RATIO);
    }
    for (size_t band = 0; band < G_N_ELEMENTS(palette->fan); band++) {
        assert_contrast("central path on the fan", palette->reading, palette->fan[band], MARK_RATIO);
        assert_contrast("path on the fan", palette->plan, palette->fan[band], MARK_RATIO);
    }
}

static void pills_can_be_read_and_seen(void **state)
{
    const WmPalette *palette = *state;
    for (size_t rag = 0; rag < WM_N_RAGS; rag++) {
        const WmPillColours *pill = &palette->pill[rag];
        assert_contrast(wm_rag_name((WmRag)rag), pill->text, pill->fill, TEXT_RATIO);
        assert_contrast(wm_rag_name((WmRag)rag), pill->edge, palette->page, MARK_RATIO);
    }
}

/* Everything that the charts of areas, boards and risks write or draw on: discs with numbers, shaded cells, cards, statuses alone.
 */
static void marks_and_cells_of_boards_can_be_read(void **state)
{
    const WmPalette *palette = *state;
    assert_contrast("number on a disc", palette->page, palette->reading, TEXT_RATIO);
    assert_contrast("name on the row picked out", palette->ink, palette->fan[0], TEXT_RATIO);
    const uint32_t cells[] = {palette->fan[0], palette->fan[1], palette->fan[2],
                              wm_blend(palette->fan_edge, 0.35, palette->fan[2])};
    for (size_t i = 0; i < G_N_ELEMENTS(cells); i++) {
        assert_contrast("count in a cell", palette->ink, cells[i], TEXT_RATIO);
        assert_contrast("disc in a cell", palette->reading, cells[i], 1.5); /* its edge is of the page's colour */
    }
    assert_contrast("bars of counts", palette->fan_edge, palette->page, MARK_RATIO);
    for (size_t rag = 0; rag < WM_N_RAGS; rag++)
        assert_contrast("form of a status", palette->pill[rag].text, palette->pill[rag].fill, TEXT_RATIO);
}

static void the_ratio_is_that_of_wcag(void **state)
{
    (void)state;
    assert_float_equal(wm_contrast(0x000000, 0xFFFFFF), 21, 1e-6);
    assert_float_equal(wm_contrast(0x777777, 0xFFFFFF), 4.48, 0.005); /* the textbook near miss */
    assert_float_equal(wm_contrast(0x123456, 0x123456), 1, 1e-6);
}

static const struct {
    const char *name;
    CMUnitTestFunction run;
} FOR_EACH_THEME[] = {
    {"text can be read", text_can_be_read},
    {"text can be read on the fan", text_can_be_read_on_the_fan},
    {"marks can be seen", marks_can_be_seen},
    {"pills can be read and seen", pills_can_be_read_and_seen},
    {"marks and cells of boards can be read", marks_and_cells_of_boards_can_be_read},
};

int main(void)
{
    struct CMUnitTest tests[1 + WM_N_THEMES * G_N_ELEMENTS(FOR_EACH_THEME)] = {cmocka_unit_test(the_ratio_is_that_of_wcag)};
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    size_t n = 1;
    for (size_t theme = 0; theme < WM_N_THEMES; theme++)
        for (size_t j = 0; j < G_N_ELEMENTS(FOR_EACH_THEME); j++) {
            char *name = g_strdup_printf("%s: %s", wm_theme_name((WmThemeName)theme), FOR_EACH_THEME[j].name);
            g_ptr_array_add(names, name);
            tests[n++] =
                (struct CMUnitTest){name, FOR_EACH_THEME[j].run, NULL, NULL, (void *)(uintptr_t)wm_palette((WmThemeName)theme)};
        }
    return cmocka_run_group_tests_name("themes", tests, NULL, NULL);
}
