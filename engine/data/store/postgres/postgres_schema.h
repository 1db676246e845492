/* engine/data/store/postgres/postgres_schema.h: a store's tables in PostgreSQL, and how an older store becomes a newer one. */
#ifndef WM_DATA_POSTGRES_SCHEMA_H
#define WM_DATA_POSTGRES_SCHEMA_H

#include <glib.h>

/* What brings a store from each version to the next, ended by NULL. */
extern const char *const POSTGRES_VERSIONS[];

#endif
