#include "plot/fixture_calibration.h"

const CalibrationCase CALIBRATION_CASES[] = {
    {"well calibrated",
     {{0.05, 0.04, 210}, {0.25, 0.29, 80}, {0.5, 0.47, 120}, {0.75, 0.78, 60}, {0.95, 0.96, 240}},
     5,
     "Chances hold: all groups came true as often as chance allows, 710 forecasts in all"},
    {"overconfident",
     {{0.05, 0.16, 210}, {0.25, 0.29, 80}, {0.5, 0.47, 120}, {0.75, 0.58, 60}, {0.95, 0.71, 240}},
     5,
     "Said 95%, came true 71%: 3 of 5 groups came true more or less often than chance allows"},
    {"underconfident", {{0.3, 0.3, 40}, {0.6, 0.9, 100}}, 2, "Said 60%, came true 90%: 1 of 2 groups came true more often"},
    {"one forecast", {{0.5, 1, 1}}, 1, "Too few to judge chances by: 1 forecast"},
    {"certain and wrong", {{1, 0, 3}, {0, 1, 2}}, 2, "Said 100%, came true 0%: 2 of 2 groups"},
    {"nothing at all", {{0, 0, 0}}, 0, "No forecasts to judge yet"},
    {"only empty bins", {{0.1, 0, 0}, {0.5, 0, 0}}, 2, "No forecasts to judge yet"},
    {"rare things",
     {{0.004, 0.003, 90000}, {0.011, 0.012, 40000}},
     2,
     "said 0.4%, came true 0.3% of 90,000 forecasts; said 1.1%, came true 1.2% of 40,000 forecasts"},
};

const size_t N_CALIBRATION_CASES = G_N_ELEMENTS(CALIBRATION_CASES);

WmCalibration calibration_of(const WmCalibrationBin *bins, size_t n)
{
    return (WmCalibration){.subject = "Chance of the next milestone, 42 indicators, replayed drop by drop since Jan 2018",
                           .score = "Brier score 0.12",
                           .source = "Waymark backtest",
                           .as_at = wm_day_from_date(2022, 3, 31),
                           .bins = bins,
                           .n_bins = n};
}
