SELECT
    texts.id,
    texts.laptop,
    texts.kind,
    texts.supporter_id,
    texts.mobile,
    texts.body,
    texts.segments,
    texts.state,
    texts.reason,
    texts.code,
    texts.attempts,
    texts.attempted_at,
    texts.accepted_at,
    texts.created_at,
    texts.changed_at,
    texts.stands,
    texts.gateway IS 'practice' AND texts.state IN ('sending', 'accepted', 'delivered')
FROM texts
WHERE texts.kind IN ('confirmation', 'reminder', 'reply') AND texts.supporter_id IS NOT NULL
ORDER BY texts.rowid
