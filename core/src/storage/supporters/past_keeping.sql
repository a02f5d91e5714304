FROM supporters
WHERE supporters.removed_at IS NULL
AND supporters.updated_at < ?1
AND NOT EXISTS (
    SELECT 1
    FROM inbound
    WHERE inbound.mobile = supporters.mobile AND inbound.received_at >= ?1
)
AND NOT EXISTS (
    SELECT 1 FROM ledger WHERE ledger.supporter_id = supporters.id AND ledger.at >= ?1
)
