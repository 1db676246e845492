/* A nation's plan with realistic drops, of any size, always the same: what the batch is measured on.
 *
 *     generate_national OUT [areas] [months] [months in the first drop]
 *
 * Sixty indicators of every area by the month, in six wide files a drop, as the Department for Education publishes: a row an area
 * and month, a column a figure, markers for what is not told. Small areas have small denominators. There are seasons and school
 * terms, levels that wander, shifts, services that improve towards their targets and others that do not; later drops revise the two
 * months before theirs, some areas deliver late, and some never measure some indicator. Everything follows from the area, the
 * indicator and the month, by hashes and not by a generator that runs on: any part can be made without the others.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/national_figures.h"
#include "bench/national_text.h"

enum { N_FILES = 6, N_A_FILE = 10, N_INDICATORS = N_FILES * N_A_FILE, FIRST_YEAR = 2019, MAX_MONTHS = 1200 };
enum { REVISED_MONTHS = 2, MARKED_IN_10000 = 60, EMPTY_IN_10000 = 80, LATE_IN_10000 = 150, REVISED_IN_10000 = 600 };

static const struct {
    const char *kind, *measure_unit;
    int decimals;
} KINDS[N_KINDS] = {[PERCENT] = {"percent", "%", 1},
                    [COUNT] = {"count", "pupils", 0},
                    [WEEKS] = {"duration", "weeks", 1},
                    [RATE] = {"rate", "per 1000", 1}};

/* ---- readings ---- */

typedef struct {
    int area, i, month, drop;
    double size, level;
} Cell;

/* What stands in a cell in place of a figure; NULL: a figure. */
static const char *marker_of(const Cell *self)
{
    const uint64_t h = hash(OF_MARK, (uint64_t)self->area, (uint64_t)self->i, (uint64_t)self->month);
    if (chance(hash(OF_MARK, (uint64_t)self->area, (uint64_t)self->i, UINT64_MAX), 100)) /* never measured here */
        return "z";
    if (chance(h, MARKED_IN_10000))
        return h >> 32 & 1 ? "c" : "x";
    return chance(h >> 16, EMPTY_IN_10000) ? "" : NULL;
}

/* A later drop knows a little more about the months before its own. */
static double revision_of(const Cell *self)
{
    const uint64_t h = hash(OF_REVISION, (uint64_t)self->area, (uint64_t)self->i, (uint64_t)(self->month * 8 + self->drop));
    return self->drop && chance(h, REVISED_IN_10000) ? 1 + 0.04 * normal(h >> 3) : 1;
}

static void put_cell(Writer *out, const Indicator *indicator, const Cell *cell)
{
    const char *marker = marker_of(cell);
    const double noise = normal(hash(OF_NOISE, (uint64_t)cell->area, (uint64_t)cell->i, (uint64_t)cell->month));
    const double revision = revision_of(cell);
    put(out, ",", 1);
    if (marker) {
        put_text(out, marker);
        if (indicator->kind == PERCENT) {
            put(out, ",", 1);
            put_text(out, marker);
        }
    } else if (indicator->kind == PERCENT) {
        const double p = 1 / (1 + exp(-cell->level)), n = 1 + floor(indicator->size * cell->size);
        const double x = floor(n * p * revision + sqrt(n * p * (1 - p)) * noise + 0.5);
        put_whole(out, (long)(x < 0 ? 0 : x > n ? n : x));
        put(out, ",", 1);
        put_whole(out, (long)n);
    } else {
        const double mean = exp(cell->level) * (indicator->kind == COUNT ? cell->size : 1) * revision;
        const double sd = indicator->kind == COUNT ? sqrt(mean) : mean * 0.06;
        const double x = mean + sd * noise;
        if (indicator->kind == COUNT)
            put_whole(out, x < 0 ? 0 : lround(x));
        else
            put_tenths(out, x < 0 ? 0 : x);
    }
}

typedef struct {
    int n_areas, n_months, n_first; /* months in the first drop */
    const char *out;
} Nation;

static int n_drops(const Nation *self)
{
    return 1 + self->n_months - self->n_first;
}

static int is_late(int area, int month)
{
    return chance(hash(OF_LATE, (uint64_t)area, (uint64_t)month, 0), LATE_IN_10000);
}

/* Which months of an area a drop holds: the first all of its own; each later one a month more, and again those before it. */
static int holds(const Nation *self, int drop, int area, int month)
{
    const int newest = self->n_first - 1 + drop;
    const int is_current = month > newest - 1 - REVISED_MONTHS && month <= newest;
    if (month == newest && drop > 0)
        return !is_late(area, month);
    return drop == 0 ? month <= newest : is_current;
}

static void put_row(Writer *out, const Indicator *indicators, int i_file, const double (*levels)[MAX_MONTHS], int area, int month,
                    int drop)
{
    char head[160];
    const int n = snprintf(head, sizeof head, "%d-%02d,Month,Local authority,E92000001,England,R%d,Region %d,E%08d,%d,Area %d",
                           FIRST_YEAR + month / 12, month % 12 + 1, area % 9 + 1, area % 9 + 1, area + 1, 200 + area, area + 1);
    put(out, head, (size_t)n);
    const double size = size_of(area);
    for (int k = 0; k < N_A_FILE; k++) {
        const Cell cell = {area, i_file * N_A_FILE + k, month, drop, size, levels[k][month]};
        put_cell(out, &indicators[cell.i], &cell);
    }
    put(out, "\n", 1);
}

static void put_header(Writer *out, const Indicator *indicators, int i_file)
{
    char name[40];
    put_text(
        out,
        "\xEF\xBB\xBFtime_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,new_la_code,"
        "old_la_code,la_name");
    for (int k = 0; k < N_A_FILE; k++) {
        const int i = i_file * N_A_FILE + k;
        if (indicators[i].kind == PERCENT)
            snprintf(name, sizeof name, ",i%02d_number,i%02d_all", i + 1, i + 1);
        else
            snprintf(name, sizeof name, ",i%02d_value", i + 1);
        put_text(out, name);
    }
    put(out, "\n", 1);
}

static void write_drop_file(const Nation *self, const Indicator *indicators, const char *folder, int i_file, int drop, Writer *out)
{
    static double levels[N_A_FILE][MAX_MONTHS];
    char name[40];
    snprintf(name, sizeof name, "theme_%d.csv", i_file + 1);
    out->file = open_file(folder, name);
    out->n = 0;
    put_header(out, indicators, i_file);
    for (int area = 0; area < self->n_areas; area++) {
        for (int k = 0; k < N_A_FILE; k++)
            make_levels(&indicators[i_file * N_A_FILE + k], i_file * N_A_FILE + k, area, self->n_months, levels[k]);
        for (int month = 0; month < self->n_months; month++)
            if (holds(self, drop, area, month))
                put_row(out, indicators, i_file, (const double(*)[MAX_MONTHS])levels, area, month, drop);
    }
    finish(out, folder);
}

static void write_drops(const Nation *self, const Indicator *indicators)
{
    char folder[MAX_PATH];
    Writer *out = malloc(sizeof *out);
    if (!out)
        fail("memory");
    snprintf(folder, sizeof folder, "%s/drops", self->out);
    make_folder(folder);
    for (int drop = 0; drop < n_drops(self); drop++) {
        const int month = self->n_first + drop; /* received in the month after its newest */
        snprintf(folder, sizeof folder, "%s/drops/%d-%02d", self->out, FIRST_YEAR + month / 12, month % 12 + 1);
        make_folder(folder);
        for (int i_file = 0; i_file < N_FILES; i_file++)
            write_drop_file(self, indicators, folder, i_file, drop, out);
    }
    free(out);
}

/* ---- the plan ---- */

static double natural(const Indicator *indicator, double level)
{
    return indicator->kind == PERCENT ? 100 / (1 + exp(-level)) : exp(level);
}

static void write_units(const Nation *self)
{
    FILE *file = open_file(self->out, "units.csv");
    fputs("unit,name,parent,type,code\n", file);
    for (int r = 1; r <= 9; r++)
        fprintf(file, "R%d,Region %d,,region,\n", r, r);
    for (int a = 0; a < self->n_areas; a++)
        fprintf(file, "E%08d,Area %d,R%d,local authority,%d\n", a + 1, a + 1, a % 9 + 1, 200 + a);
    fclose(file);
}

static void write_indicators(const Nation *self, const Indicator *indicators)
{
    FILE *file = open_file(self->out, "indicators.csv");
    fputs("indicator,title,theme,kind,measure_unit,polarity,frequency,low,high,decimals,owner_role\n", file);
    for (int i = 0; i < N_INDICATORS; i++)
        fprintf(file, "I%02d,Measure %d of theme %d,T%d,%s,%s,%s,month,0,%s,%d,Head of theme %d\n", i + 1, i % N_A_FILE + 1,
                i / N_A_FILE + 1, i / N_A_FILE + 1, KINDS[indicators[i].kind].kind, KINDS[indicators[i].kind].measure_unit,
                indicators[i].is_higher ? "higher" : "lower", indicators[i].kind == PERCENT ? "100" : "",
                KINDS[indicators[i].kind].decimals, i / N_A_FILE + 1);
    fclose(file);
    file = open_file(self->out, "themes.csv");
    fputs("theme,title,parent,owner_role\n", file);
    for (int t = 1; t <= N_FILES; t++)
        fprintf(file, "T%d,Theme %d,,Head of theme %d\n", t, t, t);
    fclose(file);
}

/* Each area's own: from where it stood two years before the end, a little better each year. */
static void write_targets(const Nation *self, const Indicator *indicators)
{
    static double levels[MAX_MONTHS];
    const int from = self->n_months > 24 ? self->n_months - 24 : 0;
    FILE *targets = open_file(self->out, "targets.csv"), *baselines = open_file(self->out, "baselines.csv");
    fputs("indicator,unit,due,target\n", targets);
    fputs("indicator,unit,value,qualifier,as_at\n", baselines);
    for (int i = 0; i < N_INDICATORS; i++)
        for (int a = 0; a < self->n_areas; a++) {
            const Indicator *one = &indicators[i];
            make_levels(one, i, a, self->n_months, levels);
            const double size = one->kind == COUNT ? size_of(a) : 1, better = one->is_higher ? 0.05 : -0.05;
            fprintf(baselines, "I%02d,E%08d,%.1f,exact,%d-%02d\n", i + 1, a + 1, size * natural(one, levels[from]),
                    FIRST_YEAR + from / 12, from % 12 + 1);
            for (int year = 1; year <= 3; year++) {
                const int due = from + 12 * year + 5;
                fprintf(targets, "I%02d,E%08d,%d-%02d,%.1f\n", i + 1, a + 1, FIRST_YEAR + due / 12, due % 12 + 1,
                        size * natural(one, levels[from] + better * year));
            }
        }
    fclose(targets);
    fclose(baselines);
}

static void write_recipes(const Nation *self, const Indicator *indicators)
{
    char folder[MAX_PATH], name[40];
    snprintf(folder, sizeof folder, "%s/recipes", self->out);
    make_folder(folder);
    for (int f = 0; f < N_FILES; f++) {
        snprintf(name, sizeof name, "theme_%d.ini", f + 1);
        FILE *file = open_file(folder, name);
        fprintf(file,
                "[file]\nmatch = theme_%d*.csv\n[columns]\nunit = new_la_code\nperiod = time_period\n[filter]\n"
                "geographic_level = Local authority\n",
                f + 1);
        for (int i = f * N_A_FILE; i < (f + 1) * N_A_FILE; i++) {
            fprintf(file, "[indicator I%02d]\n", i + 1);
            if (indicators[i].kind == PERCENT)
                fprintf(file, "numerator = i%02d_number\ndenominator = i%02d_all\n", i + 1, i + 1);
            else
                fprintf(file, "value = i%02d_value\n", i + 1);
        }
        fputs("[markers]\nx = not_available\nz = not_applicable\nc = suppressed\n", file);
        fclose(file);
    }
}

static void write_plan(const Nation *self)
{
    const int from = self->n_months > 24 ? self->n_months - 24 : 0;
    FILE *file = open_file(self->out, "plan.ini");
    fprintf(file,
            "[plan]\ntitle = The national month\narea = England\nowner_role = National analyst\nstart = %d-%02d-01\nend = "
            "%d-%02d-28\nversion = 1\n",
            FIRST_YEAR + from / 12, from % 12 + 1, FIRST_YEAR + from / 12 + 4, from % 12 + 1);
    fclose(file);
}

static int number_at(int argc, char **argv, int i, int otherwise)
{
    return argc > i ? atoi(argv[i]) : otherwise;
}

int main(int argc, char **argv)
{
    Indicator indicators[N_INDICATORS];
    Nation nation = {.n_areas = number_at(argc, argv, 2, 153), .n_months = number_at(argc, argv, 3, 72)};
    nation.n_first = number_at(argc, argv, 4, nation.n_months > 12 ? nation.n_months - 12 : 1);
    if (argc < 2 || nation.n_areas < 1 || nation.n_months < 1 || nation.n_months > MAX_MONTHS || nation.n_first < 1 ||
        nation.n_first > nation.n_months) {
        fprintf(stderr, "usage: generate_national OUT [areas, 153] [months, 72; to %d] [months in the first drop]\n", MAX_MONTHS);
        return 2;
    }
    nation.out = argv[1];
    if (strlen(nation.out) > MAX_PATH / 2) {
        fputs("generate_national: the folder's path is too long\n", stderr);
        return 2;
    }
    for (int i = 0; i < N_INDICATORS; i++)
        indicators[i] = indicator_of(i);
    make_folder(nation.out);
    write_plan(&nation);
    write_units(&nation);
    write_indicators(&nation, indicators);
    write_targets(&nation, indicators);
    write_recipes(&nation, indicators);
    write_drops(&nation, indicators);
    printf("%d areas, %d indicators, %d months: %lld readings in %d drops\n", nation.n_areas, N_INDICATORS, nation.n_months,
           (long long)nation.n_areas * N_INDICATORS * nation.n_months, n_drops(&nation));
    return 0;
}
