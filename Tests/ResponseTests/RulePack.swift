import AttackGeneration
import Columnar
import DetectionRules
import Detections
import FileAccess
import StructuredText
import Testing

@testable import Response

/// A pack of rules as it is shipped.
enum RulePack: String, CaseIterable, Sendable {
  case phishing
  case passwordSpray = "password-spray"
  case appConsent = "app-consent"

  /// The playbooks that its alerts may start.
  var playbooks: Set<Playbook> {
    switch self {
    case .phishing: [.clickedURL, .zappedMail]
    case .passwordSpray: [.passwordSpray]
    case .appConsent: [.appConsent]
    }
  }

  /// Its rules, read from their files.
  func rules() throws -> [RuleTestSearch.FoundRule] {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let folder = "/" + root + "/Samples/rules/packs/" + rawValue
    return try RuleTestSearch([folder], in: LocalFileSystem()).rules
  }
}

/// Two days of a tenant: what honest people do, and attacks among it.
struct PackScenario {
  let all: GeneratedScenario
  /// The rows of the attacks alone, which are true of `all`.
  private let attacks: GeneratedScenario
  let start: DateTime
  let end: DateTime

  /// - Parameter families: none for two days without an attack.
  init(_ families: Set<AttackFamily>, seed: UInt64, until end: DateTime) {
    start = DateTime(ticks: end.ticks - 2 * TimeSpan.ticksPerDay)
    self.end = end
    var settings = ScenarioSettings(tenants: ["t"], start: start, days: 2, families: families)
    settings.attacksPerFamily = 1
    attacks = AttackGenerator(seed: seed, settings: settings).scenario()
    settings.everydayRowsPerDay = 1_500
    all = AttackGenerator(seed: seed, settings: settings).scenario()
  }

  /// The rows of attacks in a table.
  func attackRows(_ table: TelemetryTable) throws -> [DocumentNode] {
    try attacks.rows(of: table, tenant: "t")
      .map { try TextDocument(Array($0.utf8), format: .json).root }
  }

  /// The rows of attacks in `CloudAppEvents` that are of a kind.
  func attackActivities(_ action: String) throws -> [DocumentNode] {
    try attackRows(.cloudActivities).filter { $0["ActionType"]?.text == action }
  }

  /// Sign-ins of attackers that failed, or that worked.
  func attackSignIns(areDone: Bool) throws -> [DocumentNode] {
    try attackRows(.signIns).filter { ($0["ErrorCode"]?.text == "0") == areDone }
  }

  /// The address that the mails of an attack lead to.
  func landing() throws -> String {
    let clicks = try attackRows(.urlClicks)
    return try #require(clicks.first?["Url"]?.text)
  }
}

extension [DocumentNode] {
  /// The values of a column of rows.
  func texts(_ column: String) -> Set<String> { Set(compactMap { $0[column]?.text }) }

  /// The users whom rows of `CloudAppEvents` are about.
  var users: Set<String> { Set(compactMap { $0["RawEventData"]?["UserId"]?.text }) }
}
