/* cli/backtest_tables.h: the tables of a backtest, row by row, and as files. */
#ifndef WM_CLI_BACKTEST_TABLES_H
#define WM_CLI_BACKTEST_TABLES_H

#include "cli/output.h"
#include "engine/data/backtest/backtest.h"

typedef enum {
    BACKTEST_FORECASTS,
    BACKTEST_CHANCES,
    BACKTEST_RELIABILITY,
    BACKTEST_STATUSES,
    BACKTEST_CANDIDATES,
    BACKTEST_COMBINATION,
    N_BACKTEST_TABLES
} BacktestTableId;

typedef struct {
    const char *name;
    const OutputColumn *columns;
    size_t n_columns;
    size_t n_keys; /* columns, from the first, that say what a row is of; the others are measured */
    const char *title;
} BacktestTable;

extern const BacktestTable BACKTEST_TABLES[N_BACKTEST_TABLES];

/* As many texts as the table has columns; "" is not available. */
typedef void (*BacktestRowFunc)(const char *const *texts, gpointer data);

void backtest_table_rows(BacktestTableId table, const Backtest *backtest, const StatusScores *statuses, BacktestRowFunc func,
                         gpointer data);

/* Chances over all horizons. */
WmChanceTally backtest_all_chances(const Backtest *backtest, int chancer);

/* Write each table as a CSV, and calibration.svg and .png where there were chances, into a folder. */
gboolean backtest_write(const Backtest *backtest, const StatusScores *statuses, const char *folder, GError **error);

#endif
