-- The extension waymark: aggregates over the readings of one series. docs/postgres.md says what every column and option means.
\echo Use "CREATE EXTENSION waymark" to load this file. \quit

-- ---- which code answers

CREATE FUNCTION waymark_version() RETURNS text AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION waymark_version() IS 'version of the module in use';
CREATE FUNCTION waymark_method() RETURNS integer AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION waymark_method() IS 'version of the method: another one may give another status, gap or chance';

-- ---- what the aggregates return: each a row type, never an array of one, for postgres_fdw knows a type of an extension as one that
-- another server has as well, and not the array type that comes with it. Arrays are the last column.

CREATE TYPE waymark_trend_period AS (
    period text, step integer, mean double precision, sd double precision, lo double precision[], hi double precision[]);
CREATE TYPE waymark_trend_row AS (state text, n integer, model text, periods waymark_trend_period[]);

CREATE TYPE waymark_spc_point AS (
    period text, value double precision, centre double precision, lower double precision, upper double precision, phase integer,
    signal text, effect text);

CREATE TYPE waymark_spc_row AS (
    chart text, n integer, phase integer, centre double precision, lower double precision, upper double precision,
    sigma double precision, variation text, assurance text, chart_reason text, signal text, target double precision,
    points waymark_spc_point[]);

CREATE TYPE waymark_chance_target AS (
    due text, target double precision, chance double precision, expected date, expected_lo date, expected_hi date, basis text);
CREATE TYPE waymark_chance_row AS (
    due text, target double precision, chance double precision, expected date, expected_lo date, expected_hi date, basis text,
    targets waymark_chance_target[]);

CREATE TYPE waymark_assess_row AS (
    as_at date, period text, value double precision, numerator double precision, denominator double precision, state text,
    baseline double precision, trajectory double precision, gap double precision, months_gap double precision, months_gap_bound text,
    due date, target double precision, chance double precision, last_due date, last_target double precision,
    last_chance double precision, expected date, expected_lo date, expected_hi date, required_pace double precision,
    achieved_pace double precision, safe_pace double precision, noise double precision, basis text,
    "position" text, outlook text, status text, mark text, variation text, assurance text, reasons text, sentence text);

-- ---- the transition state: readings, put together

CREATE FUNCTION waymark_add(internal, text, double precision, double precision, double precision, jsonb) RETURNS internal
    AS 'MODULE_PATHNAME', 'waymark_add_text' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION waymark_add(internal, date, double precision, double precision, double precision, jsonb) RETURNS internal
    AS 'MODULE_PATHNAME', 'waymark_add_date' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION waymark_add(internal, text, double precision, double precision, double precision, text, date, jsonb) RETURNS internal
    AS 'MODULE_PATHNAME', 'waymark_add_assessed_text' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION waymark_add(internal, date, double precision, double precision, double precision, text, date, jsonb) RETURNS internal
    AS 'MODULE_PATHNAME', 'waymark_add_assessed_date' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION waymark_combine(internal, internal) RETURNS internal AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION waymark_serialize(internal) RETURNS bytea AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION waymark_deserialize(bytea, internal) RETURNS internal AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION waymark_trend_final(internal) RETURNS waymark_trend_row AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION waymark_spc_final(internal) RETURNS waymark_spc_row AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION waymark_chance_final(internal) RETURNS waymark_chance_row AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION waymark_assess_final(internal) RETURNS waymark_assess_row AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION waymark_assess_record_final(internal) RETURNS bytea AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;

-- ---- the aggregates: each for periods as text (2021-07, Q2 2021/22 …) and as dates

CREATE AGGREGATE waymark_trend(period text, value double precision, numerator double precision, denominator double precision, options jsonb) (
    SFUNC = waymark_add, STYPE = internal, SSPACE = 2048, FINALFUNC = waymark_trend_final, COMBINEFUNC = waymark_combine,
    SERIALFUNC = waymark_serialize, DESERIALFUNC = waymark_deserialize, PARALLEL = SAFE);
COMMENT ON AGGREGATE waymark_trend(text, double precision, double precision, double precision, jsonb) IS 'what a model makes of each reading, and expects next';

CREATE AGGREGATE waymark_trend(period date, value double precision, numerator double precision, denominator double precision, options jsonb) (
    SFUNC = waymark_add, STYPE = internal, SSPACE = 2048, FINALFUNC = waymark_trend_final, COMBINEFUNC = waymark_combine,
    SERIALFUNC = waymark_serialize, DESERIALFUNC = waymark_deserialize, PARALLEL = SAFE);
COMMENT ON AGGREGATE waymark_trend(date, double precision, double precision, double precision, jsonb) IS 'what a model makes of each reading, and expects next';

CREATE AGGREGATE waymark_spc(period text, value double precision, numerator double precision, denominator double precision, options jsonb) (
    SFUNC = waymark_add, STYPE = internal, SSPACE = 2048, FINALFUNC = waymark_spc_final, COMBINEFUNC = waymark_combine,
    SERIALFUNC = waymark_serialize, DESERIALFUNC = waymark_deserialize, PARALLEL = SAFE);
COMMENT ON AGGREGATE waymark_spc(text, double precision, double precision, double precision, jsonb) IS 'limits and signals: is it real or noise?';

CREATE AGGREGATE waymark_spc(period date, value double precision, numerator double precision, denominator double precision, options jsonb) (
    SFUNC = waymark_add, STYPE = internal, SSPACE = 2048, FINALFUNC = waymark_spc_final, COMBINEFUNC = waymark_combine,
    SERIALFUNC = waymark_serialize, DESERIALFUNC = waymark_deserialize, PARALLEL = SAFE);
COMMENT ON AGGREGATE waymark_spc(date, double precision, double precision, double precision, jsonb) IS 'limits and signals: is it real or noise?';

CREATE AGGREGATE waymark_chance(period text, value double precision, numerator double precision, denominator double precision, options jsonb) (
    SFUNC = waymark_add, STYPE = internal, SSPACE = 2048, FINALFUNC = waymark_chance_final, COMBINEFUNC = waymark_combine,
    SERIALFUNC = waymark_serialize, DESERIALFUNC = waymark_deserialize, PARALLEL = SAFE);
COMMENT ON AGGREGATE waymark_chance(text, double precision, double precision, double precision, jsonb) IS 'the chance that each target will be met, and when it is expected';

CREATE AGGREGATE waymark_chance(period date, value double precision, numerator double precision, denominator double precision, options jsonb) (
    SFUNC = waymark_add, STYPE = internal, SSPACE = 2048, FINALFUNC = waymark_chance_final, COMBINEFUNC = waymark_combine,
    SERIALFUNC = waymark_serialize, DESERIALFUNC = waymark_deserialize, PARALLEL = SAFE);
COMMENT ON AGGREGATE waymark_chance(date, double precision, double precision, double precision, jsonb) IS 'the chance that each target will be met, and when it is expected';

CREATE AGGREGATE waymark_assess(period text, value double precision, numerator double precision, denominator double precision, state text, received date, options jsonb) (
    SFUNC = waymark_add, STYPE = internal, SSPACE = 2048, FINALFUNC = waymark_assess_final, COMBINEFUNC = waymark_combine,
    SERIALFUNC = waymark_serialize, DESERIALFUNC = waymark_deserialize, PARALLEL = SAFE);
COMMENT ON AGGREGATE waymark_assess(text, double precision, double precision, double precision, text, date, jsonb) IS 'where a series stands on one day, where it goes, and its status with reasons';

CREATE AGGREGATE waymark_assess(period date, value double precision, numerator double precision, denominator double precision, state text, received date, options jsonb) (
    SFUNC = waymark_add, STYPE = internal, SSPACE = 2048, FINALFUNC = waymark_assess_final, COMBINEFUNC = waymark_combine,
    SERIALFUNC = waymark_serialize, DESERIALFUNC = waymark_deserialize, PARALLEL = SAFE);
COMMENT ON AGGREGATE waymark_assess(date, double precision, double precision, double precision, text, date, jsonb) IS 'where a series stands on one day, where it goes, and its status with reasons';

CREATE AGGREGATE waymark_assess_record(period text, value double precision, numerator double precision, denominator double precision, state text, received date, options jsonb) (
    SFUNC = waymark_add, STYPE = internal, SSPACE = 2048, FINALFUNC = waymark_assess_record_final, COMBINEFUNC = waymark_combine,
    SERIALFUNC = waymark_serialize, DESERIALFUNC = waymark_deserialize, PARALLEL = SAFE);
COMMENT ON AGGREGATE waymark_assess_record(text, double precision, double precision, double precision, text, date, jsonb) IS 'an assessment with its fit as the engine keeps them: for waymark batch, of the same method';

-- ---- the same for a series that lies in one row: its first period, and figures of the periods that follow one after another

CREATE FUNCTION waymark_trend(first text, "values" double precision[], numerators double precision[], denominators double precision[], options jsonb)
    RETURNS waymark_trend_row AS 'MODULE_PATHNAME', 'waymark_trend_arrays' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION waymark_trend(text, double precision[], double precision[], double precision[], jsonb) IS 'what a model makes of each reading, and expects next';
CREATE FUNCTION waymark_spc(first text, "values" double precision[], numerators double precision[], denominators double precision[], options jsonb)
    RETURNS waymark_spc_row AS 'MODULE_PATHNAME', 'waymark_spc_arrays' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION waymark_spc(text, double precision[], double precision[], double precision[], jsonb) IS 'limits and signals: is it real or noise?';
CREATE FUNCTION waymark_chance(first text, "values" double precision[], numerators double precision[], denominators double precision[], options jsonb)
    RETURNS waymark_chance_row AS 'MODULE_PATHNAME', 'waymark_chance_arrays' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION waymark_chance(text, double precision[], double precision[], double precision[], jsonb) IS 'the chance that each target will be met, and when it is expected';
CREATE FUNCTION waymark_assess(first text, "values" double precision[], numerators double precision[], denominators double precision[], options jsonb)
    RETURNS waymark_assess_row AS 'MODULE_PATHNAME', 'waymark_assess_arrays' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION waymark_assess(text, double precision[], double precision[], double precision[], jsonb) IS 'where a series stands on one day, where it goes, and its status with reasons';
