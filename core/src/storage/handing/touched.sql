SELECT id
FROM supporters
WHERE rowid > ?1
UNION
SELECT touched.id
FROM touched
WHERE touched.serial > ?2 AND EXISTS (SELECT 1 FROM supporters WHERE supporters.id = touched.id)
UNION
SELECT supporter_id
FROM ledger
WHERE rowid > ?3 AND supporter_id IS NOT NULL
