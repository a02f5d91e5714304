SELECT texts.id
FROM texts
JOIN supporters ON supporters.id = texts.supporter_id
WHERE texts.mobile = ?1
AND texts.kind = 'confirmation'
AND texts.laptop IS NULL
AND texts.state = 'not_sent'
AND texts.reason = 'shared_phone'
AND supporters.removed_at IS NULL
AND EXISTS (
    SELECT 1
    FROM last_words
    WHERE last_words.supporter_id = supporters.id
    AND last_words.purpose = 'texts'
    AND last_words.what = 'grant'
)
ORDER BY texts.id
