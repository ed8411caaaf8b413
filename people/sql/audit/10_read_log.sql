-- Adds lines to the read log, all in one statement. The caller says who read; the database says when.
CREATE OR REPLACE FUNCTION audit.read(employee bigint, what text, route text, request text, rows jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    written bigint;
BEGIN
    INSERT INTO audit.read_log
        (employee_id, role, unit_id, household_id, person_id, what, purpose, grant_id, route, request, refused)
    SELECT employee, r.role, r.unit, r.household, r.person, read.what, r.purpose, r."grant", read.route, read.request,
           r.refused
    FROM jsonb_to_recordset(rows) AS r (
        household bigint, person bigint, role text, unit bigint, purpose text, "grant" bigint, refused boolean
    );
    GET DIAGNOSTICS written = ROW_COUNT;
    RETURN written;
END $$;
