/* waymark/waymark.h: everything, in the order a reading travels. */
#ifndef WAYMARK_WAYMARK_H
#define WAYMARK_WAYMARK_H

#include <waymark/base.h>
#include <waymark/calendar.h>
#include <waymark/reading.h>
#include <waymark/event.h>
#include <waymark/formula.h>
#include <waymark/trajectory.h>
#include <waymark/link.h>
#include <waymark/distribution.h>
#include <waymark/drift.h>
#include <waymark/scores.h>
#include <waymark/forecast.h>
#include <waymark/trend.h>
#include <waymark/spc.h>
#include <waymark/spc_many.h>
#include <waymark/area.h>
#include <waymark/assess.h>
#include <waymark/action.h>
#include <waymark/risk.h>
#include <waymark/series.h>
#include <waymark/exception.h>
#include <waymark/value.h>
#include <waymark/error.h>
#include <waymark/problems.h>
#include <waymark/plan.h>
#include <waymark/exception_record.h>
#include <waymark/store.h>
#include <waymark/export.h>
#include <waymark/ingest.h>
#include <waymark/history.h>
#include <waymark/month.h>
#include <waymark/tracker.h>
#include <waymark/register.h>
#include <waymark/chase.h>
#include <waymark/dictionary.h>
#include <waymark/pack.h>
#include <waymark/chart.h>
#include <waymark/chart_areas.h>
#include <waymark/chart_board.h>
#include <waymark/chart_calibration.h>
#include <waymark/chart_plan.h>
#include <waymark/chart_kinds.h>
#include <waymark/report.h>

#endif
