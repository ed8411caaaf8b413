-- Statement triggers call this even when the context is JSON in the event, and pghistory's own version would write
-- pghistory_context: a row the app could change.
CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS uuid
LANGUAGE sql STABLE SET search_path = public, pg_temp
AS $$ SELECT NULL::uuid $$;
