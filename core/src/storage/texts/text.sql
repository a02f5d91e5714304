SELECT
    texts.id,
    texts.kind,
    texts.supporter_id,
    texts.mobile,
    texts.body,
    texts.state,
    texts.reason,
    texts.attempts,
    texts.provider_id,
    texts.attempted_at,
    texts.accepted_at,
    texts.looks,
    texts.first_look_at
FROM texts
