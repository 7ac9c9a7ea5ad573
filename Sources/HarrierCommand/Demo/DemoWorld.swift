import AttackGeneration
import Columnar
import FileAccess

/// The made-up company of the demo.
struct DemoWorld {
  static let tenant = "contoso"
  /// Who belongs to the attack, in the folder of the logs; nothing reads it into the store.
  static let truthFile = "ground-truth.ndjson"
  private let scenario: GeneratedScenario

  /// - Parameter now: the end of its two days, in ticks.
  init(seed: UInt64, now: Int64) {
    let days = 2
    var settings = ScenarioSettings(
      tenants: [Self.tenant],
      start: DateTime(ticks: now - Int64(days) * TimeSpan.ticksPerDay),
      days: days,
      families: [.phishingPayload]
    )
    settings.attacksPerFamily = 1
    settings.everydayRowsPerDay = 2_000
    scenario = AttackGenerator(seed: seed, settings: settings).scenario()
  }

  /// What is true of the alerts.
  var truth: [AlertTruth] { scenario.truth }

  /// Writes alerts with what is true of them, tables and a rule below a folder.
  ///
  /// - Returns: the names of the tables.
  func write(to folder: String, _ files: LocalFileSystem) throws -> [String] {
    try write(scenario.alerts.map(\.json), to: folder + "/alerts.ndjson", files)
    try write([DemoScript.rule], to: folder + "/document_that_runs.yaml", files)
    try write(truth.map(\.json), to: folder + "/" + Self.truthFile, files)
    let tables = scenario.tables(of: Self.tenant)
    for table in tables {
      let rows = scenario.rows(of: table, tenant: Self.tenant)
      try write(rows, to: folder + "/\(table.rawValue).ndjson", files)
    }
    return tables.map(\.rawValue)
  }

  private func write(_ lines: [String], to path: String, _ files: LocalFileSystem) throws {
    try files.replaceWhole(path) { write in
      for line in lines { try Array((line + "\n").utf8).withUnsafeBytes { try write($0) } }
    }
  }
}
