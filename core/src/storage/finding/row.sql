SELECT
    supporters.id,
    supporters.first_name,
    supporters.last_name,
    supporters.mobile,
    supporters.email,
    supporters.postcode,
    supporters.language,
    standings.consent,
    standings.text,
    supporters.mobile IS NOT NULL
    AND EXISTS (SELECT 1 FROM opt_outs WHERE opt_outs.mobile = supporters.mobile),
    supporters.captured_at,
    supporters.updated_at,
    standings.canvasser,
    standings.trouble,
    supporters.number_trouble
FROM standings
CROSS JOIN supporters ON supporters.rowid = standings.person
WHERE standings.person = ?1
