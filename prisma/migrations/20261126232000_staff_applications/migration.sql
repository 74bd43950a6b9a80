-- The only applications that a user may see in an organisation, and that an invitation lets them see; empty: all.
ALTER TABLE staff_member ADD COLUMN app_ids text[] NOT NULL DEFAULT '{}';
ALTER TABLE staff_link ADD COLUMN app_ids text[] NOT NULL DEFAULT '{}';
