SELECT
    supporters.id,
    supporters.mobile,
    supporters.language,
    supporters.first_name
FROM texts
JOIN supporters ON supporters.id = texts.supporter_id
JOIN last_words ON last_words.supporter_id = supporters.id AND last_words.purpose = 'texts'
WHERE texts.kind = 'confirmation'
-- Who was asked from another laptop is reminded from there.
AND texts.laptop IS NULL
AND texts.state IN ('accepted', 'delivered')
AND texts.accepted_at <= ?1
-- Whoever was asked before the vault was restored may have been reminded since the backup.
AND texts.accepted_at > (SELECT coalesce(max(restores.at), 0) FROM restores)
AND supporters.removed_at IS NULL
AND supporters.mobile = texts.mobile
AND last_words.what = 'grant'
AND NOT last_words.confirmed
AND NOT EXISTS (SELECT 1 FROM opt_outs WHERE opt_outs.mobile = texts.mobile)
AND NOT EXISTS (
    SELECT 1 FROM inbound WHERE inbound.mobile = texts.mobile AND inbound.received_at >= texts.attempted_at
)
AND NOT EXISTS (
    SELECT 1 FROM texts AS reminder WHERE reminder.mobile = texts.mobile AND reminder.kind = 'reminder'
)
ORDER BY texts.accepted_at
LIMIT ?2
