SELECT
    ledger.supporter_id,
    ledger.purpose,
    ledger.what,
    ledger.method,
    ledger.wording_id,
    ledger.at,
    ledger.hash,
    ledger.about_id IS NOT NULL,
    CASE ledger.what WHEN 'confirmation' THEN json_extract(ledger.personal, '$.mobile') END,
    ledger.id
FROM ledger
WHERE ledger.supporter_id
