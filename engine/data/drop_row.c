/* One row of a drop. drop_row_read says the steps; each step fills part of the reading, or refuses the row with its reason. */
#include "engine/data/drop_row.h"

#include <math.h>
#include <string.h>
#include <waymark/value.h>

#include "engine/data/number_text.h"

typedef struct {
    const DropHeader *header;
    const CsvRow *row;
    const WmIndicator *indicator;
    WmStoredReading *out;
    Refusal *why;
    char number[G_ASCII_DTOSTR_BUF_SIZE];
} Step;

#define MESSAGE_CHARACTERS 300 /* a field may hold a book; its beginning says which it is */

static char *shorten(char *text)
{
    if (g_utf8_strlen(text, -1) <= MESSAGE_CHARACTERS)
        return text;
    g_autofree char *whole = text;
    g_autofree char *beginning = g_utf8_substring(whole, 0, MESSAGE_CHARACTERS);
    return g_strconcat(beginning, "…", NULL);
}

static gboolean refuse(Step *self, Field field, const char *code, const char *format, ...) G_GNUC_PRINTF(4, 5);

static gboolean refuse(Step *self, Field field, const char *code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    self->why->message = shorten(g_strdup_vprintf(format, arguments));
    va_end(arguments);
    self->why->code = code;
    self->why->column = field < N_FIELDS ? self->header->column_of[field] + 1 : 0;
    return FALSE;
}

/* A field's text, renamed as the recipe says; "" when the file has no such column. */
static const char *text_of(const Step *self, Field field)
{
    const int column = self->header->column_of[field];
    const char *text = column >= 0 && (size_t)column < self->row->n_fields ? self->row->fields[column] : "";
    return recipe_rename(self->header->recipe, field, text);
}

static gboolean read_shape(Step *self)
{
    if (self->row->has_nul)
        return refuse(self, N_FIELDS, "nul_byte", "the row holds a NUL byte");
    if (self->row->n_fields > self->header->n_columns)
        return refuse(self, N_FIELDS, "extra_field", "the row has %zu fields, the header %zu", self->row->n_fields,
                      self->header->n_columns);
    return TRUE;
}

static gboolean read_indicator(Step *self)
{
    const char *text = text_of(self, FIELD_INDICATOR);
    self->indicator = wm_plan_indicator(self->header->plan, text);
    if (!self->indicator)
        return refuse(self, FIELD_INDICATOR, "unknown_indicator", "indicator “%s” is not in indicators.csv", text);
    self->out->indicator = self->indicator->indicator;
    return TRUE;
}

static gboolean read_unit(Step *self)
{
    const WmPlan *plan = self->header->plan;
    const char *text = text_of(self, FIELD_UNIT);
    self->out->cohort = text_of(self, FIELD_COHORT);
    self->out->note = text_of(self, FIELD_NOTE);
    self->out->unit = "";
    if (!*text || strcmp(text, plan->settings.area) == 0)
        return TRUE;
    const WmUnit *unit = wm_plan_unit(plan, text);
    if (!unit)
        return refuse(self, FIELD_UNIT, "unknown_unit", "unit “%s” is not in units.csv", text);
    self->out->unit = unit->unit;
    return TRUE;
}

/* One period, however it is written, is one key: 30/09/2026 of a monthly measure is September, Q2 2021 of a quarterly one Q1
 * 2021/22. */
static WmPeriod in_own_terms(const WmMeasure *measure, WmPeriod period)
{
    const WmPeriodKind own = wm_frequency_period_kind(measure->frequency);
    if (own == WM_PERIOD_DAY)
        return period;
    if (period.kind == WM_PERIOD_DAY)
        period = wm_period_containing(WM_PERIOD_MONTH, period.start);
    const WmPeriod same = wm_period_containing(own, wm_period_end(period));
    return wm_period_compare(same, period) == 0 ? same : period;
}

static gboolean read_period(Step *self)
{
    const char *text = text_of(self, FIELD_PERIOD);
    const gboolean is_academic = self->indicator->measure.frequency == WM_FREQUENCY_ACADEMIC_YEAR;
    if (!wm_period_parse(text, is_academic ? WM_PERIOD_ACADEMIC_YEAR : WM_PERIOD_FINANCIAL_YEAR, &self->out->reading.period))
        return refuse(self, FIELD_PERIOD, "bad_period", "“%s” is no period", text);
    self->out->reading.period = in_own_terms(&self->indicator->measure, self->out->reading.period);
    return TRUE;
}

/* A figure's own unit must be the measure's: "12 months" is not 12 weeks. */
static gboolean is_own_unit(const WmIndicator *indicator, const char *unit)
{
    const size_t length = strlen(unit);
    const char *own = indicator->measure_unit;
    if (length == 0 || g_ascii_strcasecmp(unit, own) == 0)
        return TRUE;
    /* "1 week" of a measure in weeks, "41 percent" of one in % */
    return g_ascii_strncasecmp(unit, own, MAX(length, 1)) == 0 || (strcmp(own, "%") == 0 && g_str_has_prefix(unit, "percent")) ||
           (length > 1 && g_str_has_suffix(unit, "s") && g_ascii_strncasecmp(unit, own, length - 1) == 0);
}

static gboolean read_number(Step *self, Field field, WmValueText *out)
{
    const char *text = text_of(self, field);
    WmReadingState state;
    if (recipe_marker(self->header->recipe, text, &state)) {
        *out = (WmValueText){.value = NAN, .state = state};
        return TRUE;
    }
    if (!wm_value_parse(text, out))
        return refuse(self, field, "bad_number", "%s “%s” is neither a figure nor a marker", field_name(field), text);
    return TRUE;
}

static gboolean read_value(Step *self)
{
    WmValueText value;
    if (!read_number(self, FIELD_VALUE, &value))
        return FALSE;
    if (!is_own_unit(self->indicator, value.unit))
        return refuse(self, FIELD_VALUE, "other_unit", "“%s” is in %s, the measure in %s", text_of(self, FIELD_VALUE), value.unit,
                      *self->indicator->measure_unit ? self->indicator->measure_unit : "plain numbers");
    self->out->reading.value = value.value;
    self->out->reading.state = value.state;
    return TRUE;
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
    const gboolean is_share = self->indicator->measure.kind == WM_KIND_PERCENT;
    if (is_share && numerator.value > denominator.value)
        return refuse(self, FIELD_NUMERATOR, "numerator_exceeds_denominator", "numerator %s exceeds denominator %s",
                      text_of(self, FIELD_NUMERATOR), text_of(self, FIELD_DENOMINATOR));
    if (!isnan(reading->value) || reading->state != WM_MISSING)
        return TRUE;

    if (!isnan(numerator.value) && denominator.value > 0) {
        reading->value = numerator.value / denominator.value * (is_share ? 100 : 1);
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
    if (!*text)
        return TRUE;
    if (!recipe_marker(self->header->recipe, text, &reading->state) && !wm_reading_state_parse(text, &reading->state))
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
        return refuse(self, value_field(self), "outside_bounds", "%s is below the lowest possible, %g", value_text(self),
                      measure->low);
    if (!isnan(measure->high) && value > measure->high)
        return refuse(self, value_field(self), "outside_bounds", "%s is above the highest possible, %g", value_text(self),
                      measure->high);
    return TRUE;
}

gboolean drop_row_read(const DropHeader *self, const CsvRow *row, WmStoredReading *out, Refusal *why)
{
    static gboolean (*const STEPS[])(Step *) = {read_shape, read_indicator, read_unit,  read_period,
                                                read_value, read_ratio,     read_state, check_bounds};
    Step step = {.header = self, .row = row, .out = out, .why = why};
    *why = (Refusal){0};
    for (size_t i = 0; i < G_N_ELEMENTS(STEPS); i++)
        if (!STEPS[i](&step))
            return FALSE;
    return TRUE;
}

static int find_field(const CsvRow *row, const char *name, size_t from)
{
    for (size_t i = from; i < row->n_fields; i++)
        if (g_ascii_strcasecmp(row->fields[i], name) == 0)
            return (int)i;
    return -1;
}

/* Two columns of one name: nobody can know which is meant. */
static gboolean has_repeated_column(const DropHeader *self, const CsvRow *row, const char *file, GError **error)
{
    for (int i = 0; i < N_FIELDS; i++) {
        const char *name = recipe_column(self->recipe, (Field)i);
        const int second = self->column_of[i] < 0 ? -1 : find_field(row, name, (size_t)self->column_of[i] + 1);
        if (second < 0)
            continue;
        wm_error_set(error, WM_ERROR_INPUT,
                     &(WmErrorPlace){.file = file, .line = row->line, .column = second + 1, .advice = "keep one of them"},
                     "column %s stands twice", name);
        return TRUE;
    }
    return FALSE;
}

gboolean drop_header_read(DropHeader *self, const CsvRow *row, const char *file, GError **error)
{
    self->n_columns = row->n_fields;
    for (int i = 0; i < N_FIELDS; i++) {
        const Field field = (Field)i;
        const char *name = recipe_column(self->recipe, field);
        self->column_of[i] = find_field(row, name, 0);
        const gboolean is_needed = field == FIELD_INDICATOR || field == FIELD_PERIOD || recipe_names(self->recipe, field);
        if (self->column_of[i] < 0 && is_needed) {
            wm_error_set(error, WM_ERROR_INPUT,
                         &(WmErrorPlace){.file = file,
                                         .line = row->line,
                                         .advice = "name the file's own columns in a recipe (recipes/NAME.ini)"},
                         "there is no column %s", name);
            return FALSE;
        }
    }
    if (has_repeated_column(self, row, file, error))
        return FALSE;
    if (self->column_of[FIELD_VALUE] < 0 && (self->column_of[FIELD_NUMERATOR] < 0 || self->column_of[FIELD_DENOMINATOR] < 0)) {
        wm_error_set(error, WM_ERROR_INPUT,
                     &(WmErrorPlace){.file = file, .line = row->line, .advice = "name it in a recipe (recipes/NAME.ini)"},
                     "there is no column value, nor numerator and denominator");
        return FALSE;
    }
    return TRUE;
}
