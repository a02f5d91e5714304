SELECT reason
FROM text_events
WHERE text_id = ?1
AND state = 'not_sent'
AND rowid = (
    SELECT max(before.rowid)
    FROM text_events AS before
    WHERE before.text_id = ?1
    AND before.rowid < (
        SELECT max(queued.rowid)
        FROM text_events AS queued
        WHERE queued.text_id = ?1 AND queued.state = 'waiting' AND queued.reason = 'queued'
    )
)
