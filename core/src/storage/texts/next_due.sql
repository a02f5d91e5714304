SELECT min(at)
FROM (
    SELECT min(not_before) AS at
    FROM texts
    WHERE state = 'waiting' AND not_before > ?1
    UNION ALL
    SELECT min(next_look_at) AS at
    FROM texts
    WHERE next_look_at IS NOT NULL AND next_look_at > ?1 AND gateway = ?2 AND account = ?3
)
