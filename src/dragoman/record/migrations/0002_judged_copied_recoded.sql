-- Claims that wait for an answer or are no longer coded; groups of near copies among documents.
ALTER TABLE claims ADD COLUMN state TEXT NOT NULL DEFAULT '';   -- '' in force, 'asked' waits, 'retired' only its judgement keeps it
ALTER TABLE claims ADD COLUMN instead TEXT NOT NULL DEFAULT ''; -- the judged claim that one in state 'asked' would replace
CREATE INDEX claims_state ON claims (state) WHERE state <> '';

ALTER TABLE documents ADD COLUMN story TEXT NOT NULL DEFAULT '';      -- near copies share it: the least of their ids
ALTER TABLE documents ADD COLUMN signature BLOB NOT NULL DEFAULT x''; -- MinHash of its words
CREATE INDEX documents_story ON documents (story);
CREATE INDEX documents_source ON documents (source);

-- Documents that share a band are compared.
CREATE TABLE bands (
    band INTEGER NOT NULL,
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    PRIMARY KEY (band, document)
) WITHOUT ROWID;
CREATE INDEX bands_document ON bands (document);

-- Where claims are looked for: two of one happening share a block, and their days, from first to last, overlap.
-- Claims of several sides stand in several blocks, one for each pair, so that "Britain and Russia" meets "Britain, Russia
-- and others". It takes the place of the columns block, first and last of claims, which stay as they were.
CREATE TABLE claim_blocks (
    block TEXT NOT NULL,
    first INTEGER NOT NULL,
    claim TEXT NOT NULL REFERENCES claims (id) ON DELETE CASCADE,
    last INTEGER NOT NULL,
    PRIMARY KEY (block, first, claim)
) WITHOUT ROWID;
CREATE INDEX claim_blocks_claim ON claim_blocks (claim);
INSERT INTO claim_blocks (block, first, last, claim) SELECT block, first, last, id FROM claims;
DROP INDEX claims_block;
