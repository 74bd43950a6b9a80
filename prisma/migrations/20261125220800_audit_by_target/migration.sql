-- What was done to one endpoint, for its customer.
CREATE INDEX audit_record_target ON audit_record (target, id);
