#include "core/fixture_readings.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fixture_cases.h"

static const char LETTERS[WM_N_READING_STATES + 1] = "fprczxlm";

static WmDerivedReading read_token(const char *token, WmPeriod period, double scale)
{
    WmDerivedReading out = {{period, NAN, NAN, NAN, WM_FINAL}, false};
    const char *letter = strchr(LETTERS, *token);
    if (letter) {
        out.reading.state = (WmReadingState)(letter - LETTERS);
        token++;
    }
    out.is_partial = *token == '*';
    token += *token == '*';
    if (!*token)
        return out;
    char *rest;
    out.reading.value = strtod(token, &rest);
    if (*rest == '/') {
        out.reading.numerator = out.reading.value;
        out.reading.denominator = strtod(rest + 1, &rest);
        out.reading.value = scale * out.reading.numerator / out.reading.denominator;
    }
    assert_int_equal(*rest, 0);
    return out;
}

TextSeries text_series(const char *text, WmPeriod first, double scale)
{
    TextSeries self = {.scale = scale};
    char copy[SERIES_TEXT], *rest = NULL;
    assert_true(strlen(text) < sizeof copy);
    strcpy(copy, text);
    int step = 0;
    for (char *token = strtok_r(copy, " ", &rest); token; token = strtok_r(NULL, " ", &rest), step++)
        if (strcmp(token, "-") != 0) {
            assert_true(self.n < MAX_TEXT_READINGS);
            self.items[self.n++] = read_token(token, wm_period_step(first, step), scale);
        }
    return self;
}

WmFormulaSeries text_series_of(const TextSeries *self)
{
    return (WmFormulaSeries){self->items, self->n, self->scale};
}

static void append(char *text, const char *piece)
{
    assert_true(strlen(text) + strlen(piece) + 2 < SERIES_TEXT);
    if (*text)
        strcat(text, " ");
    strcat(text, piece);
}

static void write_token(const WmDerivedReading *one, char piece[64])
{
    const WmReading *reading = &one->reading;
    char state[3] = "";
    if (reading->state != WM_FINAL || one->is_partial)
        snprintf(state, sizeof state, "%c%s", LETTERS[reading->state], one->is_partial ? "*" : "");
    if (isnan(reading->value))
        snprintf(piece, 64, "%s", state);
    else if (!isnan(reading->denominator))
        snprintf(piece, 64, "%s%.4g=%.4g/%.4g", state, reading->value, reading->numerator, reading->denominator);
    else
        snprintf(piece, 64, "%s%.4g", state, reading->value);
}

const char *series_text(const WmDerivedReading *readings, size_t n, char text[SERIES_TEXT])
{
    text[0] = 0;
    for (size_t i = 0; i < n; i++) {
        char piece[64];
        const int n_skipped = i ? wm_period_steps_between(readings[i - 1].reading.period, readings[i].reading.period) - 1 : 0;
        for (int k = 0; k < n_skipped; k++)
            append(text, "-");
        write_token(&readings[i], piece);
        append(text, piece);
    }
    return text;
}
