/* One reading of a row. Each step fills a part of it, or refuses it with its reason. */
#include "engine/data/drop/drop_reading.h"

#include <math.h>
#include <string.h>
#include <waymark/value.h>

#include "engine/data/drop/drop_text.h"
#include "engine/data/drop/drop_unit.h"
#include "engine/data/drop/figure_unit.h"
#include "engine/data/plan/failed_formula.h"
#include "engine/data/text/figure_text.h"
#include "engine/data/text/number_text.h"
#include "engine/data/text/period_text.h"

#define MESSAGE_CHARACTERS 300 /* a field may hold a book; its beginning says which it is */

typedef struct {
    DropHeader *header;
    const SheetRow *row;
    const Extract *extract;
    const WmIndicator *indicator;
    WmStoredReading *out;
    RefusedReading *refused;
    WmReadingState period_state; /* that the period's text says: provisional, revised, or final for nothing */
    char number[G_ASCII_DTOSTR_BUF_SIZE];
} Step;

static char *shorten(char *text)
{
    if (g_utf8_strlen(text, -1) <= MESSAGE_CHARACTERS)
        return text;
    g_autofree char *whole = text;
    g_autofree char *beginning = g_utf8_substring(whole, 0, MESSAGE_CHARACTERS);
    return g_strconcat(beginning, "…", NULL);
}

/* A field's text, renamed as the recipe says; "" when the file has no such column. */
static const char *text_of(const Step *self, Field field)
{
    int column;
    const BoundField *bound = &self->extract->fields[field];
    if (field == FIELD_NOTE && bound->n_terms == 1) /* its blanks are its own */
        return drop_term_text(self->row, &bound->terms[0]);
    return recipe_rename(self->header->recipe, field,
                         drop_text(self->header, self->row, bound, self->header->scratch[field], &column));
}

static gboolean refuse(Step *self, Field field, const char *code, const char *format, ...) G_GNUC_PRINTF(4, 5);

static gboolean refuse(Step *self, Field field, const char *code, const char *format, ...)
{
    int column;
    const BoundField *bound = &self->extract->fields[field];
    g_autoptr(GString) scratch = g_string_new(NULL);
    va_list arguments;
    va_start(arguments, format);
    char *message = shorten(g_strdup_vprintf(format, arguments));
    va_end(arguments);
    drop_text(self->header, self->row, bound, scratch, &column);
    self->refused->message = message;
    self->refused->is_row = bound->is_shared;
    self->refused->why = (Refusal){column + 1, code, message};
    return FALSE;
}

static gboolean read_indicator(Step *self)
{
    self->indicator = self->extract->indicator;
    if (!self->indicator) {
        const char *text = text_of(self, FIELD_INDICATOR);
        self->indicator = wm_plan_indicator(self->header->plan, text);
        if (!self->indicator)
            return refuse(self, FIELD_INDICATOR, "unknown_indicator", "indicator “%s” is not in indicators.csv", text);
    }
    self->out->indicator = self->indicator->indicator;
    return TRUE;
}

/* A text without its footnote marks, where the recipe strips them; else NULL. New. */
static char *stripped_text(const Step *self, Field field, const char *text)
{
    const WmRecipe *recipe = self->header->recipe;
    const size_t length = recipe && recipe->strips_footnotes ? text_length_without_marks(text) : 0;
    if (length == 0 || length == strlen(text))
        return NULL;
    g_autofree char *bare = g_strndup(text, length);
    return g_strdup(recipe_rename(recipe, field, bare));
}

/* Any text is a cohort, and a recipe may leave out units that the plan has not: a formula's failure must be told from both. */
static gboolean refuse_formula(Step *self, Field field, const char *text)
{
    return refuse(self, field, "failed_formula", "%s “%s” is a formula that failed", field_name(field), text);
}

/* What stands with its marks is looked up first: a code may end in a digit. */
static const char *unit_of(const Step *self, const char *text)
{
    const char *unit = drop_unit_id(self->header, text);
    g_autofree char *stripped = unit ? NULL : stripped_text(self, FIELD_UNIT, text);
    return stripped ? drop_unit_id(self->header, stripped) : unit;
}

static gboolean refuse_unit(Step *self, const char *text)
{
    g_autofree char *stripped = stripped_text(self, FIELD_UNIT, text);
    self->refused->is_skipped = self->header->recipe && self->header->recipe->skips_unknown_units;
    if (!self->refused->is_skipped && drop_unit_is_shared(self->header, text))
        return refuse(self, FIELD_UNIT, "unknown_unit", "several units are called “%s”: say its id or code", text);
    const char *nearest = self->refused->is_skipped ? "" : drop_unit_nearest(self->header, stripped ? stripped : text);
    return refuse(self, FIELD_UNIT, "unknown_unit", "unit “%s” is not in units.csv%s", text, nearest);
}

/* A code and a name beside it that mean two units: one of them is wrong, and nobody but its sender knows which. */
static gboolean check_other_choices(Step *self, const char *text)
{
    const BoundField *field = &self->extract->fields[FIELD_UNIT];
    g_autoptr(GString) scratch = g_string_new(NULL);
    int column;
    guint term = 0;
    drop_next_text(self->header, self->row, field, &term, scratch, &column);
    while (term < field->n_terms) {
        const char *other = recipe_rename(self->header->recipe, FIELD_UNIT,
                                          drop_next_text(self->header, self->row, field, &term, scratch, &column));
        const char *unit = unit_of(self, other);
        if (unit && drop_units_differ(self->header, self->out->unit, unit))
            return refuse(self, FIELD_UNIT, "units_differ",
                          "“%s” is %s, and “%s” beside it %s; where one column is right, name it alone in the recipe", text,
                          wm_plan_unit(self->header->plan, self->out->unit)->name, other,
                          wm_plan_unit(self->header->plan, unit)->name);
    }
    return TRUE;
}

static gboolean read_unit(Step *self)
{
    const char *text = text_of(self, FIELD_UNIT);
    if (is_failed_formula(text))
        return refuse_formula(self, FIELD_UNIT, text);
    self->out->note = text_of(self, FIELD_NOTE);
    self->out->unit = unit_of(self, text);
    if (!self->out->unit)
        return refuse_unit(self, text);
    return self->extract->fields[FIELD_UNIT].n_terms < 2 || check_other_choices(self, text);
}

static gboolean read_cohort(Step *self)
{
    const char *text = text_of(self, FIELD_COHORT);
    if (is_failed_formula(text))
        return refuse_formula(self, FIELD_COHORT, text);
    g_autofree char *stripped = stripped_text(self, FIELD_COHORT, text);
    if (stripped) {
        GString *scratch = self->header->scratch[FIELD_COHORT];
        g_string_assign(scratch, stripped);
        text = scratch->str;
    }
    self->out->cohort = text;
    return TRUE;
}

static gboolean read_period(Step *self)
{
    const char *text = text_of(self, FIELD_PERIOD);
    return period_text_read_marked(text, &self->indicator->measure, &self->out->reading.period, &self->period_state) ||
           refuse(self, FIELD_PERIOD, "bad_period", "“%s” is no period%s", text, period_text_advice(text));
}

/* "12p" of money: pence, or provisional pounds? */
static gboolean could_be_pence(const Step *self, const char *text, const WmValueText *value)
{
    const size_t length = strlen(text);
    return self->indicator->measure.kind == WM_KIND_MONEY && isfinite(value->value) && length > 0 &&
           g_ascii_tolower(text[length - 1]) == 'p';
}

static gboolean check_unit(Step *self, Field field, const char *text, const WmValueText *value)
{
    const char *own = *self->indicator->measure_unit ? self->indicator->measure_unit : "plain numbers";
    if (field != FIELD_VALUE && !figure_is_own_count(self->indicator, value->unit))
        return refuse(self, field, "other_unit", "%s “%s” is in %s, and should be a count", field_name(field), text, value->unit);
    if (field == FIELD_VALUE && !figure_is_own_unit(self->indicator, value->unit))
        return refuse(self, field, "other_unit", "“%s” is in %s, the measure in %s", text, value->unit, own);
    return !could_be_pence(self, text, value) ||
           refuse(self, field, "other_unit", "“%s” may be pence, or provisional: write [p] for provisional", text);
}

static gboolean read_part(Step *self, Field field, const char *text, WmValueText *out)
{
    const Marker *marker = recipe_marker(self->header->recipe, text);
    if (marker && isnan(marker->value) && wm_reading_state_has_value(marker->state))
        return refuse(self, field, "state_without_value", "%s is “%s”, which is %s, and has no figure", field_name(field), text,
                      wm_reading_state_name(marker->state));
    if (marker) {
        *out = (WmValueText){.value = marker->value, .state = marker->state};
        return TRUE;
    }
    if (!*text) { /* as numerators and denominators mostly are */
        *out = (WmValueText){.value = NAN, .state = WM_MISSING};
        return TRUE;
    }
    const gboolean has_commas = self->header->recipe && self->header->recipe->dialect.has_decimal_commas;
    if (!figure_text_read(text, has_commas, out))
        return refuse(self, field, "bad_number", "%s “%s” is neither a figure nor a marker%s", field_name(field), text,
                      !has_commas && figure_text_has_decimal_comma(text)
                          ? "; where its comma is a decimal one, say decimal = comma under [file] of the recipe"
                          : "");
    return check_unit(self, field, text, out);
}

/* A sum lacks what one of its parts lacks; a suppressed part, which others could give away, stands before others. */
static void add_part(WmValueText *sum, const WmValueText *part)
{
    const gboolean has_sum = !isnan(sum->value), has_part = !isnan(part->value);
    if (has_sum == has_part ? sum->state == WM_FINAL || part->state == WM_SUPPRESSED : has_sum)
        sum->state = part->state;
    sum->value += part->value;
}

static gboolean read_number(Step *self, Field field, WmValueText *out)
{
    const char *text = text_of(self, field);
    if (self->extract->fields[field].n_terms < 2 || !strstr(text, SUM_SIGN))
        return read_part(self, field, text, out);
    g_auto(GStrv) parts = g_strsplit(text, SUM_SIGN, -1);
    for (guint i = 0; parts[i]; i++) {
        WmValueText part;
        if (!read_part(self, field, parts[i], &part))
            return FALSE;
        if (i == 0)
            *out = part;
        else
            add_part(out, &part);
    }
    return TRUE;
}

/* A percent that comes without its sign, among others that all lie between 0 and 1, was perhaps meant as a fraction. */
static void count_share(Step *self, const WmValueText *value)
{
    ShareCensus *census = &self->header->shares[self->indicator - self->header->plan->indicators];
    if (self->indicator->measure.kind != WM_KIND_PERCENT || isnan(value->value) || *value->unit || !isnan(self->extract->scale))
        return;
    census->n++;
    census->n_inside += value->value > 0 && value->value < 1;
    census->largest = MAX(census->largest, fabs(value->value));
}

static gboolean read_value(Step *self)
{
    WmValueText value;
    if (!read_number(self, FIELD_VALUE, &value))
        return FALSE;
    count_share(self, &value);
    if (!isnan(self->extract->scale) && strcmp(value.unit, "%") != 0) /* "48%" says its scale itself */
        value.value *= self->extract->scale;
    self->out->reading.value = value.value;
    self->out->reading.state = value.state;
    return TRUE;
}

/* What a ratio is multiplied by: as the recipe says, else a percent by 100. */
static double ratio_scale(const Step *self)
{
    if (!isnan(self->extract->scale))
        return self->extract->scale;
    return self->indicator->measure.kind == WM_KIND_PERCENT ? 100 : 1;
}

/* Numerator and denominator. Where there is no value of its own, theirs is the ratio, times 100 for a percent. */
static gboolean read_ratio(Step *self)
{
    WmReading *reading = &self->out->reading;
    WmValueText numerator, denominator;
    if (!read_number(self, FIELD_NUMERATOR, &numerator) || !read_number(self, FIELD_DENOMINATOR, &denominator))
        return FALSE;
    reading->numerator = numerator.value;
    reading->denominator = denominator.value;
    if (denominator.value < 0)
        return refuse(self, FIELD_DENOMINATOR, "outside_bounds", "denominator %s is negative", text_of(self, FIELD_DENOMINATOR));
    if (self->indicator->measure.kind == WM_KIND_PERCENT && numerator.value > denominator.value)
        return refuse(self, FIELD_NUMERATOR, "numerator_exceeds_denominator", "numerator %s exceeds denominator %s",
                      text_of(self, FIELD_NUMERATOR), text_of(self, FIELD_DENOMINATOR));
    if (!isnan(reading->value) || reading->state != WM_MISSING)
        return TRUE;

    if (!isnan(numerator.value) && denominator.value > 0) {
        reading->value = numerator.value / denominator.value * ratio_scale(self);
        reading->state = WM_FINAL;
    } else if (denominator.value == 0)
        reading->state = WM_NOT_APPLICABLE; /* nothing to be a share of */
    else if (numerator.state != WM_FINAL && numerator.state != WM_MISSING)
        reading->state = numerator.state;
    else if (denominator.state != WM_FINAL && denominator.state != WM_MISSING)
        reading->state = denominator.state;
    return TRUE;
}

/* The field that a value comes from: its own, or its counts'. */
static Field value_field(const Step *self)
{
    return *text_of(self, FIELD_VALUE) ? FIELD_VALUE : FIELD_NUMERATOR;
}

static const char *value_text(Step *self)
{
    const char *own = text_of(self, FIELD_VALUE);
    return *own ? own : number_text(self->out->reading.value, self->number);
}

static gboolean read_state(Step *self)
{
    WmReading *reading = &self->out->reading;
    const char *text = text_of(self, FIELD_STATE);
    if (!*text && reading->state == WM_FINAL)
        reading->state = self->period_state;
    if (!*text)
        return TRUE;
    const Marker *marker = recipe_marker(self->header->recipe, text);
    if (marker)
        reading->state = marker->state;
    else if (!wm_reading_state_parse(text, &reading->state))
        return refuse(self, FIELD_STATE, "unknown_state", "state “%s” is not known", text);
    if (!wm_reading_state_has_value(reading->state) && !isnan(reading->value))
        return refuse(self, FIELD_STATE, "state_with_value", "it is %s and yet has the value %s", text, value_text(self));
    if (wm_reading_state_has_value(reading->state) && isnan(reading->value))
        return refuse(self, FIELD_STATE, "state_without_value", "it is %s and has no value", text);
    return TRUE;
}

static gboolean check_bounds(Step *self)
{
    const WmMeasure *measure = &self->indicator->measure;
    const double value = self->out->reading.value;
    if (!isnan(measure->low) && value < measure->low)
        return refuse(self, value_field(self), "outside_bounds", "%s is below the lowest possible, %s", value_text(self),
                      NUMBER_TEXT(measure->low));
    if (!isnan(measure->high) && value > measure->high)
        return refuse(self, value_field(self), "outside_bounds", "%s is above the highest possible, %s", value_text(self),
                      NUMBER_TEXT(measure->high));
    return TRUE;
}

/* Where the reading's figure stands: of a wide row one of many. */
static int figure_column(const Step *self)
{
    int column;
    const Field field = value_field(self);
    drop_text(self->header, self->row, &self->extract->fields[field], self->header->scratch[field], &column);
    return column + 1;
}

gboolean drop_reading_read(DropHeader *header, const SheetRow *row, const Extract *extract, WmStoredReading *out,
                           RefusedReading *refused)
{
    static gboolean (*const STEPS[])(Step *) = {read_indicator, read_unit,  read_cohort, read_period,
                                                read_value,     read_ratio, read_state,  check_bounds};
    Step step = {.header = header, .row = row, .extract = extract, .out = out, .refused = refused};
    *out = (WmStoredReading){0};
    *refused = (RefusedReading){0};
    for (size_t i = 0; i < G_N_ELEMENTS(STEPS); i++)
        if (!STEPS[i](&step))
            return FALSE;
    out->line = row->line;
    out->column = header->is_wide ? figure_column(&step) : 0;
    return TRUE;
}
