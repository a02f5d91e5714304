-- What is done beside the work, or asked each time that something changes, looks at no more than it has to.

-- Who was taken back, and of whom anything can still be read.
CREATE INDEX supporters_to_erase ON supporters (removed_at)
WHERE removed_at IS NOT NULL
AND (first_name <> '' OR last_name <> '' OR mobile IS NOT NULL OR email <> '' OR postcode <> '');

-- What was said of a number as a whole.
CREATE INDEX ledger_by_number ON ledger (json_extract(personal, '$.mobile'))
WHERE supporter_id IS NULL AND personal IS NOT NULL;

CREATE INDEX acts_by_entry ON acts (entry_id) WHERE entry_id IS NOT NULL;

-- What Undo comes to: not what somebody did themselves, nor what another laptop handed over.
DROP INDEX acts_own;

CREATE INDEX acts_to_undo ON acts (undone_at)
WHERE undone_at IS NULL AND laptop IS NULL AND settled = 0 AND kind NOT IN ('own_handset', 'take_in');
