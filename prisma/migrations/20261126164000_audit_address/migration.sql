-- Where the request came from; null: of no request, or from before this was noted.
ALTER TABLE audit_record ADD COLUMN address text;
