/* The planned path, and how far a reading is from it in units and months. */
#include <waymark/assess.h>

#include <math.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"
#include "core/fixture_series.h"

#define MAX_WAYPOINTS 8

typedef struct {
    WmWaypoint points[MAX_WAYPOINTS];
    size_t n;
    WmPathShape shape;
    bool starts_at_milestone;
} Path;

/* Times of these paths are small numbers: only differences count. */
static const Path RISING = {{{0, 41}, {8, 50}, {13, 75}}, 3, WM_PATH_LINEAR, false};
static const Path DIPPING = {{{0, 41}, {8, 40}, {12, 50}, {17, 75}}, 4, WM_PATH_LINEAR, false};
static const Path FALLING = {{{0, 26}, {6, 18}, {12, 12}}, 3, WM_PATH_LINEAR, false};
static const Path STEPS = {{{0, 20}, {6, 40}, {12, 50}}, 3, WM_PATH_STEP, false};
static const Path DOUBLING = {{{0, 10}, {12, 20}, {24, 40}}, 3, WM_PATH_GEOMETRIC, false};
static const Path FROM_ZERO = {{{0, 0}, {10, 20}, {20, 80}}, 3, WM_PATH_GEOMETRIC, false};
static const Path LISTED = {{{1, 30}, {2, 32}, {3, 36}, {4, 36}}, 4, WM_PATH_EXPLICIT, false};
static const Path LATE = {{{10, 50}, {20, 75}}, 2, WM_PATH_LINEAR, true};
static const Path FLAT = {{{0, 95}, {12, 95}}, 2, WM_PATH_LINEAR, false};
static const Path WORSENING = {{{0, 50}, {12, 19}}, 2, WM_PATH_LINEAR, false};
static const Path BUMP = {{{0, 40}, {4, 48}, {8, 44}, {12, 60}}, 4, WM_PATH_LINEAR, false};
static const Path POINT = {{{5, 50}}, 1, WM_PATH_LINEAR, false};
static const Path NOTHING = {{{0, 0}}, 0, WM_PATH_LINEAR, false};
static const Path PLATEAU = {{{0, 40}, {6, 50}, {12, 50}, {18, 60}}, 4, WM_PATH_LINEAR, false};

static WmTrajectory path_of(const Path *path)
{
    return (WmTrajectory){path->points, path->n, path->shape, path->starts_at_milestone};
}

typedef struct {
    const char *name;
    const Path *path;
    double t, expected;
} LevelCase;

static const LevelCase LEVELS[] = {
    {"linear at its start", &RISING, 0, 41},
    {"linear within a segment", &RISING, 4, 45.5},
    {"linear at a milestone", &RISING, 8, 50},
    {"linear within the last segment", &RISING, 12, 70},
    {"after the last milestone its level holds", &RISING, 40, 75},
    {"before the baseline its level holds", &RISING, -5, 41},
    {"a dip is followed as planned", &DIPPING, 4, 40.5},
    {"step holds the baseline until the due date", &STEPS, 5.99, 20},
    {"step takes the milestone on its due date", &STEPS, 6, 40},
    {"step holds the milestone until the next", &STEPS, 11, 40},
    {"geometric doubles in a year", &DOUBLING, 6, 14.142135623730951},
    {"geometric in the second segment", &DOUBLING, 18, 28.284271247461902},
    {"geometric from zero is straight", &FROM_ZERO, 5, 10},
    {"geometric goes on where both ends are positive", &FROM_ZERO, 15, 40},
    {"explicit takes the listed value", &LISTED, 2, 32},
    {"explicit holds the earlier value between", &LISTED, 2.9, 32},
    {"without a baseline nothing is planned before the first milestone", &LATE, 9.9, NAN},
    {"without a baseline the first milestone begins the path", &LATE, 10, 50},
    {"one waypoint is a level", &POINT, 50, 50},
    {"no waypoint, no path", &NOTHING, 0, NAN},
    {"no time, no level", &RISING, NAN, NAN},
};

static void the_path_has_a_level(void **state)
{
    const LevelCase *row = *state;
    const WmTrajectory path = path_of(row->path);
    assert_near(wm_trajectory_at(&path, row->t), row->expected, 1e-12);
}

static void only_a_geometric_path_falls_back(void **state)
{
    (void)state;
    const Path negative = {{{0, 10}, {10, -5}}, 2, WM_PATH_GEOMETRIC, false};
    const WmTrajectory doubling = path_of(&DOUBLING), from_zero = path_of(&FROM_ZERO), below = path_of(&negative),
                       linear = path_of(&RISING);
    assert_false(wm_trajectory_fell_back(&doubling));
    assert_true(wm_trajectory_fell_back(&from_zero));
    assert_true(wm_trajectory_fell_back(&below));
    assert_false(wm_trajectory_fell_back(&linear));
    assert_near(wm_trajectory_at(&below, 5), 2.5, 1e-12);
}

typedef struct {
    const char *name;
    WmPolarity polarity;
    double value, trajectory, gap;
} GapCase;

static const GapCase GAPS[] = {
    {"below plan, where higher is better", WM_POLARITY_HIGHER, 41, 45, -4},
    {"above plan, where higher is better", WM_POLARITY_HIGHER, 49, 45, 4},
    {"below plan, where lower is better", WM_POLARITY_LOWER, 41, 45, 4},
    {"above plan, where lower is better", WM_POLARITY_LOWER, 49, 45, -4},
    {"off plan on either side, above", WM_POLARITY_PLAN, 49, 45, -4},
    {"off plan on either side, below", WM_POLARITY_PLAN, 41, 45, -4},
    {"no polarity, no gap", WM_POLARITY_NONE, 41, 45, NAN},
    {"no value, no gap", WM_POLARITY_HIGHER, NAN, 45, NAN},
    {"no path, no gap", WM_POLARITY_PLAN, 41, NAN, NAN},
};

static void a_gap_is_positive_when_better(void **state)
{
    const GapCase *row = *state;
    assert_near(wm_gap(row->polarity, row->value, row->trajectory), row->gap, 0);
}

typedef struct {
    const char *name;
    const Path *path;
    WmPolarity polarity;
    double t, value;
    double months;
    WmMonthsBound bound;
} MonthsCase;

#define H WM_POLARITY_HIGHER
#define L WM_POLARITY_LOWER

static const MonthsCase MONTHS[] = {
    {"on the path", &RISING, H, 4, 45.5, 0, WM_MONTHS_EXACT},
    {"behind within a segment", &RISING, H, 8, 45.5, -4, WM_MONTHS_EXACT},
    {"behind across a milestone", &RISING, H, 12, 45.5, -8, WM_MONTHS_EXACT},
    {"ahead within a segment", &RISING, H, 4, 47.75, 2, WM_MONTHS_EXACT},
    {"ahead across a milestone", &RISING, H, 4, 60, 6, WM_MONTHS_EXACT},
    {"at the last milestone's level early", &RISING, H, 4, 75, 9, WM_MONTHS_EXACT},
    {"past the last milestone's level: at least", &RISING, H, 4, 80, 9, WM_MONTHS_AT_LEAST},
    {"at the baseline's level", &RISING, H, 5, 41, -5, WM_MONTHS_EXACT},
    {"worse than the baseline: at most", &RISING, H, 5, 39, -5, WM_MONTHS_AT_MOST},
    {"behind after the plan's end keeps growing", &RISING, H, 25, 62.5, -14.5, WM_MONTHS_EXACT},
    {"at the level after the plan's end", &RISING, H, 25, 75, 0, WM_MONTHS_EXACT},
    {"above the level after the plan's end is not behind", &RISING, H, 25, 80, 0, WM_MONTHS_AT_LEAST},
    {"lower is better: behind", &FALLING, L, 9, 18, -3, WM_MONTHS_EXACT},
    {"lower is better: ahead", &FALLING, L, 3, 15, 6, WM_MONTHS_EXACT},
    {"lower is better: worse than the baseline", &FALLING, L, 3, 30, -3, WM_MONTHS_AT_MOST},
    {"lower is better: past the last milestone", &FALLING, L, 3, 10, 9, WM_MONTHS_AT_LEAST},
    {"a dip: at plan in the dip is not behind", &DIPPING, H, 4, 40.5, 0, WM_MONTHS_AT_MOST},
    {"a dip: the baseline's level in the dip is ahead of plan, not behind", &DIPPING, H, 4, 41, 0, WM_MONTHS_EXACT},
    {"a dip: above the baseline's level the second rise counts", &DIPPING, H, 4, 45, 6, WM_MONTHS_EXACT},
    {"a dip: below the path in the dip", &DIPPING, H, 8, 39, -8, WM_MONTHS_AT_MOST},
    {"a dip: behind on the rise", &DIPPING, H, 12, 45, -2, WM_MONTHS_EXACT},
    {"a bump: its top is reached once", &BUMP, H, 8, 46, 0, WM_MONTHS_EXACT},
    {"a bump: behind on the second rise, reached on the first", &BUMP, H, 10, 46, -7, WM_MONTHS_EXACT},
    {"a bump: over its top the second rise counts", &BUMP, H, 10, 52, 0, WM_MONTHS_EXACT},
    {"a plateau is reached at its start", &PLATEAU, H, 10, 50, 0, WM_MONTHS_EXACT},
    {"a plateau: behind counts from its start", &PLATEAU, H, 15, 50, -9, WM_MONTHS_EXACT},
    {"a step is reached on its due date", &STEPS, H, 3, 30, 3, WM_MONTHS_EXACT},
    {"a step: short of the level is behind to its due date", &STEPS, H, 8, 30, -2, WM_MONTHS_EXACT},
    {"a step: at the old level is behind to the start", &STEPS, H, 8, 20, -8, WM_MONTHS_EXACT},
    {"geometric: time is proportional to the logarithm", &DOUBLING, H, 12, 14.142135623730951, -6, WM_MONTHS_EXACT},
    {"geometric that fell back: the straight segment", &FROM_ZERO, H, 8, 10, -3, WM_MONTHS_EXACT},
    {"explicit: the first period that lists the level", &LISTED, H, 4, 34, -1, WM_MONTHS_EXACT},
    {"explicit: level before the list", &LISTED, H, 1, 36, 2, WM_MONTHS_EXACT},
    {"a flat path has no months", &FLAT, H, 6, 90, NAN, WM_MONTHS_NONE},
    {"a worsening path has no months", &WORSENING, H, 6, 30, NAN, WM_MONTHS_NONE},
    {"one waypoint has no months", &POINT, H, 6, 40, NAN, WM_MONTHS_NONE},
    {"no path has no months", &NOTHING, H, 6, 40, NAN, WM_MONTHS_NONE},
    {"before a path that starts late", &LATE, H, 6, 40, NAN, WM_MONTHS_NONE},
    {"plan is best: no months", &RISING, WM_POLARITY_PLAN, 6, 40, NAN, WM_MONTHS_NONE},
    {"no polarity: no months", &RISING, WM_POLARITY_NONE, 6, 40, NAN, WM_MONTHS_NONE},
    {"no value: no months", &RISING, H, 6, NAN, NAN, WM_MONTHS_NONE},
};

static void months_say_how_far_ahead_or_behind(void **state)
{
    const MonthsCase *row = *state;
    const WmTrajectory path = path_of(row->path);
    const WmMonthsGap gap = wm_trajectory_months_gap(&path, row->polarity, row->t, row->value);
    assert_near(gap.months, row->months, 1e-9);
    assert_string_equal(wm_months_bound_name(gap.bound), wm_months_bound_name(row->bound));
}

/* A random path of 2 to 6 waypoints, whole months apart, that need not be monotone. */
static Path random_path(Random *random)
{
    Path path = {.n = (size_t)random_between(random, 2, 6), .shape = (WmPathShape)random_between(random, 0, WM_N_PATH_SHAPES - 1)};
    double t = 24000 + random_between(random, 0, 200);
    for (size_t i = 0; i < path.n; i++) {
        path.points[i] = (WmWaypoint){t, random_between(random, -20, 400) / 4.0};
        t += random_between(random, 1, 18);
    }
    return path;
}

static double random_time(Random *random, const Path *path)
{
    return path->points[0].t_months + random_between(random, -6, 80);
}

static void shifting_the_dates_changes_neither_gap_nor_months(void **state)
{
    (void)state;
    Random random = {51};
    for (int i = 0; i < 20000; i++) {
        const Path path = random_path(&random);
        Path shifted = path;
        const double shift = random_between(&random, -240, 240), t = random_time(&random, &path),
                     y = random_between(&random, -30, 420) / 4.0;
        for (size_t j = 0; j < shifted.n; j++)
            shifted.points[j].t_months += shift;
        const WmPolarity polarity = (WmPolarity)random_between(&random, 0, 1);
        const WmTrajectory a = path_of(&path), b = path_of(&shifted);
        const double ta = wm_trajectory_at(&a, t), tb = wm_trajectory_at(&b, t + shift);
        assert_near(ta, tb, 1e-9);
        const WmMonthsGap ga = wm_trajectory_months_gap(&a, polarity, t, y),
                          gb = wm_trajectory_months_gap(&b, polarity, t + shift, y);
        assert_int_equal(ga.bound, gb.bound);
        if (fabs(y - ta) > 1e-6) /* on the path itself rounding may choose the side */
            assert_near(ga.months, gb.months, 1e-9);
    }
}

static void scaling_the_unit_scales_the_gap_and_keeps_the_months(void **state)
{
    (void)state;
    Random random = {52};
    for (int i = 0; i < 20000; i++) {
        const Path path = random_path(&random);
        Path scaled = path;
        const double factor = ldexp(1, random_between(&random, -8, 8)); /* exact in binary */
        for (size_t j = 0; j < scaled.n; j++)
            scaled.points[j].value *= factor;
        const double t = random_time(&random, &path), y = random_between(&random, -30, 420) / 4.0;
        const WmPolarity polarity = (WmPolarity)random_between(&random, 0, 1);
        const WmTrajectory a = path_of(&path), b = path_of(&scaled);
        assert_near(wm_gap(polarity, y * factor, wm_trajectory_at(&b, t)), factor * wm_gap(polarity, y, wm_trajectory_at(&a, t)),
                    1e-9 * factor);
        const WmMonthsGap ga = wm_trajectory_months_gap(&a, polarity, t, y),
                          gb = wm_trajectory_months_gap(&b, polarity, t, y * factor);
        assert_int_equal(ga.bound, gb.bound);
        assert_near(ga.months, gb.months, 1e-9);
    }
}

static void turning_polarity_and_signs_changes_nothing(void **state)
{
    (void)state;
    Random random = {53};
    for (int i = 0; i < 20000; i++) {
        Path path = random_path(&random);
        if (path.shape == WM_PATH_GEOMETRIC) /* a logarithm has no mirror image */
            path.shape = WM_PATH_LINEAR;
        Path turned = path;
        for (size_t j = 0; j < turned.n; j++)
            turned.points[j].value = -turned.points[j].value;
        const double t = random_time(&random, &path), y = random_between(&random, -30, 420) / 4.0;
        const WmTrajectory a = path_of(&path), b = path_of(&turned);
        assert_near(wm_gap(H, y, wm_trajectory_at(&a, t)), wm_gap(L, -y, wm_trajectory_at(&b, t)), 0);
        const WmMonthsGap ga = wm_trajectory_months_gap(&a, H, t, y), gb = wm_trajectory_months_gap(&b, L, t, -y);
        assert_int_equal(ga.bound, gb.bound);
        assert_near(ga.months, gb.months, 0);
    }
}

static void months_never_contradict_the_gap_and_never_fall_as_the_value_improves(void **state)
{
    (void)state;
    Random random = {54};
    for (int i = 0; i < 5000; i++) {
        const Path path = random_path(&random);
        const WmTrajectory trajectory = path_of(&path);
        const double t = random_time(&random, &path), level = wm_trajectory_at(&trajectory, t);
        double before = -INFINITY;
        for (double y = -10; y <= 110; y += 0.75) {
            const WmMonthsGap gap = wm_trajectory_months_gap(&trajectory, H, t, y);
            if (gap.bound == WM_MONTHS_NONE)
                break;
            assert_true(y >= level ? gap.months >= 0 : gap.months <= 0);
            assert_true(gap.months >= before);
            before = gap.months;
        }
    }
}

/* On a path that always rises, being where the plan is k months later means being k months ahead. */
static void a_reading_taken_from_the_path_is_as_far_ahead_as_it_was_taken(void **state)
{
    (void)state;
    Random random = {55};
    for (int i = 0; i < 20000; i++) {
        Path path = random_path(&random);
        path.shape = i % 2 ? WM_PATH_LINEAR : WM_PATH_GEOMETRIC;
        for (size_t j = 0; j < path.n; j++)
            path.points[j].value = (j ? path.points[j - 1].value : 5) + random_between(&random, 1, 40);
        const WmTrajectory trajectory = path_of(&path);
        const double first = path.points[0].t_months, length = path.points[path.n - 1].t_months - first;
        const double t = first + length * random_uniform(&random), taken = first + length * random_uniform(&random);
        const WmMonthsGap gap = wm_trajectory_months_gap(&trajectory, H, t, wm_trajectory_at(&trajectory, taken));
        assert_near(gap.months, taken - t, 1e-6);
    }
}

static void shapes_have_the_names_of_the_design(void **state)
{
    (void)state;
    static const char *const NAMES[] = {"linear", "step", "geometric", "explicit"};
    for (int i = 0; i < WM_N_PATH_SHAPES; i++) {
        WmPathShape shape = WM_N_PATH_SHAPES;
        assert_string_equal(wm_path_shape_name((WmPathShape)i), NAMES[i]);
        assert_true(wm_path_shape_parse(NAMES[i], &shape));
        assert_int_equal(shape, i);
    }
}

int main(void)
{
    ADD_TABLE(LEVELS, the_path_has_a_level);
    ADD(only_a_geometric_path_falls_back);
    ADD_TABLE(GAPS, a_gap_is_positive_when_better);
    ADD_TABLE(MONTHS, months_say_how_far_ahead_or_behind);
    ADD(shifting_the_dates_changes_neither_gap_nor_months);
    ADD(scaling_the_unit_scales_the_gap_and_keeps_the_months);
    ADD(turning_polarity_and_signs_changes_nothing);
    ADD(months_never_contradict_the_gap_and_never_fall_as_the_value_improves);
    ADD(a_reading_taken_from_the_path_is_as_far_ahead_as_it_was_taken);
    ADD(shapes_have_the_names_of_the_design);
    return run_cases("trajectory");
}
