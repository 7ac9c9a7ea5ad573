/// The tables of alerts and incidents that came as rows of AlertInfo, AlertEvidence, SecurityAlert
/// and SecurityIncident.
enum IngestedFormat {
  /// What documents of alerts say that no other column has, as JSON.
  static let remainders = """
    CREATE TABLE alert_remainders (
      alert TEXT NOT NULL PRIMARY KEY REFERENCES alerts (id) ON DELETE CASCADE,
      fields TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    """

  /// How far an alert of another product was dealt with when the product told of it last, as JSON;
  /// empty of those that are there, since people may have changed what it told.
  static let told = """
    ALTER TABLE alerts ADD COLUMN told TEXT;
    UPDATE alerts SET told = ''
      WHERE provider_id IS NOT NULL AND (status <> 'new' OR assigned_to IS NOT NULL
        OR classification <> 'unknown' OR investigation_state IS NOT NULL);
    """

  /// A position for each table of which there are rows: readers ask there whether there are.
  static let positions = """
    INSERT OR IGNORE INTO ingested_positions (tenant, table_name, table_id, sequence)
      SELECT DISTINCT tenant, table_name, 0, 0
      FROM ingested_rows JOIN alerts ON alerts.id = ingested_rows.alert;
    """

  /// When the last row of a mirrored incident was taken, in ticks.
  static let taken = "ALTER TABLE mirrored_incidents ADD COLUMN taken INTEGER NOT NULL DEFAULT 0;"

  /// Cells are JSON: names with their types, and values as texts.
  ///
  /// - `ingested_positions`: up to which row a table was taken, by its sequence number.
  /// - `ingested_rows`: the rows themselves; a row of AlertEvidence has the position of its entity.
  /// - `ingested_columns`: columns that the product's tables do not have.
  /// - `waiting_alerts`: of which no evidence came yet.
  /// - `alert_aliases`: further ids of alerts, such as `SystemAlertId`.
  /// - `mirrored_incidents`: what SecurityIncident said last, by `IncidentName`.
  /// - `claimed_alerts`: the incident that a mirrored one says that an alert is in.
  static let first = """
    CREATE TABLE ingested_positions (
      tenant TEXT NOT NULL,
      table_name TEXT NOT NULL,
      table_id INTEGER NOT NULL,
      sequence INTEGER NOT NULL,
      PRIMARY KEY (tenant, table_name)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE ingested_rows (
      alert TEXT NOT NULL REFERENCES alerts (id) ON DELETE CASCADE,
      table_name TEXT NOT NULL,
      position INTEGER NOT NULL,
      cells TEXT NOT NULL,
      PRIMARY KEY (alert, table_name, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE ingested_columns (
      tenant TEXT NOT NULL,
      table_name TEXT NOT NULL,
      name TEXT NOT NULL,
      type TEXT NOT NULL,
      PRIMARY KEY (tenant, table_name, name)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE waiting_alerts (
      tenant TEXT NOT NULL,
      id TEXT NOT NULL,
      since INTEGER NOT NULL,
      PRIMARY KEY (tenant, id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE alert_aliases (
      tenant TEXT NOT NULL,
      alias TEXT NOT NULL,
      alert TEXT NOT NULL REFERENCES alerts (id) ON DELETE CASCADE,
      PRIMARY KEY (tenant, alias)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX aliases_of_alert ON alert_aliases (alert);

    CREATE TABLE mirrored_incidents (
      tenant TEXT NOT NULL,
      name TEXT NOT NULL,
      incident INTEGER NOT NULL REFERENCES incidents (id),
      is_imported INTEGER NOT NULL,
      modified INTEGER NOT NULL,
      cells TEXT NOT NULL,
      PRIMARY KEY (tenant, name)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX mirrors_of_incident ON mirrored_incidents (incident);

    CREATE TABLE claimed_alerts (
      tenant TEXT NOT NULL,
      alert TEXT NOT NULL,
      incident INTEGER NOT NULL REFERENCES incidents (id),
      PRIMARY KEY (tenant, alert)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX claims_of_incident ON claimed_alerts (incident);
    """
}
