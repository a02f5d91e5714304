FROM inbound
WHERE inbound.mobile <> ''
GROUP BY inbound.mobile
HAVING max(inbound.received_at) < ?1
AND NOT EXISTS (
    SELECT 1 FROM supporters WHERE supporters.mobile = inbound.mobile AND supporters.removed_at IS NULL
)
