/* tests/plot/fixture_calibration.h: bins that a calibration chart must bear. */
#ifndef WM_TESTS_FIXTURE_CALIBRATION_H
#define WM_TESTS_FIXTURE_CALIBRATION_H

#include <waymark/chart_calibration.h>

#define MAX_BINS 24

typedef struct {
    const char *name;
    WmCalibrationBin bins[MAX_BINS];
    size_t n_bins;
    const char *finding; /* in its alternative text */
} CalibrationCase;

extern const CalibrationCase CALIBRATION_CASES[];
extern const size_t N_CALIBRATION_CASES;

WmCalibration calibration_of(const WmCalibrationBin *bins, size_t n);

#endif
