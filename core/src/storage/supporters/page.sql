SELECT
    supporters.id,
    supporters.first_name,
    supporters.last_name,
    supporters.mobile,
    supporters.postcode,
    supporters.captured_at,
    EXISTS (
        SELECT 1
        FROM standing_consents
        WHERE standing_consents.supporter_id = supporters.id AND standing_consents.purpose = 'texts'
    ),
    (
        SELECT texts.state
        FROM texts
        WHERE texts.supporter_id = supporters.id
        ORDER BY texts.id DESC
        LIMIT 1
    ),
    (
        SELECT shifts.canvasser
        FROM captures
        JOIN shifts ON shifts.id = captures.shift_id
        WHERE captures.supporter_id = supporters.id
        ORDER BY captures.captured_at
        LIMIT 1
    )
FROM supporters
WHERE supporters.removed_at IS NULL
ORDER BY supporters.captured_at DESC, supporters.id DESC
LIMIT ?1 OFFSET ?2
