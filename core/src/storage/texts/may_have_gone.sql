SELECT EXISTS (
    SELECT 1
    FROM text_events AS lost
    WHERE lost.text_id = ?1
    AND lost.state = 'uncertain'
    AND NOT EXISTS (
        SELECT 1
        FROM text_events AS later
        WHERE later.text_id = lost.text_id
        AND later.rowid > lost.rowid
        AND (later.reason = 'proved_absent' OR later.state IN ('accepted', 'delivered', 'undelivered'))
    )
)
