SELECT
    captures.id,
    captures.supporter_id,
    supporters.first_name,
    supporters.last_name,
    supporters.mobile,
    captures.captured_at,
    captures.kind = 'update',
    captures.queued,
    (
        SELECT texts.state
        FROM texts
        WHERE texts.supporter_id = captures.supporter_id AND texts.kind = 'confirmation'
        ORDER BY texts.id DESC
        LIMIT 1
    ),
    (
        SELECT texts.reason
        FROM texts
        WHERE texts.supporter_id = captures.supporter_id AND texts.kind = 'confirmation'
        ORDER BY texts.id DESC
        LIMIT 1
    )
FROM captures
JOIN supporters ON supporters.id = captures.supporter_id
