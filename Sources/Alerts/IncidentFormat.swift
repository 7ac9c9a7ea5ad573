/// The tables of incidents, their links and their history.
enum IncidentFormat {
  /// Blocks in parts, so that a list reads the columns it is filtered and ordered by. They are made
  /// anew.
  static let parts = """
    DROP TABLE incident_blocks;
    CREATE TABLE incident_block_parts (
      place INTEGER PRIMARY KEY,
      cells BLOB NOT NULL
    ) STRICT;
    INSERT OR IGNORE INTO changed_incidents SELECT id FROM incidents;
    """

  /// The moves of alerts by people, of which there are few in a long history.
  static let moves = """
    CREATE INDEX moves_by_hand ON history (tenant, incident)
      WHERE action = 'alert moved' AND is_system = 0;
    """

  /// Takes away what nothing reads or writes.
  static let withoutUnused = """
    DROP TABLE pipeline;
    DROP TABLE saved_filters;
    ALTER TABLE alerts DROP COLUMN document;
    """

  /// What the rule of an alert says of incidents, where it says something, and the alerts of such
  /// rules by time.
  static let settings = """
    ALTER TABLE alerts ADD COLUMN incident_settings TEXT;
    CREATE INDEX alerts_to_group ON alerts (tenant, rule, created)
      WHERE incident_settings IS NOT NULL;
    """

  /// What lists are filtered and ordered by in one index, so that a list of a hundred thousand
  /// incidents reads that alone, and not their rows.
  static let scanning = """
    ALTER TABLE incidents ADD COLUMN service_count INTEGER NOT NULL DEFAULT 0;
    UPDATE incidents SET service_count = (SELECT count(*) FROM incident_facets
      WHERE kind = 'serviceSource' AND incident = incidents.id);
    CREATE INDEX incidents_scan ON incidents (status, severity, priority, assigned_to,
      classification, determination, created, updated, first_activity, last_activity, alert_count,
      active_alert_count, device_count, user_count, mailbox_count, service_count, pending_actions,
      tenant, number, name);
    """

  /// What lists are filtered and ordered by, as blocks of 64 incidents, so that a list of a hundred
  /// thousand reads some megabytes of numbers; and which incidents changed since their block was
  /// written, which whatever changes them leaves behind.
  static let queue = """
    DROP INDEX incidents_scan;
    CREATE TABLE incident_words (
      id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,
      text TEXT NOT NULL,
      UNIQUE (kind, text)
    ) STRICT;
    CREATE TABLE incident_word_members (
      kind TEXT NOT NULL,
      member TEXT NOT NULL,
      word INTEGER NOT NULL REFERENCES incident_words (id),
      PRIMARY KEY (kind, member, word)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE incident_blocks (
      block INTEGER PRIMARY KEY,
      cells BLOB NOT NULL
    ) STRICT;
    CREATE TABLE changed_incidents (incident INTEGER PRIMARY KEY) STRICT;
    INSERT INTO changed_incidents SELECT id FROM incidents;
    CREATE TRIGGER incident_is_made AFTER INSERT ON incidents
      BEGIN INSERT OR IGNORE INTO changed_incidents VALUES (NEW.id); END;
    CREATE TRIGGER incident_is_changed AFTER UPDATE ON incidents
      BEGIN INSERT OR IGNORE INTO changed_incidents VALUES (NEW.id); END;
    CREATE TRIGGER incident_is_removed AFTER DELETE ON incidents
      BEGIN INSERT OR IGNORE INTO changed_incidents VALUES (OLD.id); END;
    CREATE TRIGGER tag_is_set AFTER INSERT ON incident_tags
      BEGIN INSERT OR IGNORE INTO changed_incidents VALUES (NEW.incident); END;
    CREATE TRIGGER tag_is_removed AFTER DELETE ON incident_tags
      BEGIN INSERT OR IGNORE INTO changed_incidents VALUES (OLD.incident); END;
    CREATE TRIGGER tag_is_changed AFTER UPDATE ON incident_tags
      BEGIN
        INSERT OR IGNORE INTO changed_incidents VALUES (OLD.incident);
        INSERT OR IGNORE INTO changed_incidents VALUES (NEW.incident);
      END;
    CREATE TRIGGER facet_is_set AFTER INSERT ON incident_facets WHEN NEW.kind <> 'entity'
      BEGIN INSERT OR IGNORE INTO changed_incidents VALUES (NEW.incident); END;
    CREATE TRIGGER facet_is_removed AFTER DELETE ON incident_facets WHEN OLD.kind <> 'entity'
      BEGIN INSERT OR IGNORE INTO changed_incidents VALUES (OLD.incident); END;
    """

  /// What imported alerts say of threats and policies, and lists by these and by what their devices
  /// are; blocks have a place for each column and are made anew.
  static let threats = """
    ALTER TABLE alerts ADD COLUMN threat_family TEXT NOT NULL DEFAULT '';
    ALTER TABLE alerts ADD COLUMN threat_actor TEXT NOT NULL DEFAULT '';
    ALTER TABLE alerts ADD COLUMN policy TEXT NOT NULL DEFAULT '';
    INSERT OR IGNORE INTO incident_facets (kind, value, incident)
      SELECT 'osPlatform', lower(json_extract(identifiers, '$.OSFamily')), incident
      FROM alert_entities JOIN alerts ON alerts.id = alert
      WHERE alert_entities.kind = 'Host' AND incident IS NOT NULL
        AND json_extract(identifiers, '$.OSFamily') <> '';
    DELETE FROM incident_blocks;
    INSERT OR IGNORE INTO changed_incidents SELECT id FROM incidents;
    """

  /// What DeviceInfo says of devices by each of their names, in small letters, so that incidents
  /// are found by it and no list reads that table.
  static let devices = """
    CREATE TABLE known_devices (
      tenant TEXT NOT NULL,
      name TEXT NOT NULL,
      os_platform TEXT NOT NULL,
      device_group TEXT NOT NULL,
      PRIMARY KEY (tenant, name)
    ) STRICT, WITHOUT ROWID;
    """

  /// What alerts of other products came as: the last of each. It had `bytes`, of which the first
  /// `kept` are there: in zstd, where that is shorter.
  static let documents = """
    CREATE TABLE alert_documents (
      alert TEXT NOT NULL PRIMARY KEY REFERENCES alerts (id) ON DELETE CASCADE,
      received INTEGER NOT NULL,
      bytes INTEGER NOT NULL,
      kept INTEGER NOT NULL,
      document BLOB NOT NULL
    ) STRICT;
    """

  /// Incidents that are to be counted anew, since earlier releases counted devices and people
  /// otherwise.
  static let counting = """
    CREATE TABLE incidents_to_count (incident INTEGER PRIMARY KEY) STRICT;
    INSERT INTO incidents_to_count SELECT id FROM incidents
      WHERE alert_count > 0 AND status <> 'redirected';
    """

  /// Finds what was done to an alert, in whatever incident it was.
  static let alertHistory = """
    CREATE INDEX history_of_alert ON history (alert) WHERE alert IS NOT NULL;
    """

  /// Filters by the names that principals gave them, and the names by which products know one user
  /// or device of a tenant, as alerts that carry several of them tell it; those of one have the
  /// same number.
  static let names = """
    CREATE TABLE entity_names (
      tenant TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('user', 'device')),
      name TEXT NOT NULL,
      entity INTEGER NOT NULL,
      PRIMARY KEY (tenant, kind, name)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX names_of_entity ON entity_names (entity);
    CREATE INDEX alerts_by_title ON alerts (tenant, title);

    CREATE TABLE saved_filters (
      principal TEXT NOT NULL,
      name TEXT NOT NULL,
      text TEXT NOT NULL,
      PRIMARY KEY (principal, name)
    ) STRICT, WITHOUT ROWID;
    """

  /// Times are ticks, severities ranks from 0 (informational) to 3 (high). An alert of another
  /// product has no rule and run 0; `provider_id` is the id by which that product knows it.
  static let first = """
    ALTER TABLE alerts ADD COLUMN provider_id TEXT;
    ALTER TABLE alerts ADD COLUMN product TEXT NOT NULL DEFAULT '';
    ALTER TABLE alerts ADD COLUMN assigned_to TEXT;
    ALTER TABLE alerts ADD COLUMN classification TEXT NOT NULL DEFAULT 'unknown';
    ALTER TABLE alerts ADD COLUMN determination TEXT NOT NULL DEFAULT 'unknown';
    ALTER TABLE alerts ADD COLUMN resolved INTEGER;
    ALTER TABLE alerts ADD COLUMN investigation_state TEXT;
    ALTER TABLE alerts ADD COLUMN threat TEXT NOT NULL DEFAULT '';
    ALTER TABLE alerts ADD COLUMN document TEXT;
    ALTER TABLE alerts ADD COLUMN incident INTEGER;
    ALTER TABLE alert_entities ADD COLUMN role TEXT NOT NULL DEFAULT '';
    ALTER TABLE alert_entities ADD COLUMN verdict TEXT NOT NULL DEFAULT 'unknown';
    ALTER TABLE alert_entities ADD COLUMN remediation TEXT NOT NULL DEFAULT 'none';
    CREATE UNIQUE INDEX alerts_of_provider ON alerts (tenant, provider_id)
      WHERE provider_id IS NOT NULL;
    CREATE INDEX alerts_of_incident ON alerts (incident, created);
    CREATE INDEX alerts_by_time ON alerts (created);

    CREATE TABLE incidents (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      tenant TEXT NOT NULL,
      number INTEGER NOT NULL,
      status TEXT NOT NULL
        CHECK (status IN ('active', 'inProgress', 'awaitingAction', 'resolved', 'redirected')),
      severity INTEGER NOT NULL CHECK (severity BETWEEN 0 AND 3),
      has_own_severity INTEGER NOT NULL DEFAULT 0,
      priority INTEGER NOT NULL,
      name TEXT NOT NULL,
      name_origin TEXT NOT NULL CHECK (name_origin IN ('automatic', 'manual', 'imported')),
      assigned_to TEXT,
      classification TEXT NOT NULL DEFAULT 'unknown',
      determination TEXT NOT NULL DEFAULT 'unknown',
      redirected_to INTEGER REFERENCES incidents (id),
      created INTEGER NOT NULL,
      updated INTEGER NOT NULL,
      first_activity INTEGER NOT NULL,
      last_activity INTEGER NOT NULL,
      acknowledged INTEGER,
      resolved INTEGER,
      alert_count INTEGER NOT NULL DEFAULT 0,
      active_alert_count INTEGER NOT NULL DEFAULT 0,
      device_count INTEGER NOT NULL DEFAULT 0,
      user_count INTEGER NOT NULL DEFAULT 0,
      mailbox_count INTEGER NOT NULL DEFAULT 0,
      pending_actions INTEGER NOT NULL DEFAULT 0,
      UNIQUE (tenant, number)
    ) STRICT;
    CREATE INDEX incidents_by_update ON incidents (updated);
    CREATE INDEX incidents_of_tenant ON incidents (tenant, updated);
    CREATE INDEX incidents_by_owner ON incidents (assigned_to, updated);

    CREATE TABLE incident_texts (
      incident INTEGER PRIMARY KEY REFERENCES incidents (id),
      description TEXT NOT NULL DEFAULT '',
      resolving_comment TEXT NOT NULL DEFAULT ''
    ) STRICT;

    CREATE TABLE incident_numbers (
      tenant TEXT NOT NULL PRIMARY KEY,
      last INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE incident_tags (
      tenant TEXT NOT NULL,
      tag TEXT NOT NULL,
      incident INTEGER NOT NULL REFERENCES incidents (id),
      is_system INTEGER NOT NULL,
      PRIMARY KEY (tag, incident)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX tags_of_incident ON incident_tags (incident);

    CREATE TABLE used_tags (
      tenant TEXT NOT NULL,
      tag TEXT NOT NULL,
      last INTEGER NOT NULL,
      PRIMARY KEY (tenant, tag)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE incident_facets (
      kind TEXT NOT NULL,
      value TEXT NOT NULL,
      incident INTEGER NOT NULL REFERENCES incidents (id),
      PRIMARY KEY (kind, value, incident)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX facets_of_incident ON incident_facets (incident);

    CREATE TABLE correlation_keys (
      tenant TEXT NOT NULL,
      key TEXT NOT NULL,
      time INTEGER NOT NULL,
      alert TEXT NOT NULL REFERENCES alerts (id),
      PRIMARY KEY (tenant, key, time, alert)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE alert_links (
      alert TEXT NOT NULL REFERENCES alerts (id),
      position INTEGER NOT NULL,
      other TEXT NOT NULL,
      reason TEXT NOT NULL,
      key TEXT NOT NULL,
      weight REAL NOT NULL,
      PRIMARY KEY (alert, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE history (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      tenant TEXT NOT NULL,
      incident INTEGER NOT NULL REFERENCES incidents (id),
      alert TEXT,
      at INTEGER NOT NULL,
      actor TEXT NOT NULL,
      is_system INTEGER NOT NULL,
      action TEXT NOT NULL,
      old TEXT NOT NULL DEFAULT '',
      new TEXT NOT NULL DEFAULT '',
      comment TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE INDEX history_of_incident ON history (incident, id);
    CREATE INDEX history_of_tenant ON history (tenant, id);
    CREATE TRIGGER history_stays BEFORE UPDATE ON history
      BEGIN SELECT RAISE(ABORT, 'history is never changed'); END;
    CREATE TRIGGER history_is_kept BEFORE DELETE ON history
      BEGIN SELECT RAISE(ABORT, 'history is never deleted'); END;

    CREATE TABLE pipeline (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      position INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE saved_filters (
      principal TEXT NOT NULL,
      name TEXT NOT NULL,
      text TEXT NOT NULL,
      PRIMARY KEY (principal, name)
    ) STRICT, WITHOUT ROWID;
    """
}
