/* The area comparison: the units of a plan beside each other, measure by measure. */
#include <math.h>
#include <string.h>

#include "plot/report/area_figures.h"
#include "plot/report/area_table.h"
#include "plot/report/exception_parts.h"
#include "plot/report/wording.h"

/* A paper in the making. */
typedef struct {
    WmDocument *document;
    const WmComparison *comparison;
} Paper;

/* The plan's own area, where it is one of the peers; NULL for none. */
static const WmComparedArea *own_area(const WmComparedMeasure *measure)
{
    for (size_t i = 0; i < measure->n_areas; i++)
        if (!*measure->areas[i].series->unit)
            return &measure->areas[i];
    return NULL;
}

/* The measures of the plan: one that is compared among authorities and among regions counts once. */
static size_t count_measures(const WmComparison *comparison)
{
    size_t n = 0;
    for (size_t i = 0; i < comparison->n_measures; i++) {
        size_t k = 0;
        while (!wm_area_is_same_measure(&comparison->measures[k], &comparison->measures[i]))
            k++;
        n += k == i;
    }
    return n;
}

static const char *say_count_of(Paper *self, double count)
{
    static const WmMeasure COUNT = {.kind = WM_KIND_COUNT};
    char text[WM_VALUE_TEXT];
    return wm_document_text(self->document, wm_value_format(count, &COUNT, "", text));
}

static const char *say_value(Paper *self, const WmComparedMeasure *measure, double value)
{
    return isnan(value) ? WM_DASH : wm_say_value(self->document, measure->series, value);
}

static size_t n_outside(const WmComparedMeasure *measure, int way)
{
    size_t n = 0;
    for (size_t i = 0; i < measure->n_areas; i++)
        n += measure->areas[i].funnel * way == 2;
    return n;
}

/* ---- at a glance ---- */

enum { GLANCE_MEASURE, GLANCE_PERIOD, GLANCE_ALL, GLANCE_QUARTER, GLANCE_BEST, GLANCE_LAST, GLANCE_OWN, N_GLANCE };

/* Who stands at one end, and how many level with it; the first by name, as the chart has it. */
static WmProse *say_end(Paper *self, const WmComparedMeasure *measure, size_t i)
{
    const WmComparedArea *area = &measure->areas[i];
    size_t n_level = 0;
    for (size_t k = measure->n_ranked; k-- > 0;) {
        if (measure->areas[k].rank != measure->areas[i].rank)
            continue;
        area = &measure->areas[k];
        n_level++;
    }
    WmProse *prose = wm_document_prose(self->document, area->name);
    if (n_level > 1)
        wm_prose_addf(prose, WM_RUN_PLAIN, " and %zu more", n_level - 1);
    wm_prose_break(prose);
    wm_prose_add(prose, WM_RUN_SMALL, say_value(self, measure, area->figure.value));
    return prose;
}

static WmProse *say_own(Paper *self, const WmComparedMeasure *measure)
{
    const WmComparedArea *own = own_area(measure);
    if (!own || own->rank == 0)
        return wm_document_prose(self->document, WM_DASH);
    WmProse *prose = wm_document_prosef(self->document, "%zu of %zu", own->rank, measure->n_ranked);
    wm_prose_break(prose);
    wm_prose_add(prose, WM_RUN_SMALL, say_value(self, measure, own->figure.value));
    return prose;
}

static void add_glance(Paper *self)
{
    const WmComparison *comparison = self->comparison;
    WmDocument *document = self->document;
    bool has_own = false;
    for (size_t i = 0; i < comparison->n_measures; i++)
        has_own |= own_area(&comparison->measures[i]) != NULL;
    const WmColumn columns[N_GLANCE] = {
        [GLANCE_MEASURE] = {"Measure", WM_ALIGN_START, true},
        [GLANCE_PERIOD] = {"Period", WM_ALIGN_START, false},
        [GLANCE_ALL] = {WM_ALL_AREAS, WM_ALIGN_END, false},
        [GLANCE_QUARTER] = {"Best quarter from", WM_ALIGN_END, false},
        [GLANCE_BEST] = {"Ranked first", WM_ALIGN_START, false},
        [GLANCE_LAST] = {"Ranked last", WM_ALIGN_START, false},
        [GLANCE_OWN] = {wm_document_text(document, comparison->month->plan->settings.area), WM_ALIGN_START, false}};
    WmTable *table = wm_document_table(document, "Every measure at a glance", columns, has_own ? N_GLANCE : GLANCE_OWN);
    table->is_dense = true;
    for (size_t i = 0; i < comparison->n_measures; i++) {
        const WmComparedMeasure *measure = &comparison->measures[i];
        const bool is_judged = wm_polarity_sign(measure->series->measure.polarity) != 0;
        WmProse *name = wm_document_prose(document, "");
        wm_document_link_section(name, wm_area_say_title(document, comparison, measure), i, wm_document_id(document, "measure", i));
        wm_table_row(document, table,
                     (WmProse *[N_GLANCE]){
                         [GLANCE_MEASURE] = name,
                         [GLANCE_PERIOD] = wm_document_prose(document, wm_say_period(document, measure->period)),
                         [GLANCE_ALL] = wm_document_prose(document, say_value(self, measure, measure->nation.value)),
                         [GLANCE_QUARTER] =
                             wm_document_prose(document, is_judged ? say_value(self, measure, measure->best_quartile) : WM_DASH),
                         [GLANCE_BEST] = say_end(self, measure, 0),
                         [GLANCE_LAST] = say_end(self, measure, measure->n_ranked - 1),
                         [GLANCE_OWN] = say_own(self, measure)});
    }
    wm_document_add_table(document, table);
}

static void add_headline(Paper *self)
{
    const WmComparison *comparison = self->comparison;
    WmDocument *document = self->document;
    wm_document_heading(document, 2, "headline", "Headline");
    if (comparison->n_measures == 0) {
        wm_document_paragraph(document, wm_document_prose(document, "No measure has figures of two units of one type yet, so there "
                                                                    "is nothing to compare."));
        return;
    }
    size_t n_worse = 0, n_better = 0, most = 0;
    for (size_t i = 0; i < comparison->n_measures; i++) {
        const WmComparedMeasure *measure = &comparison->measures[i];
        const int sign = wm_polarity_sign(measure->series->measure.polarity);
        n_better += sign ? n_outside(measure, sign) : 0;
        n_worse += sign ? n_outside(measure, -sign) : 0;
        most = MAX(most, measure->n_ranked);
    }
    WmProse *prose = wm_document_prose(document, "");
    wm_prose_addf(prose, WM_RUN_STRONG, "%s compared over up to %zu areas.",
                  wm_say_count(document, count_measures(comparison), "measure"), most);
    wm_prose_addf(
        prose, WM_RUN_PLAIN,
        " Given the number of cases behind each, %s %s far worse than all areas together, by more than chance allows, and %zu far "
        "better.",
        wm_say_count(document, n_worse, "figure"), n_worse == 1 ? "is" : "are", n_better);
    wm_document_paragraph(document, prose);
    add_glance(self);
}

/* ---- one measure ---- */

/* From so many times the variance of chance on, a reader of the funnel is told. */
#define OVERDISPERSED 3

/* "All areas together stand at 59.2% (22,950 of 38,743). Half lie between 51.0% and 72.2%; the best quarter begins at 72.2%." */
static void add_sentences(Paper *self, const WmComparedMeasure *measure)
{
    const WmAreaTotal *nation = &measure->nation;
    const WmQuartiles *quartiles = &measure->quartiles;
    WmProse *prose = wm_document_prose(self->document, "");
    if (isfinite(nation->value))
        wm_prose_addf(prose, WM_RUN_PLAIN, "The %zu areas with counts stand together at %s (%s of %s). ", nation->n_areas,
                      say_value(self, measure, nation->value), say_count_of(self, nation->numerator),
                      say_count_of(self, nation->denominator));
    if (quartiles->n >= WM_FEWEST_QUARTERED)
        wm_prose_addf(prose, WM_RUN_PLAIN, "Half of the areas lie between %s and %s. ", say_value(self, measure, quartiles->lower),
                      say_value(self, measure, quartiles->upper));
    const size_t n_without = measure->n_areas - measure->n_ranked;
    if (n_without)
        wm_prose_addf(prose, WM_RUN_PLAIN, "%s %s no figure for %s. ", wm_say_count(self->document, n_without, "area"),
                      n_without == 1 ? "has" : "have", wm_say_period(self->document, measure->period));
    if (measure->phi >= OVERDISPERSED)
        wm_prose_addf(prose, WM_RUN_PLAIN,
                      "The variance between areas is %.0f times what chance alone would leave, so that many lie outside the "
                      "funnel's limits. ",
                      measure->phi);
    if (measure->n_areas > WM_MOST_PANELS)
        wm_prose_addf(prose, WM_RUN_PLAIN, "There are too many areas for a panel each. ");
    if (!wm_prose_is_empty(prose))
        wm_document_paragraph(self->document, prose);
}

static void add_measure(Paper *self, size_t i)
{
    const WmComparedMeasure *measure = &self->comparison->measures[i];
    wm_document_mark(self->document, WM_BLOCK_NEW_PAGE);
    wm_document_heading(self->document, 2, wm_document_id(self->document, "measure", i),
                        wm_area_say_title(self->document, self->comparison, measure));
    add_sentences(self, measure);
    const AreaFigures *figures = wm_document_area_figures(self->document, self->comparison, i, own_area(measure));
    wm_document_add_ranking(self->document, figures);
    wm_document_add_funnel(self->document, figures);
    wm_document_add_areas_table(self->document, self->comparison,
                                measure); /* which takes what is left of the page, where panels would begin another */
    wm_document_add_panels(self->document, figures);
}

/* ---- method ---- */

static const struct {
    const char *title, *text;
} NOTES[] = {
    {"All areas, region, neighbours",
     "Totals: the cases of all of them over the people of all of them, so that a large area counts "
     "for more than a small one. A measure without published counts has none. Neighbours stand in "
     "neighbours.csv; their total is given where at least half of them have counts."},
    {"Period", "The latest for which at least half of the areas have a figure; the year before is the same period twelve months "
               "earlier."},
    {"Rank and quarter", "Each area counts once. Areas with the same figure share a rank. The best quarter begins at the upper "
                         "quartile, or the lower one where lower is better; a target of “top quartile” is that figure."},
    {"Chance", "The smaller an area, the more its figure swings by chance alone. An area within the funnel's limits may well be no "
               "different from all areas together, whatever its rank. Beyond 99.8% one area in 500 would lie by chance; beyond "
               "95% one in 20."},
    {"Few cases", "Fewer than 30 people behind a percentage, or 10 events behind a rate: one more would move the figure far."},
};

static void add_method(Paper *self)
{
    wm_document_heading(self->document, 2, "method", "How areas are compared");
    WmBlock *list = wm_document_list(self->document);
    for (size_t i = 0; i < G_N_ELEMENTS(NOTES); i++) {
        WmProse *item = wm_document_prose(self->document, "");
        wm_prose_addf(item, WM_RUN_STRONG, "%s.", NOTES[i].title);
        wm_prose_addf(item, WM_RUN_PLAIN, " %s", NOTES[i].text);
        wm_list_add(list, item);
    }
}

WmDocument *wm_report_areas(const WmMonth *month, GError **error)
{
    (void)error;
    g_autoptr(WmComparison) comparison = wm_comparison_new(month);
    Paper self = {wm_document_for_month(month, "Area comparison"), comparison};
    add_headline(&self);
    if (comparison->n_measures > 1)
        wm_document_mark(self.document, WM_BLOCK_CONTENTS);
    const size_t n_shown = wm_document_most_sections(self.document, comparison->n_measures);
    for (size_t i = 0; i < n_shown; i++)
        add_measure(&self, i);
    add_method(&self);
    wm_document_add_issued(self.document, month);
    return self.document;
}
