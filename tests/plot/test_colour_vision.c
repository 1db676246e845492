/* Colours that mean different things stay apart for readers who see fewer of them.
 *
 * Full protanopia, deuteranopia and tritanopia are simulated by the matrices of Machado, Oliveira and Fernandes (2009), IEEE
 * Transactions on Visualization and Computer Graphics 15, 1291-1298, table 1, on linear RGB. Distance is that of CIE L*a*b* (1976),
 * where 2.3 is just seen side by side. Monochrome leaves it all to forms and words.
 */
#include "plot/cmocka_setup.h"

#include <math.h>

#include "plot/chart/spc_chart_parts.h"

#define LEAST_APART 10.0

typedef struct {
    const char *name;
    double matrix[3][3];
} Vision;

static const Vision VISIONS[] = {
    {"common", {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
    {"protanopia", {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}},
    {"deuteranopia", {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}},
    {"tritanopia", {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}},
};

static double linear(uint32_t channel)
{
    const double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static void apply(const double matrix[3][3], const double in[3], double out[3])
{
    for (int i = 0; i < 3; i++)
        out[i] = fmin(1, fmax(0, matrix[i][0] * in[0] + matrix[i][1] * in[1] + matrix[i][2] * in[2]));
}

static double lab_curve(double t)
{
    return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

/* L*a*b* of a colour as it is seen, for the white of D65. */
static void to_lab(uint32_t rgb, const Vision *vision, double lab[3])
{
    static const double XYZ[3][3] = {
        {0.4124564, 0.3575761, 0.1804375}, {0.2126729, 0.7151522, 0.0721750}, {0.0193339, 0.1191920, 0.9503041}};
    static const double WHITE[3] = {0.95047, 1, 1.08883};
    const double plain[3] = {linear(rgb >> 16 & 0xFF), linear(rgb >> 8 & 0xFF), linear(rgb & 0xFF)};
    double seen[3], f[3];
    apply(vision->matrix, plain, seen);
    for (int i = 0; i < 3; i++)
        f[i] = lab_curve((XYZ[i][0] * seen[0] + XYZ[i][1] * seen[1] + XYZ[i][2] * seen[2]) / WHITE[i]);
    lab[0] = 116 * f[1] - 16;
    lab[1] = 500 * (f[0] - f[1]);
    lab[2] = 200 * (f[1] - f[2]);
}

static double distance(uint32_t a, uint32_t b, const Vision *vision)
{
    double x[3], y[3];
    to_lab(a, vision, x);
    to_lab(b, vision, y);
    return sqrt(pow(x[0] - y[0], 2) + pow(x[1] - y[1], 2) + pow(x[2] - y[2], 2));
}

static void assert_apart(const char *what, const uint32_t *colours, size_t n)
{
    for (size_t v = 0; v < G_N_ELEMENTS(VISIONS); v++)
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < i; j++)
                if (distance(colours[i], colours[j], &VISIONS[v]) < LEAST_APART)
                    fail_msg("%s, %s: #%06x and #%06x are %.1f apart", what, VISIONS[v].name, colours[j], colours[i],
                             distance(colours[i], colours[j], &VISIONS[v]));
}

static void statuses_stay_apart(void **state)
{
    const WmPalette *palette = *state;
    const uint32_t colours[] = {palette->pill[WM_RED].fill, palette->pill[WM_AMBER].fill, palette->pill[WM_GREEN].fill,
                                palette->pill[WM_BLUE].fill};
    assert_apart("statuses", colours, G_N_ELEMENTS(colours));
}

static void lines_stay_apart(void **state)
{
    const WmPalette *palette = *state;
    const uint32_t colours[] = {palette->reading, palette->plan, palette->comparator};
    if (palette != wm_palette(WM_THEME_MONOCHROME))
        assert_apart("lines", colours, G_N_ELEMENTS(colours));
}

static void effects_stay_apart(void **state)
{
    const WmPalette *palette = *state;
    const WmSpcColours *colours = wm_spc_colours(palette);
    if (palette != wm_palette(WM_THEME_MONOCHROME))
        assert_apart("effects", colours->effect, WM_EFFECT_NEUTRAL_LOW); /* both neutral ones are alike */
}

/* The bands of the fan are told by their order of lightness, whoever looks. */
static void bands_darken_inwards(void **state)
{
    const WmPalette *palette = *state;
    for (size_t v = 0; v < G_N_ELEMENTS(VISIONS); v++) {
        double page[3], outer[3], middle[3], inner[3];
        to_lab(palette->page, &VISIONS[v], page);
        to_lab(palette->fan[0], &VISIONS[v], outer);
        to_lab(palette->fan[1], &VISIONS[v], middle);
        to_lab(palette->fan[2], &VISIONS[v], inner);
        const double way = inner[0] < page[0] ? -1 : 1;
        assert_true(way * (outer[0] - page[0]) > 3 && way * (middle[0] - outer[0]) > 3 && way * (inner[0] - middle[0]) > 3);
    }
}

static void red_and_green_are_confused_where_they_should_be(void **state)
{
    (void)state;
    assert_true(distance(0xCC0000, 0x5A5A00, &VISIONS[1]) < distance(0xCC0000, 0x5A5A00, &VISIONS[0]) / 2);
    assert_float_equal(distance(0xFFFFFF, 0x000000, &VISIONS[2]), 100, 0.5);
    assert_float_equal(distance(0x123456, 0x123456, &VISIONS[3]), 0, 1e-9);
}

static const struct {
    const char *name;
    CMUnitTestFunction run;
} FOR_EACH_THEME[] = {
    {"statuses stay apart", statuses_stay_apart},
    {"lines stay apart", lines_stay_apart},
    {"effects stay apart", effects_stay_apart},
    {"bands darken inwards", bands_darken_inwards},
};

int main(void)
{
    struct CMUnitTest tests[1 + WM_N_THEMES * G_N_ELEMENTS(FOR_EACH_THEME)] = {
        cmocka_unit_test(red_and_green_are_confused_where_they_should_be)};
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    size_t n = 1;
    for (size_t theme = 0; theme < WM_N_THEMES; theme++)
        for (size_t j = 0; j < G_N_ELEMENTS(FOR_EACH_THEME); j++) {
            char *name = g_strdup_printf("%s: %s", wm_theme_name((WmThemeName)theme), FOR_EACH_THEME[j].name);
            g_ptr_array_add(names, name);
            tests[n++] =
                (struct CMUnitTest){name, FOR_EACH_THEME[j].run, NULL, NULL, (void *)(uintptr_t)wm_palette((WmThemeName)theme)};
        }
    return cmocka_run_group_tests_name("colour vision", tests, NULL, NULL);
}
