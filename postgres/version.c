/* Which code answers: servers that share their work must have the same. */
#include <postgres.h>
#include <fmgr.h>
#include <utils/builtins.h>
#include <waymark/base.h>

PG_FUNCTION_INFO_V1(waymark_version);
Datum waymark_version(PG_FUNCTION_ARGS)
{
    (void)fcinfo;
    PG_RETURN_TEXT_P(cstring_to_text(WM_VERSION));
}

PG_FUNCTION_INFO_V1(waymark_method);
Datum waymark_method(PG_FUNCTION_ARGS)
{
    (void)fcinfo;
    PG_RETURN_INT32(WM_METHOD_VERSION);
}
