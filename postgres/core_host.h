/* postgres/core_host.h: the core inside a backend.
 *
 * The core asks for memory by malloc and knows no server. Here malloc is the server's (core_host.c), so that whatever the core
 * holds belongs to a memory context and goes with it: when the query ends, when it fails, and when a cancelled fit is left in the
 * middle.
 */
#ifndef WM_POSTGRES_CORE_HOST_H
#define WM_POSTGRES_CORE_HOST_H

#include <postgres.h>
#include <access/tupdesc.h>
#include <fmgr.h>
#include <waymark/spc.h>

#include "postgres/options.h"

/* What a final function keeps from group to group of one query. */
typedef struct {
    MemoryContext context; /* of all below, and of the core while it works */
    MemoryContextCallback at_end;
    WmTrendScratch trend;
    WmSpcScratch *spc;
    OptionsCache options;
    TupleDesc row, inner; /* of the result, and of the rows within it; NULL until asked for */
} Workshop;

/* The workshop of this call site; made at the first call. */
Workshop *workshop_of(FunctionCallInfo fcinfo);

/* Call `work` with the workshop's memory and GSL's error handler off, and put both back, whatever happens. */
void in_core(Workshop *self, WmStatus (*work)(Workshop *self, void *data), void *data);

#endif
