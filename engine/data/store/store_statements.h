/* engine/data/store/store_statements.h: the statements that every backend runs. Parameters are ?1, ?2 … */
#ifndef WM_DATA_STORE_STATEMENTS_H
#define WM_DATA_STORE_STATEMENTS_H

typedef enum {
    ADD_DROP,
    CLOSE_DROP,
    READ_COUNTS,
    COPY_DROP,
    FIND_DROP,
    FIND_CONTENT,
    FIND_EARLIER,
    HAS_SIZE,
    LIST_DROPS,
    LIST_FACTS,
    SET_WITHDRAWN,
    ADD_COUNTS,
    MARK_SILENT,
    SET_REPLACED,
    SET_RECIPE,
    LIST_SAME,
    LIST_SERIES,
    LIST_SERIES_OF,
    LIST_SERIES_IN,
    LIST_UNITS,
    ADD_QUARANTINE,
    LIST_QUARANTINE,
    NEXT_CONFLICT,
    SET_RAW,
    ADD_FINDING,
    LIST_FINDINGS,
    LIST_WHOLE_DROPS,
    PUT_WHOLE_DROP,
    N_STATEMENTS,
} Statement;

extern const char *const STORE_STATEMENTS[N_STATEMENTS];

#endif
