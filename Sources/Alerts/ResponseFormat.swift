/// The tables of investigations, actions and what they leave behind.
enum ResponseFormat {
  /// Actions that other investigations asked for, on which an investigation waits too.
  static let shared = """
    CREATE TABLE shared_actions (
      investigation INTEGER NOT NULL REFERENCES investigations (id),
      action INTEGER NOT NULL REFERENCES actions (id),
      PRIMARY KEY (investigation, action)
    ) STRICT, WITHOUT ROWID;
    """

  /// Finds which investigations wait for an action of another, and counts such actions in the
  /// incidents of all of them.
  static let sharedByAction = """
    CREATE INDEX shared_by_action ON shared_actions (action);
    UPDATE incidents SET pending_actions = (SELECT count(*) FROM (
        SELECT id FROM actions WHERE incident = incidents.id AND status = 'pending'
        UNION SELECT actions.id FROM alerts
          JOIN investigations ON investigations.alert = alerts.id
          JOIN shared_actions ON shared_actions.investigation = investigations.id
          JOIN actions ON actions.id = shared_actions.action
          WHERE alerts.incident = incidents.id AND actions.status = 'pending'
            AND investigations.status IN ('running', 'pendingAction')))
      WHERE id IN (SELECT alerts.incident FROM shared_actions
        JOIN investigations ON investigations.id = shared_actions.investigation
        JOIN alerts ON alerts.id = investigations.alert);
    """

  /// Lets actions be queued, which their table's check did not know. SQLite changes no check but
  /// that of a new table; foreign keys to the old one mean the new one by its name.
  static let queued = """
    \(actionTable("actions_with_queue", "'queued', " + actionStatuses))
    INSERT INTO actions_with_queue (\(actionColumns)) SELECT \(actionColumns) FROM actions;
    DROP TABLE actions;
    ALTER TABLE actions_with_queue RENAME TO actions;
    \(actionIndexes)
    """

  private static func actionTable(_ name: String, _ statuses: String) -> String {
    """
    CREATE TABLE \(name) (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      tenant TEXT NOT NULL,
      number INTEGER NOT NULL,
      kind TEXT NOT NULL,
      target TEXT NOT NULL,
      effect TEXT NOT NULL,
      parameters TEXT NOT NULL DEFAULT '{}',
      approval TEXT NOT NULL,
      name TEXT NOT NULL DEFAULT '',
      source TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN (\(statuses))),
      detail TEXT NOT NULL DEFAULT '',
      connector TEXT NOT NULL DEFAULT '',
      before TEXT NOT NULL DEFAULT '',
      alert TEXT REFERENCES alerts (id),
      incident INTEGER REFERENCES incidents (id),
      investigation INTEGER REFERENCES investigations (id),
      undoes INTEGER REFERENCES actions (id),
      requested_by TEXT NOT NULL,
      is_system INTEGER NOT NULL,
      requested INTEGER NOT NULL,
      expires INTEGER,
      decided_by TEXT,
      decided INTEGER,
      started INTEGER,
      ended INTEGER,
      UNIQUE (tenant, number)
    ) STRICT;
    """
  }

  /// Those of the first format.
  private static let actionStatuses = """
    'pending', 'approved', 'running', 'completed', 'failed', 'rejected', 'expired',
    'alreadyRemediated', 'alreadyInDestination', 'mayHaveRun'
    """

  private static let actionColumns = """
    id, tenant, number, kind, target, effect, parameters, approval, name, source, status, detail,
    connector, before, alert, incident, investigation, undoes, requested_by, is_system, requested,
    expires, decided_by, decided, started, ended
    """

  private static let actionIndexes = """
    CREATE UNIQUE INDEX actions_once ON actions (tenant, alert, effect)
      WHERE alert IS NOT NULL AND undoes IS NULL;
    CREATE UNIQUE INDEX actions_undone_once ON actions (undoes)
      WHERE undoes IS NOT NULL AND status NOT IN ('rejected', 'expired', 'failed');
    CREATE INDEX actions_by_status ON actions (status, tenant, id);
    CREATE INDEX actions_by_effect ON actions (tenant, effect, id);
    CREATE INDEX actions_by_target ON actions (tenant, target, id);
    CREATE INDEX actions_by_approval ON actions (approval);
    CREATE INDEX actions_of_incident ON actions (incident);
    CREATE INDEX actions_of_alert ON actions (alert) WHERE alert IS NOT NULL;
    CREATE INDEX actions_of_investigation ON actions (investigation);
    """

  /// Times are ticks. Targets, identifiers and parameters are JSON objects of texts whose members
  /// are in alphabetical order; an action's `effect` tells its kind and target from all others,
  /// `connector` is what it was handed to and `before` the state that it ended.
  static let first = """
    ALTER TABLE requested_actions ADD COLUMN is_taken INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX requests_to_take ON requested_actions (id) WHERE is_taken = 0;

    ALTER TABLE alerts ADD COLUMN is_examined INTEGER NOT NULL DEFAULT 0;
    UPDATE alerts SET is_examined = 1;
    CREATE INDEX alerts_to_examine ON alerts (created, id) WHERE is_examined = 0;

    CREATE TABLE response_numbers (
      tenant TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('action', 'investigation', 'submission', 'entry')),
      last INTEGER NOT NULL,
      PRIMARY KEY (tenant, kind)
    ) STRICT, WITHOUT ROWID;

    \(actionTable("actions", actionStatuses))
    \(actionIndexes)

    CREATE TABLE action_history (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      tenant TEXT NOT NULL,
      action INTEGER NOT NULL REFERENCES actions (id),
      at INTEGER NOT NULL,
      actor TEXT NOT NULL,
      is_system INTEGER NOT NULL,
      status TEXT NOT NULL,
      comment TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE INDEX history_of_action ON action_history (action, id);
    CREATE TRIGGER action_history_stays BEFORE UPDATE ON action_history
      BEGIN SELECT RAISE(ABORT, 'history is never changed'); END;
    CREATE TRIGGER action_history_is_kept BEFORE DELETE ON action_history
      BEGIN SELECT RAISE(ABORT, 'history is never deleted'); END;

    CREATE TABLE connectors (
      tenant TEXT NOT NULL,
      kind TEXT NOT NULL,
      way TEXT NOT NULL CHECK (way IN ('command', 'webhook')),
      target TEXT NOT NULL,
      PRIMARY KEY (tenant, kind)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE investigations (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      tenant TEXT NOT NULL,
      number INTEGER NOT NULL,
      playbook TEXT NOT NULL,
      kind TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'noThreatsFound',
        'partiallyInvestigated', 'pendingAction', 'partiallyRemediated', 'remediated', 'failed',
        'terminatedBySystem', 'terminatedByUser')),
      detail TEXT NOT NULL DEFAULT '',
      alert TEXT REFERENCES alerts (id),
      incident INTEGER REFERENCES incidents (id),
      requested_by TEXT NOT NULL,
      is_system INTEGER NOT NULL,
      created INTEGER NOT NULL,
      started INTEGER,
      ended INTEGER,
      UNIQUE (tenant, number)
    ) STRICT;
    CREATE UNIQUE INDEX investigations_once ON investigations (alert, playbook)
      WHERE alert IS NOT NULL;
    CREATE INDEX investigations_by_status ON investigations (status, tenant, id);
    CREATE INDEX investigations_of_incident ON investigations (incident);

    CREATE TABLE investigation_steps (
      investigation INTEGER NOT NULL REFERENCES investigations (id),
      position INTEGER NOT NULL,
      name TEXT NOT NULL,
      at INTEGER NOT NULL,
      query TEXT NOT NULL DEFAULT '',
      found INTEGER NOT NULL DEFAULT 0,
      is_failed INTEGER NOT NULL DEFAULT 0,
      detail TEXT NOT NULL DEFAULT '',
      PRIMARY KEY (investigation, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE investigation_entities (
      investigation INTEGER NOT NULL REFERENCES investigations (id),
      position INTEGER NOT NULL,
      kind TEXT NOT NULL,
      identifiers TEXT NOT NULL,
      verdict TEXT NOT NULL,
      remediation TEXT NOT NULL DEFAULT 'none',
      origin TEXT NOT NULL,
      facts TEXT NOT NULL DEFAULT '{}',
      PRIMARY KEY (investigation, position),
      UNIQUE (investigation, kind, identifiers)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX malicious_entities ON investigation_entities (identifiers, kind)
      WHERE verdict = 'malicious';

    CREATE TABLE investigation_clusters (
      investigation INTEGER NOT NULL REFERENCES investigations (id),
      position INTEGER NOT NULL,
      tenant TEXT NOT NULL,
      key TEXT NOT NULL,
      name TEXT NOT NULL,
      mails INTEGER NOT NULL,
      threat TEXT NOT NULL,
      approval TEXT NOT NULL,
      PRIMARY KEY (investigation, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX clusters_by_key ON investigation_clusters (tenant, key);

    CREATE TABLE automation_levels (
      tenant TEXT NOT NULL,
      device_group TEXT NOT NULL DEFAULT '',
      level TEXT NOT NULL CHECK (level IN ('full', 'semi', 'none')),
      changed INTEGER NOT NULL,
      changed_by TEXT NOT NULL,
      PRIMARY KEY (tenant, device_group)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE submissions (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      tenant TEXT NOT NULL,
      number INTEGER NOT NULL,
      content_type TEXT NOT NULL CHECK (content_type IN ('email', 'url', 'file')),
      source TEXT NOT NULL CHECK (source IN ('user', 'administrator')),
      category TEXT NOT NULL CHECK (category IN ('notJunk', 'spam', 'phishing', 'malware')),
      content TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('notStarted', 'running', 'succeeded', 'failed')),
      result TEXT,
      result_detail TEXT NOT NULL DEFAULT '',
      alert TEXT REFERENCES alerts (id),
      submitted_by TEXT NOT NULL,
      submitted INTEGER NOT NULL,
      reviewed_by TEXT,
      reviewed INTEGER,
      UNIQUE (tenant, number)
    ) STRICT;

    CREATE TABLE allow_block_entries (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      tenant TEXT NOT NULL,
      number INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('sender', 'url', 'fileHash', 'ip', 'spoof')),
      action TEXT NOT NULL CHECK (action IN ('allow', 'block')),
      value TEXT NOT NULL,
      note TEXT NOT NULL DEFAULT '',
      created INTEGER NOT NULL,
      created_by TEXT NOT NULL,
      expires INTEGER,
      removed INTEGER,
      removed_by TEXT,
      submission INTEGER REFERENCES submissions (id),
      UNIQUE (tenant, number)
    ) STRICT;
    CREATE UNIQUE INDEX entries_once ON allow_block_entries (tenant, kind, value)
      WHERE removed IS NULL;
    """
}
