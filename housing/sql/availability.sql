-- What each dwelling is each day, as `housing.availability` says it: the days it is ours, and of them those it is let,
-- those it stands empty and cannot be let, and those it is vacant. Every day of ours is in exactly one of the three.
--
-- The caller may stand history in for the tables by expressions of the same names. Parameter: municipality (text or NULL
-- for all). One row a dwelling.
dwelling_days AS (
    SELECT d.id AS dwelling_id, d.municipality_id, o.ours, l.let, v.void, o.ours - l.let - v.void AS vacant
    FROM housing_dwelling d
    CROSS JOIN LATERAL (SELECT datemultirange(daterange(d.acquired_on, d.disposed_on)) AS ours) o
    CROSS JOIN LATERAL (
        SELECT o.ours * COALESCE(range_agg(daterange(r.starts_on, r.ends_on)), '{}') AS let
        FROM housing_residence r WHERE r.dwelling_id = d.id
    ) l
    CROSS JOIN LATERAL (
        SELECT o.ours * COALESCE(range_agg(daterange(x.starts_on, x.ends_on)), '{}') - l.let AS void
        FROM housing_dwellingvoid x WHERE x.dwelling_id = d.id
    ) v
    WHERE %(municipality)s::text IS NULL OR d.municipality_id = %(municipality)s::text
)
