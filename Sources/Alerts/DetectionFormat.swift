/// The tables of rules, their runs, their alerts and tuning.
enum DetectionFormat {
  static let tuning = """
    CREATE TABLE tuning_rules (
      name TEXT NOT NULL PRIMARY KEY,
      condition TEXT NOT NULL,
      action TEXT NOT NULL CHECK (action IN ('hide', 'resolve')),
      tenant TEXT,
      is_on INTEGER NOT NULL,
      comment TEXT NOT NULL,
      created INTEGER NOT NULL,
      created_by TEXT NOT NULL,
      hits INTEGER NOT NULL DEFAULT 0,
      last_hit INTEGER
    ) STRICT, WITHOUT ROWID;
    """

  /// Tells which runs alerts refer to, so that the others can be forgotten, and from which event
  /// time on rows behind the watermark were not looked at.
  static let runs = """
    CREATE INDEX alerts_of_run ON alerts (run);
    ALTER TABLE assignments ADD COLUMN unseen_from INTEGER;
    """

  /// Times are ticks, keys and signatures hexadecimal digits, lists and mappings JSON.
  static let first = """
    CREATE TABLE rules (
      id TEXT NOT NULL PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      document TEXT NOT NULL,
      format TEXT NOT NULL CHECK (format IN ('yaml', 'json')),
      version INTEGER NOT NULL,
      changed INTEGER NOT NULL,
      changed_by TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE assignments (
      tenant TEXT NOT NULL,
      rule TEXT NOT NULL REFERENCES rules (id),
      state TEXT NOT NULL CHECK (state IN ('enabled', 'disabled', 'autoDisabled')),
      anchor INTEGER NOT NULL,
      covered INTEGER,
      watermark TEXT NOT NULL DEFAULT '{}',
      failures INTEGER NOT NULL DEFAULT 0,
      retry_at INTEGER,
      suppressed_until INTEGER,
      fence INTEGER NOT NULL DEFAULT 0,
      lease_owner TEXT,
      lease_until INTEGER,
      PRIMARY KEY (tenant, rule)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE runs (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      tenant TEXT NOT NULL,
      rule TEXT NOT NULL,
      rule_version INTEGER NOT NULL,
      cause TEXT NOT NULL,
      due INTEGER NOT NULL,
      window_start INTEGER NOT NULL,
      window_end INTEGER NOT NULL,
      started INTEGER NOT NULL,
      finished INTEGER NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('completed', 'failed')),
      error_code TEXT,
      reason TEXT,
      rows INTEGER NOT NULL,
      new_events INTEGER NOT NULL,
      alerts INTEGER NOT NULL,
      folded_events INTEGER NOT NULL,
      cut_alerts INTEGER NOT NULL,
      hidden_alerts INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX runs_of_rule ON runs (rule, tenant, id);

    CREATE TABLE run_events (
      run INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
      tenant TEXT NOT NULL,
      rule TEXT NOT NULL,
      latest INTEGER,
      keys TEXT NOT NULL
    ) STRICT;
    CREATE INDEX events_of_rule ON run_events (tenant, rule, latest);

    CREATE TABLE gaps (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      tenant TEXT NOT NULL,
      rule TEXT NOT NULL,
      start INTEGER NOT NULL,
      finish INTEGER NOT NULL,
      reason TEXT NOT NULL,
      noted INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE alerts (
      id TEXT NOT NULL PRIMARY KEY,
      key TEXT NOT NULL UNIQUE,
      tenant TEXT NOT NULL,
      rule TEXT NOT NULL,
      run INTEGER NOT NULL,
      signature TEXT NOT NULL,
      title TEXT NOT NULL,
      description TEXT NOT NULL,
      recommended_actions TEXT,
      severity TEXT NOT NULL,
      category TEXT NOT NULL,
      tactics TEXT NOT NULL,
      techniques TEXT NOT NULL,
      service_source TEXT NOT NULL,
      detection_source TEXT NOT NULL,
      status TEXT NOT NULL,
      first_time INTEGER NOT NULL,
      last_time INTEGER NOT NULL,
      created INTEGER NOT NULL,
      updated INTEGER NOT NULL,
      events INTEGER NOT NULL,
      stands_for INTEGER NOT NULL,
      is_correlated INTEGER NOT NULL,
      tuned_by TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX alerts_of_rule ON alerts (tenant, rule, signature, last_time);
    CREATE INDEX alerts_of_tenant ON alerts (tenant, created);

    CREATE TABLE alert_events (
      alert TEXT NOT NULL REFERENCES alerts (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      key TEXT NOT NULL,
      time INTEGER,
      row TEXT NOT NULL,
      PRIMARY KEY (alert, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE alert_entities (
      alert TEXT NOT NULL REFERENCES alerts (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      kind TEXT NOT NULL,
      is_impacted INTEGER NOT NULL,
      is_strong INTEGER NOT NULL,
      identifiers TEXT NOT NULL,
      PRIMARY KEY (alert, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE alert_details (
      alert TEXT NOT NULL REFERENCES alerts (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('custom', 'property')),
      label TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (alert, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE requested_actions (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      tenant TEXT NOT NULL,
      alert TEXT NOT NULL REFERENCES alerts (id) ON DELETE CASCADE,
      kind TEXT NOT NULL,
      targets TEXT NOT NULL,
      isolation TEXT,
      device_groups TEXT NOT NULL,
      requested INTEGER NOT NULL,
      UNIQUE (alert, kind, targets)
    ) STRICT;

    CREATE TABLE outbox (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      tenant TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('alertCreated', 'alertUpdated')),
      alert TEXT NOT NULL,
      noted INTEGER NOT NULL
    ) STRICT;
    """
}
