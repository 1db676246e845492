#!/usr/bin/env bash
# Readings over several PostgreSQL servers, by unit. docs/postgres.md is the guide.
#
#   shards.sh init                      on the coordinator: its extension, its partitioned table; of a store that is there the store's
#   shards.sh add SHARD CONNECTION      a server: its extension and table, and the coordinator's way to it
#   shards.sh give SHARD UNIT…          where units shall be that are nowhere yet
#   shards.sh move SHARD UNIT…          take units with all that is theirs to another server; of a store also from the
#                                       coordinator, where those are that no server has, and, with “here” as SHARD, back to it
#   shards.sh check                     versions, readings out of place, the plan of a query; exit 1 if something is wrong
#
# The coordinator is where psql connects to by itself (PGHOST, PGPORT, PGDATABASE, PGSERVICE, PGPASSFILE …). CONNECTION is
# "host=… port=… dbname=… user=…", as the coordinator can reach the server, without a password. Units come one a line from standard
# input where none is named. WAYMARK_LOCK_TIMEOUT (60s) bounds how long a lock is waited for.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
lock_timeout=${WAYMARK_LOCK_TIMEOUT:-60s}
quiet_psql=(psql -XqAt -v ON_ERROR_STOP=1)

fail() {
    echo "shards.sh: $*" >&2
    exit 1
}

on_hub() { "${quiet_psql[@]}" -v lock_timeout="$lock_timeout" "$@"; }

# A word of "host=… port=…"; what libpq would take without it.
word_of() { # CONNECTION KEY DEFAULT
    local word
    for word in $1; do
        [[ $word == "$2="* ]] && { echo "${word#*=}"; return; }
    done
    echo "$3"
}

# What is on the coordinator itself: a store's readings that are on no server, and those on their way back from one.
is_coordinator() { [[ $1 == here || $1 == back ]]; }

connection_of() { # SHARD: as the coordinator has it
    local found
    is_coordinator "$1" && { echo application_name=shards.sh; return; }
    found=$(on_hub -v shard="$1" <<'SQL'
SELECT concat_ws(' ', (SELECT string_agg(o, ' ') FROM unnest(s.srvoptions) AS o WHERE o ~ '^(host|port|dbname|connect_timeout)='),
                 (SELECT string_agg(o, ' ') FROM unnest(m.umoptions) AS o WHERE o ~ '^user='))
FROM pg_foreign_server AS s JOIN pg_user_mappings AS m ON m.srvid = s.oid WHERE s.srvname = :'shard' AND s.srvname IN (SELECT name FROM waymark.shard);
SQL
    )
    [[ -n $found ]] || fail "there is no shard $1; add it first"
    echo "$found"
}

# The tables of which units have rows of their own: those that move.
tables() { on_hub -c "SELECT t FROM waymark.laid_out() AS t WHERE t <> 'assessed'"; }

# A shard's schema and what a table is called there.
schema_of() { if is_coordinator "$1"; then echo waymark; else echo "waymark_$1"; fi; }
name_of() { if is_coordinator "$1"; then echo "$2_$1"; else echo "$2"; fi; } # SHARD TABLE

init() {
    on_hub -1 -f "$here/shards.sql"
}

add() { # SHARD CONNECTION
    local shard=$1 connection=$2
    [[ $shard =~ ^[a-z][a-z0-9_]{0,30}$ && $shard != here && $shard != back ]] || fail "“$shard” is no name for a shard: letters a to z, digits and _"
    "${quiet_psql[@]}" -1 -v schema="waymark_$shard" -v is_store="$(on_hub -c "SELECT to_regclass('waymark.readings_here') IS NOT NULL")" \
        -v columns="$(on_hub -c "SELECT waymark.columns_of('readings')")" "$connection" <<'SQL'
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS waymark;
CREATE SCHEMA IF NOT EXISTS :"schema";
CREATE OR REPLACE VIEW :"schema".version AS
    SELECT waymark_version() AS version, waymark_method() AS method, extversion AS extension FROM pg_extension WHERE extname = 'waymark';
\if :is_store
CREATE TABLE IF NOT EXISTS :"schema".readings (:columns, PRIMARY KEY (series, period_key, drop_id));
CREATE INDEX IF NOT EXISTS readings_by_drop ON :"schema".readings USING brin (drop_id);
\else
CREATE TABLE IF NOT EXISTS :"schema".readings (
    indicator text NOT NULL, unit text NOT NULL, cohort text NOT NULL DEFAULT '', period text NOT NULL,
    value double precision, numerator double precision, denominator double precision,
    state text NOT NULL DEFAULT 'final', received date NOT NULL, PRIMARY KEY (unit, indicator, cohort, period, received));
CREATE TABLE IF NOT EXISTS :"schema".options (
    indicator text NOT NULL, unit text NOT NULL, cohort text NOT NULL DEFAULT '', options jsonb NOT NULL, PRIMARY KEY (unit, indicator, cohort));
CREATE OR REPLACE VIEW :"schema".assessed AS
    SELECT indicator, unit, cohort, (a).* FROM (
        SELECT indicator, unit, cohort, waymark_assess(period, value, numerator, denominator, state, received, options) AS a
        FROM :"schema".readings JOIN :"schema".options USING (indicator, unit, cohort) GROUP BY indicator, unit, cohort) AS s;
\endif
SQL
    on_hub -v shard="$shard" -v host="$(word_of "$connection" host localhost)" -v port="$(word_of "$connection" port 5432)" \
        -v dbname="$(word_of "$connection" dbname postgres)" -v user="$(word_of "$connection" user postgres)" >/dev/null <<'SQL'
SELECT waymark.add_shard(:'shard', :'host', :'port', :'dbname', :'user', :'lock_timeout');
SQL
}

# The units of the command line, or of standard input, one a line.
units_of() {
    if (($#)); then printf '%s\n' "$@"; else cat; fi | sed '/^$/d'
}

give() { # SHARD UNIT…
    local units
    units=$(units_of "${@:2}")
    on_hub -1 -v shard="$1" -v units="$units" >/dev/null <<'SQL'
SET LOCAL lock_timeout = :'lock_timeout';
INSERT INTO waymark.unit SELECT u, :'shard' FROM unnest(string_to_array(:'units', E'\n')) AS u;
SELECT waymark.attach();
SQL
}

# ---- move

# The coordinator holds a lock on the whole table while units move, so that no query sees a unit twice or not at all. Each step is
# whole in itself, and after each every reading is on one server at least: copy and compare, delete where they were, then say where
# they are. If it stops in between, the same command again completes it, and `check` tells of it.
start_hub_session() {
    coproc HUB { on_hub 2>&1; }
    hub_in=${HUB[1]} hub_out=${HUB[0]}
}

in_hub_session() { # SQL
    local line
    printf '%s\n\\echo @done\n' "$1" >&"$hub_in" || fail "the coordinator went away"
    while IFS= read -r line <&"$hub_out"; do
        [[ $line == @done ]] && return
        [[ $line == *ERROR:* || $line == *FATAL:* ]] && fail "on the coordinator: $line"
    done
    fail "the coordinator went away"
}

on_shard() { # SHARD CONNECTION UNITS [psql's arguments]
    "${quiet_psql[@]}" -v schema="$(schema_of "$1")" -v units="$3" -v lock_timeout="$lock_timeout" "${@:4}" "$2" || fail "on shard $1: psql stopped (see above)"
}

# One statement a table, in one transaction: %s is the table.
on_tables() { # SHARD CONNECTION UNITS STATEMENT
    local table script="SET LOCAL lock_timeout = :'lock_timeout';"
    for table in $moving; do script+=$(printf " $4;" ":\"schema\".$(name_of "$1" "$table")"); done
    on_shard "$1" "$2" "$3" -1 -f <(echo "$script")
}

theirs="WHERE unit = ANY (string_to_array(:'units', E'\\\\n'))" # within printf

# Those of the units that have rows there.
units_there() { on_tables "$@" "SELECT DISTINCT unit FROM %s $theirs" | sort -u; }

digest="SELECT count(*), coalesce(sum(hashtextextended(r::text, 0)), 0) FROM"

# What comes takes the place of rows of the same key. Others of the unit stay: they are of a move that stopped when nothing was left
# where it came from.
copy_units() { # FROM FROM_CONNECTION TO TO_CONNECTION UNITS
    local table sent came
    for table in $moving; do
        sent=$(on_shard "$1" "$2" "$5" -v table="$(name_of "$1" "$table")" -f <(echo "$digest :\"schema\".:\"table\" AS r WHERE unit = ANY (string_to_array(:'units', E'\\n'));"))
        came=$(on_shard "$1" "$2" "$5" -v table="$(name_of "$1" "$table")" -f <(cat <<'SQL'
COPY (SELECT * FROM :"schema".:"table" WHERE unit = ANY (string_to_array(:'units', E'\n'))) TO STDOUT;
SQL
        ) | on_shard "$3" "$4" "$5" -v table="$(name_of "$3" "$table")" -1 -f <(cat <<SQL
SET LOCAL lock_timeout = :'lock_timeout';
CREATE TEMPORARY TABLE part (LIKE :"schema".:"table") ON COMMIT DROP;
\\copy part FROM pstdin
SELECT format('DELETE FROM %s AS t USING part AS p WHERE (%s) = (%s)', indrelid::regclass, string_agg(format('t.%I', attname), ', '), string_agg(format('p.%I', attname), ', '))
FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
WHERE indisprimary AND indrelid = format('%I.%I', :'schema', :'table')::regclass GROUP BY indrelid \\gexec
INSERT INTO :"schema".:"table" SELECT * FROM part;
$digest part AS r;
SQL
        ))
        [[ $sent == "$came" ]] || fail "the copy of $table on shard $3 differs from shard $1: nothing was deleted; run it again"
    done
}

delete_units() { on_tables "$@" "DELETE FROM %s $theirs"; } # SHARD CONNECTION UNITS

# Where units can be: on each server, here, and on the way back.
places() {
    on_hub -c "SELECT name FROM waymark.shard UNION ALL SELECT p FROM unnest('{here,back}'::text[]) AS p WHERE to_regclass('waymark.readings_' || p) IS NOT NULL ORDER BY 1"
}

# A partition takes only rows that are its own, and these are not before the coordinator says so: they wait beside it.
make_way_back() {
    on_hub -c "SELECT to_regclass('waymark.readings_here')" | grep -q . || fail "without a store nothing is on the coordinator"
    on_hub -c "SET client_min_messages = warning; CREATE TABLE IF NOT EXISTS waymark.readings_back (LIKE waymark.readings_here INCLUDING INDEXES)"
}

move() { # SHARD UNIT…
    local to=$1 to_connection units from from_connection found moving
    moving=$(tables)
    [[ $to != here ]] || { make_way_back; to=back; }
    units=$(units_of "${@:2}")
    to_connection=$(connection_of "$to")
    start_hub_session
    in_hub_session "BEGIN; SET LOCAL lock_timeout = '$lock_timeout'; LOCK TABLE $(on_hub -c "SELECT string_agg('ONLY waymark.' || t, ', ') FROM waymark.laid_out() AS t") IN ACCESS EXCLUSIVE MODE;"
    while read -r from; do
        [[ $from == "$to" || $to-$from == back-here ]] && continue
        from_connection=$(connection_of "$from")
        found=$(units_there "$from" "$from_connection" "$units")
        [[ -z $found ]] && continue
        copy_units "$from" "$from_connection" "$to" "$to_connection" "$found"
        delete_units "$from" "$from_connection" "$found"
    done < <(places)
    in_hub_session "\\set shard $to"
    in_hub_session "\\set units '$(sed "s/\\\\/\\\\\\\\/g; s/'/''/g" <<<"$units" | sed -z 's/\n$//; s/\n/\\n/g')'"
    in_hub_session "SELECT waymark.place(string_to_array(:'units', E'\\n'), :'shard'); COMMIT;"
}

check() {
    local problems
    problems=$(on_hub -F ': ' -c "SELECT coalesce('shard ' || shard, 'the plan'), problem FROM waymark.problems()")
    [[ -z $problems ]] && return
    echo "$problems"
    return 1
}

case ${1:-}:$# in
init:1) init ;;
add:3) add "$2" "$3" ;;
give:1 | move:1 | add:*) fail "see the head of $0" ;;
give:*) give "${@:2}" ;;
move:*) move "${@:2}" ;;
check:1) check ;;
*) sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0" ;;
esac
