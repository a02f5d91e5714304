-- Whom People shows with which text, and as somebody to put right.

-- A text that may or may not have gone is a person's to decide, whatever was written to them since.
CREATE INDEX texts_uncertain ON texts (supporter_id) WHERE state = 'uncertain';

-- As before, but that answers, goodbyes and help say nothing of whether the confirmation or the reminder arrived.
DROP VIEW standing_now;

CREATE VIEW standing_now AS
SELECT
    supporters.rowid AS person,
    coalesce(
        (
            SELECT CASE WHEN last_words.confirmed THEN 3 WHEN last_words.what = 'grant' THEN 2 ELSE 1 END
            FROM last_words
            WHERE last_words.supporter_id = supporters.id AND last_words.purpose = 'texts'
        ),
        0
    ) AS consent,
    newest.state AS text,
    CASE
        WHEN supporters.number_trouble IS NOT NULL THEN 1
        WHEN newest.state IN ('failed', 'undelivered') AND newest.reason = 'trouble:number'
            AND newest.mobile = supporters.mobile THEN 2
        WHEN EXISTS (
            SELECT 1 FROM texts WHERE texts.supporter_id = supporters.id AND texts.state = 'uncertain'
        ) THEN 3
        ELSE 0
    END AS trouble,
    sort_key(supporters.last_name, supporters.first_name) AS by_name,
    sort_key(supporters.first_name, supporters.last_name) AS by_first_name,
    supporters.captured_at AS captured_at,
    coalesce(
        (
            SELECT shifts.canvasser
            FROM captures
            JOIN shifts ON shifts.id = captures.shift_id
            WHERE captures.supporter_id = supporters.id
            ORDER BY captures.captured_at
            LIMIT 1
        ),
        (SELECT acts.who FROM acts WHERE acts.id = supporters.brought_by),
        ''
    ) AS canvasser
FROM supporters
LEFT JOIN texts AS newest ON newest.id = (
    SELECT texts.id
    FROM texts
    WHERE texts.supporter_id = supporters.id AND texts.kind IN ('confirmation', 'reminder')
    ORDER BY texts.id DESC
    LIMIT 1
)
WHERE supporters.removed_at IS NULL;

-- Of everybody else it says what it said before.
UPDATE standings
SET (text, trouble) = (
    SELECT standing_now.text, standing_now.trouble FROM standing_now
    WHERE standing_now.person = standings.person
)
WHERE person IN (
    SELECT supporters.rowid
    FROM texts
    JOIN supporters ON supporters.id = texts.supporter_id
    WHERE texts.kind NOT IN ('confirmation', 'reminder') OR texts.state = 'uncertain'
);

-- In an order of texts, whoever has none comes last, as in every other.
DROP INDEX standings_by_text;

CREATE INDEX standings_in_order_of_text ON standings (text IS NULL, text);
