/* One row of a drop. drop_row_read says the steps; each step fills part of a reading, or refuses it with its reason. */
#include "engine/data/drop_row.h"

#include <math.h>
#include <string.h>
#include <waymark/value.h>

#include "engine/data/failed_formula.h"
#include "engine/data/number_text.h"
#include "engine/data/period_text.h"

#define MAX_SAMPLES        8   /* of a filtered column's texts */
#define MESSAGE_CHARACTERS 300 /* a field may hold a book; its beginning says which it is */

typedef struct {
    DropHeader *header;
    const SheetRow *row;
    const Extract *extract;
    const WmIndicator *indicator;
    WmStoredReading *out;

    Refusal why;
    char *message;           /* new; why's */
    gboolean is_row_refused; /* what is wrong is wrong with every reading of the row */
    gboolean is_skipped;     /* of a unit that the recipe leaves out */
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

/* ---- texts ---- */

static const char *field_of_row(const SheetRow *row, int column)
{
    return column >= 0 && (size_t)column < row->n_fields ? row->fields[column] : "";
}

static gboolean is_blank_character(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Quoted cells keep their blanks (" - "); a text without any at its end needs no copy. */
static const char *trim(const char *text, GString *scratch)
{
    while (is_blank_character(*text))
        text++;
    size_t length = strlen(text);
    if (length == 0 || !is_blank_character(text[length - 1]))
        return text;
    while (length > 0 && is_blank_character(text[length - 1]))
        length--;
    g_string_truncate(scratch, 0);
    g_string_append_len(scratch, text, (gssize)length);
    return scratch->str;
}

static const char *term_text(const SheetRow *row, const BoundTerm *term)
{
    return term->column < 0 ? term->constant : field_of_row(row, term->column);
}

/* The end of the choice that begins at term i: the terms joined to it belong to it. */
static guint choice_end(const BoundField *field, guint i)
{
    for (i++; i < field->n_terms && field->terms[i].is_joined;)
        i++;
    return i;
}

static const char *choice_text(const SheetRow *row, const BoundField *field, guint from, guint end, GString *scratch)
{
    if (end == from + 1)
        return trim(term_text(row, &field->terms[from]), scratch);
    g_string_truncate(scratch, 0);
    for (guint i = from; i < end; i++) {
        g_autofree char *part = g_strstrip(g_strdup(term_text(row, &field->terms[i])));
        if (scratch->len && *part)
            g_string_append_c(scratch, ' ');
        g_string_append(scratch, part);
    }
    return scratch->str;
}

/* An empty cell, or one that holds a marker: the next choice is asked. */
static gboolean says_nothing(const WmRecipe *recipe, const char *text)
{
    WmValueText value;
    return !*text || recipe_marker(recipe, text) || (wm_value_parse(text, &value) && isnan(value.value));
}

/* The field's text, and in *column where it stands. */
static const char *raw_text(const DropHeader *header, const SheetRow *row, const BoundField *field, GString *scratch, int *column)
{
    const char *text = "";
    *column = -1;
    for (guint i = 0, end; i < field->n_terms; i = end) {
        end = choice_end(field, i);
        text = choice_text(row, field, i, end, scratch);
        *column = field->terms[i].column;
        if (end == field->n_terms || !says_nothing(header->recipe, text))
            break;
    }
    return text;
}

/* A field's text, renamed as the recipe says; "" when the file has no such column. */
static const char *text_of(const Step *self, Field field)
{
    int column;
    const BoundField *bound = &self->extract->fields[field];
    if (field == FIELD_NOTE && bound->n_terms == 1) /* its blanks are its own */
        return term_text(self->row, &bound->terms[0]);
    return recipe_rename(self->header->recipe, field,
                         raw_text(self->header, self->row, bound, self->header->scratch[field], &column));
}

static gboolean refuse(Step *self, Field field, const char *code, const char *format, ...) G_GNUC_PRINTF(4, 5);

static gboolean refuse(Step *self, Field field, const char *code, const char *format, ...)
{
    int column = -1;
    va_list arguments;
    va_start(arguments, format);
    g_free(self->message);
    self->message = shorten(g_strdup_vprintf(format, arguments));
    va_end(arguments);
    if (field < N_FIELDS) {
        const BoundField *bound = &self->extract->fields[field];
        g_autoptr(GString) scratch = g_string_new(NULL);
        raw_text(self->header, self->row, bound, scratch, &column);
        self->is_row_refused = bound->is_shared;
    } else
        self->is_row_refused = TRUE;
    self->why = (Refusal){column + 1, code, self->message};
    return FALSE;
}

/* ---- the steps ---- */

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

const WmUnit *drop_row_unit(const DropHeader *header, const char *text)
{
    const WmUnit *unit = wm_plan_unit(header->plan, text);
    if (unit || !header->recipe)
        return unit;
    g_autofree char *folded = g_utf8_casefold(text, -1);
    return g_hash_table_lookup(header->unit_names, folded);
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

/* "" for the plan's own area; NULL for none. Borrowed from the plan. */
static const char *unit_id(const DropHeader *header, const char *text)
{
    if (!*text || strcmp(text, header->plan->settings.area) == 0)
        return "";
    const WmUnit *unit = drop_row_unit(header, text);
    return unit ? unit->unit : NULL;
}

/* Any text is a cohort, and a recipe may leave out units that the plan has not: a formula's failure must be told from both. */
static gboolean refuse_formula(Step *self, Field field, const char *text)
{
    return refuse(self, field, "failed_formula", "%s “%s” is a formula that failed", field_name(field), text);
}

/* What stands with its marks is looked up first: a code may end in a digit. */
static gboolean read_unit(Step *self)
{
    const DropHeader *header = self->header;
    const char *text = text_of(self, FIELD_UNIT);
    if (is_failed_formula(text))
        return refuse_formula(self, FIELD_UNIT, text);
    self->out->note = text_of(self, FIELD_NOTE);
    self->out->unit = unit_id(header, text);
    g_autofree char *stripped = self->out->unit ? NULL : stripped_text(self, FIELD_UNIT, text);
    if (stripped)
        self->out->unit = unit_id(header, stripped);
    if (self->out->unit)
        return TRUE;
    self->is_skipped = header->recipe && header->recipe->skips_unknown_units;
    return refuse(self, FIELD_UNIT, "unknown_unit", "unit “%s” is not in units.csv", text);
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
    return period_text_read(text, &self->indicator->measure, &self->out->reading.period) ||
           refuse(self, FIELD_PERIOD, "bad_period", "“%s” is no period", text);
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
    const Marker *marker = recipe_marker(self->header->recipe, text);
    if (marker && isnan(marker->value) && wm_reading_state_has_value(marker->state))
        return refuse(self, field, "state_without_value", "%s is “%s”, which is %s, and has no figure", field_name(field), text,
                      wm_reading_state_name(marker->state));
    if (marker) {
        *out = (WmValueText){.value = marker->value, .state = marker->state};
        return TRUE;
    }
    if (!wm_value_parse(text, out))
        return refuse(self, field, "bad_number", "%s “%s” is neither a figure nor a marker", field_name(field), text);
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
    if (!is_own_unit(self->indicator, value.unit))
        return refuse(self, FIELD_VALUE, "other_unit", "“%s” is in %s, the measure in %s", text_of(self, FIELD_VALUE), value.unit,
                      *self->indicator->measure_unit ? self->indicator->measure_unit : "plain numbers");
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
        return refuse(self, value_field(self), "outside_bounds", "%s is below the lowest possible, %g", value_text(self),
                      measure->low);
    if (!isnan(measure->high) && value > measure->high)
        return refuse(self, value_field(self), "outside_bounds", "%s is above the highest possible, %g", value_text(self),
                      measure->high);
    return TRUE;
}

static gboolean read_reading(Step *self)
{
    static gboolean (*const STEPS[])(Step *) = {read_indicator, read_unit,  read_cohort, read_period,
                                                read_value,     read_ratio, read_state,  check_bounds};
    for (size_t i = 0; i < G_N_ELEMENTS(STEPS); i++)
        if (!STEPS[i](self))
            return FALSE;
    return TRUE;
}

/* ---- rows ---- */

static void keep_sample(BoundFilter *self, const char *text)
{
    for (guint i = 0; i < self->samples->len; i++)
        if (strcmp(g_ptr_array_index(self->samples, i), text) == 0)
            return;
    if (self->samples->len < MAX_SAMPLES)
        g_ptr_array_add(self->samples, g_strdup(text));
}

static gboolean fits_filter(const Filter *filter, const char *text)
{
    for (guint i = 0; i < filter->literals->len; i++)
        if (g_ascii_strcasecmp(g_ptr_array_index(filter->literals, i), text) == 0)
            return TRUE;
    for (guint i = 0; i < filter->alternatives->len; i++)
        if (pattern_fits(g_ptr_array_index(filter->alternatives, i), text))
            return TRUE;
    return FALSE;
}

static gboolean passes(const DropHeader *header, const SheetRow *row, const GPtrArray *filters)
{
    for (guint i = 0; filters && i < filters->len; i++) {
        int column;
        BoundFilter *bound = g_ptr_array_index(filters, i);
        const char *text = raw_text(header, row, &bound->column, header->scratch[FIELD_STATE], &column);
        if (fits_filter(bound->filter, text) == bound->filter->is_negated) {
            if (bound->n_passed == 0)
                keep_sample(bound, text);
            return FALSE;
        }
        bound->n_passed++;
    }
    return TRUE;
}

static gboolean has_figure(const DropHeader *header, const SheetRow *row, const Extract *extract)
{
    static const Field FIGURES[] = {FIELD_VALUE, FIELD_NUMERATOR, FIELD_DENOMINATOR};
    for (size_t i = 0; i < G_N_ELEMENTS(FIGURES); i++) {
        int column;
        if (*raw_text(header, row, &extract->fields[FIGURES[i]], header->scratch[FIGURES[i]], &column))
            return TRUE;
    }
    return FALSE;
}

/* A banner or a section's line: no figure in a wide file; a lone text in a long one. */
static gboolean is_without_figures(const DropHeader *header, const SheetRow *row)
{
    if (!header->recipe)
        return FALSE;
    if (header->is_wide) {
        for (guint i = 0; i < header->extracts->len; i++)
            if (has_figure(header, row, &g_array_index(header->extracts, Extract, i)))
                return FALSE;
        return TRUE;
    }
    size_t n_texts = 0;
    for (size_t i = 0; i < row->n_fields; i++)
        n_texts += *row->fields[i] != 0;
    return n_texts <= 1 && header->n_columns > 1;
}

/* A spreadsheet's rows may be wider than its table by empty cells; a file of our own may not. */
static gboolean has_extra_text(const DropHeader *header, const SheetRow *row)
{
    if (!header->recipe)
        return row->n_fields > header->n_columns;
    for (size_t i = header->n_columns; i < row->n_fields; i++)
        if (*row->fields[i])
            return TRUE;
    return FALSE;
}

/* What is wrong with a row before any of its fields is looked at. */
static gboolean read_shape(Step *self)
{
    if (self->row->has_nul)
        return refuse(self, N_FIELDS, "nul_byte", "the row holds a NUL byte");
    if (has_extra_text(self->header, self->row))
        return refuse(self, N_FIELDS, "extra_field", "the row has %zu fields, the header %zu", self->row->n_fields,
                      self->header->n_columns);
    return TRUE;
}

/* Says in *goes_on whether the row's other readings are worth a look. */
static gboolean read_extract(Step *self, const DropSink *sink, gboolean *goes_on, GError **error)
{
    *self->out = (WmStoredReading){0};
    self->is_skipped = FALSE;
    const gboolean is_read = read_reading(self);
    g_autofree char *message = g_steal_pointer(&self->message);
    self->why.message = message;
    *goes_on = is_read || !self->is_row_refused;
    if (is_read)
        return sink->reading(self->out, self->row, sink->data, error);
    if (self->is_skipped) {
        self->header->counts.n_unknown_units++;
        return TRUE;
    }
    return sink->refusal(&self->why, self->row, sink->data, error);
}

gboolean drop_row_read(DropHeader *self, const SheetRow *row, const DropSink *sink, GError **error)
{
    WmStoredReading reading = {0};
    Step step = {.header = self, .row = row, .out = &reading};
    self->counts.n_rows++;
    if (!read_shape(&step)) {
        g_autofree char *message = step.message;
        step.why.message = message;
        return sink->refusal(&step.why, row, sink->data, error);
    }
    if (!passes(self, row, self->filters)) {
        self->counts.n_filtered++;
        return TRUE;
    }
    if (is_without_figures(self, row)) {
        self->counts.n_without++;
        return TRUE;
    }
    gboolean goes_on = TRUE, is_taken = FALSE;
    for (guint i = 0; goes_on && i < self->extracts->len; i++) {
        step.extract = &g_array_index(self->extracts, Extract, i);
        if (!passes(self, row, step.extract->filters) || (self->is_wide && !has_figure(self, row, step.extract)))
            continue;
        is_taken = TRUE;
        if (!read_extract(&step, sink, &goes_on, error))
            return FALSE;
    }
    self->counts.n_filtered += !is_taken;
    return TRUE;
}
