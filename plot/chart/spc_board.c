/* What the charts of many control charts share. */
#include "plot/chart/spc_board.h"

#include <math.h>

#include "plot/chart/spark.h"

static const char *const VARIATIONS[WM_N_EFFECTS] = {
    [WM_EFFECT_COMMON] = "No signal",          [WM_EFFECT_IMPROVEMENT] = "Improvement", [WM_EFFECT_CONCERN] = "Concern",
    [WM_EFFECT_NEUTRAL_HIGH] = "Signal, high", [WM_EFFECT_NEUTRAL_LOW] = "Signal, low",
};
static const char *const ASSURANCES[WM_N_ASSURANCES] = {[WM_ASSURANCE_PASS] = "Meets target",
                                                        [WM_ASSURANCE_FAIL] = "Misses target",
                                                        [WM_ASSURANCE_INCONSISTENT] = "Hit or miss",
                                                        [WM_ASSURANCE_NONE] = WM_SPC_NOT_JUDGED};

const char *wm_spc_variation_word(WmEffect effect)
{
    return VARIATIONS[effect];
}

const char *wm_spc_assurance_word(WmAssurance assurance)
{
    return ASSURANCES[assurance];
}

/* ---- words ---- */

static bool is_charted(const WmSpcItem *item)
{
    return isfinite(item->value);
}

static bool is_judged(const WmSpcItem *item)
{
    return is_charted(item) && item->is_judged;
}

static size_t n_varying(const WmSpcBoard *board, WmEffect effect)
{
    size_t n = 0;
    for (size_t i = 0; i < board->n_items; i++)
        n += is_judged(&board->items[i]) && board->items[i].variation == effect;
    return n;
}

static size_t n_assured(const WmSpcBoard *board, WmAssurance assurance)
{
    size_t n = 0;
    for (size_t i = 0; i < board->n_items; i++)
        n += is_charted(&board->items[i]) && board->items[i].assurance == assurance;
    return n;
}

size_t wm_spc_board_n_charted(const WmSpcBoard *board)
{
    size_t n = 0;
    for (size_t i = 0; i < board->n_items; i++)
        n += is_charted(&board->items[i]);
    return n;
}

size_t wm_spc_board_n_judged(const WmSpcBoard *board)
{
    size_t n = 0;
    for (size_t i = 0; i < board->n_items; i++)
        n += is_judged(&board->items[i]);
    return n;
}

char *wm_spc_board_not_judged(const WmSpcBoard *board)
{
    const size_t n = wm_spc_board_n_charted(board) - wm_spc_board_n_judged(board);
    return n ? g_strdup_printf("%zu not judged: too few readings, or all the same", n) : g_strdup("");
}

/* "3 get worse", "1 gets worse", "none gets worse" */
static char *count_in_words(size_t n, const char *one, const char *many)
{
    return n == 0 ? g_strdup_printf("none %s", one) : g_strdup_printf("%zu %s", n, n == 1 ? one : many);
}

static void add(GStrvBuilder *builder, char *wording)
{
    g_strv_builder_add(builder, wording);
    g_free(wording);
}

/* "3 will miss their targets", "none of 12 judged will miss its target", "no target can be judged yet" */
static char *targets_in_words(const WmSpcBoard *board, const char *tail)
{
    const size_t n_judged = wm_spc_board_n_charted(board) - n_assured(board, WM_ASSURANCE_NONE),
                 n_missed = n_assured(board, WM_ASSURANCE_FAIL);
    if (n_judged == 0)
        return g_strdup("no target can be judged yet");
    if (n_missed == 0)
        return g_strdup_printf("none of %zu judged will miss its target%s", n_judged, tail);
    g_autofree char *missed = count_in_words(n_missed, "will miss its target", "will miss their targets");
    return g_strconcat(missed, tail, NULL);
}

/* "It gets worse; its target will be missed as things stand": of one indicator. */
static void add_of_one(GStrvBuilder *builder, const WmSpcItem *item)
{
    static const char *const WAYS[WM_N_EFFECTS] = {[WM_EFFECT_COMMON] = "No real change",
                                                   [WM_EFFECT_IMPROVEMENT] = "Improving",
                                                   [WM_EFFECT_CONCERN] = "Worsening",
                                                   [WM_EFFECT_NEUTRAL_HIGH] = "A change, upwards",
                                                   [WM_EFFECT_NEUTRAL_LOW] = "A change, downwards"};
    static const char *const TARGETS[WM_N_ASSURANCES] = {
        [WM_ASSURANCE_PASS] = "the target will be met as things stand",
        [WM_ASSURANCE_FAIL] = "the target will be missed as things stand",
        [WM_ASSURANCE_INCONSISTENT] = "the target is hit or miss so far",
        [WM_ASSURANCE_NONE] = "no target can be judged yet",
    };
    const char *way = is_judged(item) ? WAYS[item->variation] : "Real change cannot be told from noise yet";
    add(builder, g_strdup_printf("%s; %s", way, TARGETS[item->assurance]));
    g_strv_builder_add(builder, way);
}

/* "Of 16 indicators judged 2 get worse, 11 better; 3 will miss their targets as things stand" */
static void add_of_many(GStrvBuilder *builder, const WmSpcBoard *board)
{
    const size_t n = wm_spc_board_n_judged(board);
    const char *what = board->is_of_areas ? "series" : n == 1 ? "indicator" : "indicators";
    g_autofree char *missed = targets_in_words(board, " as things stand"), *brief = targets_in_words(board, "");
    if (n == 0) {
        const char *none = board->is_of_areas ? "No series has readings enough to tell real change from noise"
                                              : "No indicator has readings enough to tell real change from noise";
        add(builder, g_strdup_printf("%s; %s", none, missed));
        g_strv_builder_add(builder, none);
        return;
    }
    g_autofree char *worse = count_in_words(n_varying(board, WM_EFFECT_CONCERN), "gets worse", "get worse");
    g_autofree char *better = count_in_words(n_varying(board, WM_EFFECT_IMPROVEMENT), "better", "better");
    add(builder, g_strdup_printf("Of %zu %s judged %s, %s; %s", n, what, worse, better, missed));
    add(builder, g_strdup_printf("Of %zu %s judged %s; %s", n, what, worse, brief));
    add(builder, g_strdup_printf("Of %zu %s judged %s", n, what, worse));
}

GStrv wm_spc_board_wordings(const WmSpcBoard *board)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    const size_t n = wm_spc_board_n_charted(board);
    if (n == 0)
        g_strv_builder_add(builder, board->n_items ? "No indicator has a reading yet" : "No indicators yet");
    for (size_t i = 0; i < board->n_items && n == 1; i++)
        if (is_charted(&board->items[i]))
            add_of_one(builder, &board->items[i]);
    if (n > 1)
        add_of_many(builder, board);
    return g_strv_builder_end(builder);
}

WmRect wm_spc_board_header(WmCanvas *canvas, const WmChartStyle *style, const WmSpcBoard *board)
{
    g_auto(GStrv) findings = wm_spc_board_wordings(board);
    g_autofree char *as_at = wm_frame_as_at(board->as_at);
    const WmHeader header = {
        .findings = findings, .subject = board->title, .as_at = as_at, .source = "", .is_illustrative = board->is_illustrative};
    return wm_frame_header(canvas, style, &header);
}

void wm_spc_board_draw_dots(WmCanvas *canvas, const WmChartStyle *style, WmRect room, size_t n)
{
    if (n == 0)
        return;
    const double size = fmin(room.height, sqrt(room.width * room.height / (double)n));
    const size_t n_down = (size_t)fmax(1, floor(room.height / size + 1e-9)), n_across = (n + n_down - 1) / n_down;
    const double step = fmin(size, room.width / (double)n_across);
    for (size_t i = 0; i < n; i++)
        wm_canvas_circle(canvas,
                         (WmPoint){room.x + ((double)(i / n_down) + 0.5) * step, room.y + ((double)(i % n_down) + 0.5) * step},
                         fmin(step * 0.38, style->em * 0.3), &(WmPaint){.fill = wm_opaque(style->palette->ink)});
}

/* ---- from series ---- */

typedef struct {
    WmSpcBoard board;
    GArray *items;    /* WmSpcItem */
    GPtrArray *names; /* char * */
} Gathered;

static WmSpcItem item_of(const WmSeries *series, const WmSpc *spc, const char *name)
{
    const double none = nan("");
    WmSpcItem item = {.name = name,
                      .group = *series->title ? series->title : series->indicator,
                      .measure_unit = series->measure_unit,
                      .measure = series->measure,
                      .period = {WM_PERIOD_NONE, 0},
                      .value = none,
                      .target = spc->target,
                      .is_target_of_path = spc->target_shape == WM_SPC_TARGET_MOVING,
                      .centre = none,
                      .lower = none,
                      .upper = none,
                      .is_judged = wm_spc_can_signal(spc),
                      .variation = spc->variation,
                      .assurance = spc->assurance};
    if (spc->i_last == SIZE_MAX)
        return item;
    const WmSpcVerdict *last = &spc->points[spc->i_last];
    item.period = series->readings[spc->i_last].period;
    item.value = last->value;
    item.centre = last->centre;
    item.lower = last->lower;
    item.upper = last->upper;
    item.direction = last->direction;
    return item;
}

static void add_series(Gathered *self, const WmChartSelection *selection, size_t i, WmSpcScratch *scratch)
{
    const WmSeries *series = selection->series[i];
    char *name = wm_board_name(selection->series, selection->n_series, i);
    WmSpc spc;
    if (wm_series_chart(series, scratch, &spc) != WM_OK)
        g_error("no memory for a control chart"); /* as every other allocation of GLib's */
    g_ptr_array_add(self->names, name);
    const WmSpcItem item = item_of(series, &spc, name);
    g_array_append_val(self->items, item);
    self->board.is_illustrative |= series->is_illustrative;
}

/* Whether some indicator is there for several areas or cohorts. */
static bool has_areas(const WmChartSelection *selection)
{
    g_autoptr(GHashTable) indicators = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < selection->n_series; i++)
        g_hash_table_add(indicators, (gpointer)selection->series[i]->indicator);
    return g_hash_table_size(indicators) < selection->n_series;
}

void *wm_spc_board_gather(const WmChartSelection *selection)
{
    if (selection->n_series == 0)
        return NULL;
    WmSpcScratch *scratch = wm_spc_scratch_new();
    if (!scratch)
        g_error("no memory for a control chart");
    Gathered *self = g_new0(Gathered, 1);
    self->items = g_array_new(FALSE, TRUE, sizeof(WmSpcItem));
    self->names = g_ptr_array_new_with_free_func(g_free);
    self->board = (WmSpcBoard){.title = selection->title, .as_at = selection->as_at, .is_of_areas = has_areas(selection)};
    for (size_t i = 0; i < selection->n_series; i++)
        add_series(self, selection, i, scratch);
    self->board.items = (const WmSpcItem *)(const void *)self->items->data;
    self->board.n_items = self->items->len;
    wm_spc_scratch_free(scratch);
    return &self->board;
}

void wm_spc_board_release(void *board)
{
    Gathered *self = board; /* its first member */
    g_array_unref(self->items);
    g_ptr_array_unref(self->names);
    g_free(self);
}
