import AttackGeneration

/// What came of a grouping, as lines of a table.
struct GroupingReport {
  let scenario: GeneratedScenario
  let incidents: [String: String]

  static let head =
    "attacks                          alerts attacks  precision recall     F1  whole  per attack\n"

  func text(purpose: AttackFamily.Purpose) -> String {
    let naive = DeviceBaseline().groups(of: scenario.alerts)
    var lines = [
      line("\(purpose.rawValue), incidents", of: nil, incidents),
      line("\(purpose.rawValue), one device in a day", of: nil, naive),
    ]
    for family in AttackFamily.allCases where family.purpose == purpose {
      lines.append(line("  \(family.rawValue), incidents", of: family, incidents))
      lines.append(line("  \(family.rawValue), device", of: family, naive))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// One family among noise and the other families' alerts, which count as noise.
  private func line(_ name: String, of family: AttackFamily?, _ groups: [String: String]) -> String
  {
    let truth = scenario.truth.map { alert in
      guard let family, alert.family != family else { return alert }
      return AlertTruth(
        alertId: alert.alertId,
        tenant: alert.tenant,
        attackId: nil,
        family: nil,
        step: "noise"
      )
    }
    let result = GroupingEvaluation(truth: truth, groups: groups)
    let cells = [
      Self.padded("\(truth.count)", to: 8), Self.padded("\(result.attackCount)", to: 8),
      Self.padded(Self.rounded(result.precision, 3), to: 11),
      Self.padded(Self.rounded(result.recall, 3), to: 7),
      Self.padded(Self.rounded(result.f1, 3), to: 7),
      Self.padded(Self.rounded(result.wholeAttackShare, 3), to: 7),
      Self.padded(Self.rounded(result.groupsPerAttack, 2), to: 12),
    ]
    let pad = String(repeating: " ", count: max(0, 31 - name.count))
    return name + pad + cells.joined()
  }

  private static func padded(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private static func rounded(_ value: Double, _ digits: Int) -> String {
    let scale = digits == 3 ? 1_000 : 100
    let number = Int(exactly: (value * Double(scale)).rounded()) ?? 0
    let rest = String(number % scale)
    return "\(number / scale)." + String(repeating: "0", count: digits - rest.count) + rest
  }
}
