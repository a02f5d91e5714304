-- Meant when it was written, as in handing/opt_outs.sql.
SELECT EXISTS (
    SELECT 1
    FROM ledger
    LEFT JOIN inbound ON inbound.id = ledger.evidence_id
    WHERE ledger.supporter_id IS NULL
    AND ledger.what = 'opt_out_undone'
    AND ledger.personal IS NOT NULL
    AND json_extract(ledger.personal, '$.mobile') = ?1
    AND (ledger.about_id = ?3 OR coalesce(inbound.sent_at, ledger.at) > ?2)
)
