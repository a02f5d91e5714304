SELECT
    last.id,
    last.mobile,
    last.body,
    last.sent_at,
    last.received_at,
    last.meaning,
    last.outcome,
    last.decided_at IS NOT NULL,
    (SELECT count(*) FROM inbound WHERE inbound.mobile = last.mobile AND inbound.to_read = 1),
    EXISTS (
        SELECT 1
        FROM inbound
        WHERE inbound.mobile = last.mobile AND inbound.meaning = 'likely_stop' AND inbound.decided_at IS NULL
    ) AS undecided,
    EXISTS (SELECT 1 FROM opt_outs WHERE opt_outs.mobile = last.mobile)
FROM (SELECT mobile, max(id) AS id FROM inbound INDEXED BY inbound_by_mobile WHERE mobile <> '' GROUP BY mobile) AS newest
JOIN inbound AS last ON last.id = newest.id
ORDER BY
    EXISTS (SELECT 1 FROM inbound WHERE inbound.mobile = last.mobile AND inbound.to_read = 1) DESC,
    last.received_at DESC,
    last.id DESC
LIMIT ?1 OFFSET ?2
