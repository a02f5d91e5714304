FROM inbound
WHERE inbound.mobile <> ''
GROUP BY inbound.mobile
HAVING max(inbound.received_at) < ?1
AND NOT EXISTS (
    SELECT 1 FROM supporters WHERE supporters.mobile = inbound.mobile AND supporters.removed_at IS NULL
)
AND NOT EXISTS (
    SELECT 1
    FROM supporters AS gone
    JOIN merges ON merges.gone_id = gone.id AND merges.stands = 1
    WHERE gone.mobile = inbound.mobile AND gone.removed_at IS NOT NULL
)
