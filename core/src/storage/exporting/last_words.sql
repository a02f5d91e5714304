SELECT
    last_words.purpose,
    last_words.what,
    last_words.confirmed,
    ledger.method,
    ledger.wording_id,
    ledger.at,
    ledger.hash
FROM last_words
JOIN ledger ON ledger.id = last_words.id
WHERE last_words.supporter_id = ?1
ORDER BY last_words.purpose
