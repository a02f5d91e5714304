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
    texts.first_look_at,
    EXISTS (SELECT 1 FROM opt_outs WHERE opt_outs.mobile = texts.mobile),
    supporters.removed_at IS NOT NULL,
    texts.supporter_id IS NOT NULL AND supporters.mobile IS NOT texts.mobile,
    EXISTS (
        SELECT 1
        FROM standing_consents
        WHERE standing_consents.supporter_id = texts.supporter_id AND standing_consents.purpose = 'texts'
    )
FROM texts
LEFT JOIN supporters ON supporters.id = texts.supporter_id
-- No wait of ours is longer than an hour: a later time was written while the laptop's clock was fast.
WHERE texts.state = 'waiting' AND (texts.not_before <= ?1 OR texts.not_before > ?1 + 3600000)
