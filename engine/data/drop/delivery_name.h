/* engine/data/drop/delivery_name.h: names of files that were received on one day.
 *
 * Drops of one day stand by their files' names, byte by byte. A later file of a name that is taken gets a number before its ending,
 * after a tilde, which stands after the dot: x.csv, x~2.csv … x~9.csv, x~90.csv … x~99.csv, x~990.csv. The order thus follows from
 * the folder alone.
 */
#ifndef WM_DATA_DELIVERY_NAME_H
#define WM_DATA_DELIVERY_NAME_H

#include <glib.h>

/* The name under which a file was sent: without its number. New. */
char *delivery_name_sent(const char *name);

/* The next name after `name` for another file that was sent under the same one; it stands after it. New. */
char *delivery_name_next(const char *name);

#endif
