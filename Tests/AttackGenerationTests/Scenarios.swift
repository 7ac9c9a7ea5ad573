import AttackGeneration
import Columnar
import StructuredText
import Testing

/// Scenarios that several tests look at.
enum Scenarios {
  /// 2026-03-02T00:00:00Z, a Monday.
  static let start = DateTime(ticks: DateTime.unixEpochTicks + 20_514 * TimeSpan.ticksPerDay)

  static func settings(
    _ tenants: [String] = ["contoso", "fabrikam"],
    families: Set<AttackFamily> = Set(AttackFamily.allCases)
  ) -> ScenarioSettings {
    var settings = ScenarioSettings(
      tenants: tenants,
      start: start,
      days: 14,
      families: families
    )
    settings.attacksPerFamily = 1
    settings.noisePerDay = 3
    settings.peoplePerTenant = 24
    return settings
  }

  static func scenario(
    seed: UInt64,
    _ settings: ScenarioSettings = Scenarios.settings()
  ) -> GeneratedScenario {
    AttackGenerator(seed: seed, settings: settings).scenario()
  }

  static func document(_ line: String) throws -> DocumentNode {
    #expect(!line.contains("\n"))
    return try TextDocument(Array(line.utf8), format: .json).root
  }
}

extension GeneratedScenario {
  var attacks: [String: [GeneratedAlert]] {
    Dictionary(grouping: alerts.filter { $0.truth.attackId != nil }) { $0.truth.attackId ?? "" }
  }
}

extension DocumentNode {
  /// The evidence of an alert that is of a type, `user` for `userEvidence`.
  func evidence(_ type: String) -> [DocumentNode] {
    (self["evidence"]?.items ?? []).filter {
      $0["@odata.type"]?.text == "#microsoft.graph.security.\(type)Evidence"
    }
  }
}
