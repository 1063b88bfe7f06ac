-- What a search is narrowed by stands as words (`marks.py`, here with `=` before them) beside those of the text.
ALTER TABLE documents ADD COLUMN marks TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE claims ADD COLUMN marks TEXT COLLATE "C" NOT NULL DEFAULT '';

-- Records of before folded accents by an extension that not every server has.
CREATE OR REPLACE FUNCTION folded(words TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE AS $$
    SELECT regexp_replace(normalize(words, NFD), '[\u0300-\u036f]+', '', 'g')
$$;
CREATE FUNCTION marks_words(marks TEXT) RETURNS tsvector LANGUAGE sql IMMUTABLE AS $$
    SELECT array_to_tsvector(ARRAY(SELECT '=' || mark FROM unnest(string_to_array(marks, ' ')) AS mark))
$$;
CREATE OR REPLACE FUNCTION documents_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    new.words := setweight(to_tsvector('simple', folded(new.title)), 'A')
        || setweight(to_tsvector('simple', folded(left(new.text, 400000))), 'D') || marks_words(new.marks);
    RETURN new;
END $$;
CREATE OR REPLACE FUNCTION claims_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    new.words := to_tsvector('simple', folded(left(new.text, 400000))) || marks_words(new.marks);
    RETURN new;
END $$;
CREATE TRIGGER documents_marked BEFORE UPDATE OF marks ON documents FOR EACH ROW EXECUTE FUNCTION documents_words();
CREATE TRIGGER claims_marked BEFORE UPDATE OF marks ON claims FOR EACH ROW EXECUTE FUNCTION claims_words();

CREATE FUNCTION mark_of(letter TEXT, value TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE AS $$
    SELECT letter || encode(convert_to(value, 'UTF8'), 'hex')
$$;
CREATE FUNCTION marks_of_days(first TEXT, last TEXT) RETURNS SETOF TEXT LANGUAGE sql IMMUTABLE AS $$
    WITH years AS (
        SELECT least(greatest(left(first, 4)::INTEGER, 1900), 2099) AS a, least(greatest(left(last, 4)::INTEGER, 1900), 2099) AS b
        WHERE first IS NOT NULL AND last IS NOT NULL
    )
    SELECT 'long' FROM years WHERE b - a > 30
    UNION SELECT 'y' || y FROM years, generate_series(a, b) AS y WHERE b - a <= 30
    UNION SELECT 'd' || y / 10 FROM years, generate_series(a, b) AS y WHERE b - a <= 30
$$;
UPDATE claims SET marks = (SELECT coalesce(string_agg(mark, ' ' ORDER BY mark COLLATE "C"), '') FROM (
    SELECT mark_of('k', claims.kind) AS mark
    UNION SELECT mark_of('t', claims.type) WHERE claims.type <> ''
    UNION SELECT mark_of('s', claims.status) WHERE claims.status <> ''
    UNION SELECT mark_of('o', source) FROM documents WHERE id = claims.document AND source <> ''
    UNION SELECT mark_of('a', side) FROM documents WHERE id = claims.document AND side <> ''
    UNION SELECT mark_of('p', party) FROM claim_actors WHERE claim = claims.id AND party <> ''
    UNION SELECT marks_of_days(claims.date_start, claims.date_end)
) AS listed);
UPDATE documents SET marks = (SELECT coalesce(string_agg(mark, ' ' ORDER BY mark COLLATE "C"), '') FROM (
    SELECT mark_of('o', documents.source) AS mark WHERE documents.source <> ''
    UNION SELECT mark_of('a', documents.side) WHERE documents.side <> ''
    UNION SELECT mark_of('p', party) FROM claims AS c JOIN claim_actors AS a ON a.claim = c.id
        WHERE c.document = documents.id AND c.state = '' AND party <> ''
    UNION SELECT marks_of_days(documents.published_start, documents.published_end)
) AS listed);
DROP FUNCTION mark_of;
DROP FUNCTION marks_of_days;

