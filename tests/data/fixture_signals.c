#include "data/fixture_signals.h"

#include <math.h>

const char *given_or(const char *text, const char *otherwise)
{
    return text ? text : otherwise;
}

static size_t count(const double *values)
{
    size_t n = 0;
    while (n < MOST_N && values[n] != END)
        n++;
    return n;
}

static char *drop_text(const Setup *setup, const double *values, size_t n)
{
    GString *text = g_string_new(DROP_HEADER);
    for (size_t i = 0; i < n; i++) {
        g_string_append_printf(text, "PCT,,,%zu-%02zu,", 2020 + i / 12, i % 12 + 1);
        if (isnan(values[i]))
            g_string_append(text, "[c],,,,\n");
        else if (setup->denominator > 0)
            g_string_append_printf(text, ",%g,%g,,\n", values[i] * setup->denominator / 100, setup->denominator);
        else
            g_string_append_printf(text, "%g,,,,\n", values[i]);
    }
    return g_string_free(text, FALSE);
}

Folder setup_folder(const Setup *setup, const double *values)
{
    const size_t n = count(values);
    g_autofree char *drop = drop_text(setup, values, n);
    const char *name = text_of("drops/%zu-%02zu-07/x.csv", 2020 + n / 12, n % 12 + 1);
    return PLAN_FOLDER(
        {"plan.ini", text_of("[plan]\ntitle = Signals\nstart = 2020-01-01\n[model]\n%s\n[policy]\n%s\n", given_or(setup->model, ""),
                             given_or(setup->policy, ""))},
        {"indicators.csv",
         text_of("indicator,title,kind,measure_unit,polarity,frequency,low,high,chart,establish,fix_after\nPCT,Plans on time,%s,%%,"
                 "higher,month,%s,%s\n",
                 given_or(setup->kind, "percent"), given_or(setup->bounds, "0,100"), given_or(setup->chart, ",,"))},
        {"baselines.csv", text_of("indicator,value,as_at\n%s", given_or(setup->baseline, ""))},
        {"targets.csv", text_of("indicator,due,target\n%s", given_or(setup->targets, ""))},
        {"events.csv", text_of("indicator,period,kind,title\n%s", given_or(setup->events, ""))}, {name, text_of("%s", drop)});
}

Loaded setup_month(const Setup *setup, const double *values)
{
    g_auto(Folder) folder = setup_folder(setup, values);
    return month_load(&folder, NULL);
}

const WmSeries *only(const Loaded *loaded)
{
    return series_of(loaded->month, "PCT", "", "");
}
