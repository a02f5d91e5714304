SELECT
    supporters.id,
    supporters.first_name,
    supporters.last_name,
    supporters.captured_at,
    (
        SELECT shifts.canvasser
        FROM captures
        JOIN shifts ON shifts.id = captures.shift_id
        WHERE captures.supporter_id = supporters.id
        ORDER BY captures.captured_at
        LIMIT 1
    )
FROM supporters
WHERE supporters.mobile = ?1 AND supporters.removed_at IS NULL
ORDER BY supporters.captured_at DESC
LIMIT 5
