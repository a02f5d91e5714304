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
AND NOT EXISTS (
    SELECT 1
    FROM merges
    JOIN supporters AS gone ON gone.id = merges.gone_id
    JOIN inbound ON inbound.mobile = gone.mobile
    WHERE merges.kept_id = supporters.id AND merges.stands = 1 AND inbound.received_at >= ?1
)
