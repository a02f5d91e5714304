SELECT
    texts.id,
    supporters.first_name,
    (
        SELECT shifts.canvasser
        FROM captures
        JOIN shifts ON shifts.id = captures.shift_id
        WHERE captures.supporter_id = supporters.id
        ORDER BY captures.captured_at DESC
        LIMIT 1
    )
FROM texts
JOIN supporters ON supporters.id = texts.supporter_id
WHERE texts.state = 'waiting'
AND texts.kind = ?2
AND texts.attempts = 0
-- Whose language has no words of its own gets the English ones.
AND (
    supporters.language = ?1
    OR (
        ?1 = 'en'
        AND supporters.language NOT IN (
            SELECT newest.language
            FROM (
                SELECT language, max(version), body FROM templates WHERE kind = ?2 GROUP BY language
            ) AS newest
            WHERE newest.body <> ''
        )
    )
)
