import Columnar
import DetectionRules
import Detections
import FileAccess
import StructuredText

/// A text of the rule that a simulated schedule runs.
struct RuleVersion {
  /// What it is in its time: rules do not change their kind.
  enum Kind: Sendable {
    case customDetection
    case sentinel(suppresses: Bool, isTogether: Bool)
  }

  let document: String
  let rule: DetectionRule
  /// The devices whose events it finds.
  let devices: Set<String>

  /// Makes up a text; the first finds the events of all devices.
  init(_ kind: Kind, number: Int, _ world: SeededRandomness) throws {
    let all = ["d0", "d1", "d2"]
    var devices = all
    if number > 0, world.next(3) == 0 { devices.remove(at: world.next(3)) }
    let title = number > 0 && world.next(2) == 0 ? "title \(number)" : "title"
    let query = devices.joined(separator: " ")
    document =
      switch kind {
      case .customDetection: Self.customDetection(title, query, [1, 3, 12, 0, 2][world.next(5)])
      case .sentinel(let suppresses, let isTogether):
        Self.sentinel(title, query, 1 + world.next(3), suppresses, isTogether)
      }
    let file = RuleFile(Array(document.utf8), format: .yaml)
    guard let rule = file.rules.first, file.problems.isEmpty else {
      throw DetectionFailure("the text of a rule is wrong: \(file.problems)")
    }
    self.rule = rule
    self.devices = Set(devices)
  }

  private static func customDetection(_ title: String, _ query: String, _ hours: Int) -> String {
    """
    id: '7'
    displayName: R
    queryCondition: {queryText: \(query)}
    schedule: {frequency: PT\(hours)H}
    detectionAction:
      alertTemplate:
        title: \(title)
        severity: high
        category: Execution
        impactedAssets:
          - {"@odata.type": "#microsoft.graph.security.impactedDeviceAsset", identifier: deviceId}
    """
  }

  private static func sentinel(
    _ title: String,
    _ query: String,
    _ hours: Int,
    _ suppresses: Bool,
    _ isTogether: Bool
  ) -> String {
    """
    id: 00000000-0000-4000-8000-000000000007
    name: R
    description: \(title)
    severity: High
    queryFrequency: \(hours)h
    queryPeriod: \(2 * hours)h
    triggerOperator: gt
    triggerThreshold: 0
    tactics: [Execution]
    query: \(query)
    entityMappings:
      - entityType: Host
        fieldMappings:
          - {identifier: HostName, columnName: DeviceId}
    eventGroupingSettings: {aggregationKind: \(isTogether ? "SingleAlert" : "AlertPerResult")}
    suppressionEnabled: \(suppresses)
    suppressionDuration: 5h
    version: 1.0.0
    kind: Scheduled
    """
  }
}
