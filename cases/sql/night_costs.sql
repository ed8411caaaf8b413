-- What nights in temporary accommodation cost as agreed, month by month: the placement's own price, else the room's.
-- Parameters: municipality, first (date), until (date): nights of the half-open period, each once a household.
-- `late`: from the night of the stay's limit on. `waiting`: with a decision on a dwelling in their favour and none yet.
-- Places that the special unit alone knows are left out: they have no price.
WITH nights AS (
    SELECT b.household_id, n.night::date AS night,
           COALESCE(NULLIF(b.price_a_night, 0), NULLIF(r.price_a_night, 0)) AS price
    FROM housing_residence b
    LEFT JOIN housing_room r ON r.id = b.room_id
    CROSS JOIN LATERAL generate_series(
        GREATEST(b.starts_on, %(first)s::date), LEAST(b.ends_on, %(until)s::date) - 1, INTERVAL '1 day'
    ) AS n (night)
    WHERE b.municipality_id = %(municipality)s AND b.kind = 'temporary' AND NOT b.is_undisclosed
      AND b.starts_on < %(until)s AND (b.ends_on IS NULL OR b.ends_on > %(first)s)
), judged AS (
    SELECT n.night, n.price,
           EXISTS (SELECT FROM housing_spell s WHERE s.household_id = n.household_id AND s.state = 'temporary'
                   AND s.limit_on <= n.night AND s.starts_on <= n.night AND s.ends_on > n.night) AS is_late,
           EXISTS (SELECT FROM cases_housingapplication a WHERE a.household_id = n.household_id AND a.kind = 'new'
                   AND a.granted_on <= n.night AND (a.ended_on IS NULL OR a.ended_on > n.night)) AS is_waiting
    FROM nights n
)
SELECT date_trunc('month', night)::date,
       count(*), count(price), COALESCE(sum(price), 0),
       count(*) FILTER (WHERE is_late), COALESCE(sum(price) FILTER (WHERE is_late), 0),
       count(*) FILTER (WHERE is_waiting), COALESCE(sum(price) FILTER (WHERE is_waiting), 0)
FROM judged
GROUP BY 1
ORDER BY 1
