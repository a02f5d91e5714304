-- Meant when it was written: a text by the provider's clock, however late it came.
SELECT
    json_extract(ledger.personal, '$.mobile'),
    ledger.what,
    ledger.id,
    coalesce(inbound.sent_at, ledger.at),
    ledger.about_id,
    ledger.method,
    ledger.at
FROM ledger
LEFT JOIN inbound ON inbound.id = ledger.evidence_id
WHERE ledger.supporter_id IS NULL
AND ledger.what IN ('opt_out', 'opt_out_undone')
AND ledger.personal IS NOT NULL
