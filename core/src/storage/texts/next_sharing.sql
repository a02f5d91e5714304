SELECT texts.id
FROM texts
JOIN supporters ON supporters.id = texts.supporter_id
WHERE texts.mobile = ?1
AND texts.kind = 'confirmation'
AND texts.state = 'not_sent'
AND texts.reason = 'shared_phone'
AND supporters.removed_at IS NULL
AND EXISTS (
    SELECT 1
    FROM standing_consents
    WHERE standing_consents.supporter_id = supporters.id AND standing_consents.purpose = 'texts'
)
ORDER BY texts.id
LIMIT 1
