/* Memory, pauses and GSL's errors, as a backend wants them. */
#include "postgres/core_host.h"

#include <gsl/gsl_errno.h>
#include <miscadmin.h>
#include <utils/memutils.h>

PG_MODULE_MAGIC;

/* The linker puts these in the place of malloc and the others for the whole module, the core included (--wrap). Memory that cannot
 * be had is an ERROR with the server's own SQLSTATE: the core is left by longjmp, and holds nothing that its context does not. */
extern void *__wrap_malloc(size_t size);
extern void *__wrap_calloc(size_t n, size_t size);
extern void *__wrap_realloc(void *old, size_t size);
extern void __wrap_free(void *memory);
extern void __wrap_wm_pause(void);

void *__wrap_malloc(size_t size)
{
    return MemoryContextAllocHuge(CurrentMemoryContext, size);
}

void *__wrap_calloc(size_t n, size_t size)
{
    if (size && n > MaxAllocHugeSize / size)
        ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY), errmsg("waymark: out of memory")));
    return MemoryContextAllocExtended(CurrentMemoryContext, n * size, MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
}

void *__wrap_realloc(void *old, size_t size)
{
    return old ? repalloc_huge(old, size) : MemoryContextAllocHuge(CurrentMemoryContext, size);
}

void __wrap_free(void *memory)
{
    if (memory)
        pfree(memory);
}

void __wrap_wm_pause(void)
{
    CHECK_FOR_INTERRUPTS();
}

/* GSL's own memory is the C library's, and no context's: its minimizers are given back when the query ends, however it does. */
static void free_gsl(void *workshop)
{
    Workshop *self = workshop;
    wm_smoothing_scratch_free(self->trend.smoothing);
    self->trend.smoothing = NULL;
}

Workshop *workshop_of(FunctionCallInfo fcinfo)
{
    FmgrInfo *site = fcinfo->flinfo;
    if (!site->fn_extra) {
        MemoryContext context = AllocSetContextCreate(site->fn_mcxt, "waymark", ALLOCSET_DEFAULT_SIZES);
        Workshop *self = MemoryContextAllocZero(context, sizeof *self);
        self->at_end = (MemoryContextCallback){.func = free_gsl, .arg = self};
        MemoryContextRegisterResetCallback(context, &self->at_end);
        self->context = context;
        site->fn_extra = self;
    }
    return site->fn_extra;
}

/* The forecast's and the charts' scratch serves every aggregate; what other models need they make themselves. */
static void make_scratch(Workshop *self)
{
    if (!self->trend.forecast)
        self->trend.forecast = wm_forecast_scratch_new();
    if (!self->spc)
        self->spc = wm_spc_scratch_new();
}

void in_core(Workshop *self, WmStatus (*work)(Workshop *self, void *data), void *data)
{
    MemoryContext before = MemoryContextSwitchTo(self->context);
    gsl_error_handler_t *handler = gsl_set_error_handler_off(); /* the process's: other modules may use GSL as well */
    volatile WmStatus status = WM_OK;
    PG_TRY();
    {
        make_scratch(self);
        status = work(self, data);
    }
    PG_FINALLY();
    {
        gsl_set_error_handler(handler);
        MemoryContextSwitchTo(before);
    }
    PG_END_TRY();
    if (status != WM_OK)
        ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY), errmsg("waymark: out of memory")));
}
