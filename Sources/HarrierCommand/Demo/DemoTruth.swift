import AttackGeneration
import Incidents
import OperationalStore

/// How well the incidents of the demo find its attack.
enum DemoTruth {
  /// Says which alerts belong to the attack, and how many pairs of them the incidents have.
  static func text(_ truth: [AlertTruth], store: String) throws -> String {
    guard let incidents = try IncidentStore.open(store: store, access: .readOnly) else { return "" }
    var groups: [String: String] = [:]
    for alert in truth {
      let found = try incidents.alert(alert.alertId, of: alert.tenant)?.incident
      groups[alert.alertId] = found?.reference.description
    }
    let result = GroupingEvaluation(truth: truth, groups: groups)
    let attack = truth.count { $0.attackId != nil }
    return """
      The ground truth is in \(store)/logs/\(DemoWorld.truthFile): \(attack) of \(truth.count) \
      generated alerts belong to the attack, the others are noise. Of pairs of alerts in one \
      incident with one of the attack \(percent(result.precision)) are of the attack (precision), \
      and \(percent(result.recall)) of the pairs of the attack are in one incident (recall).
      """
  }

  private static func percent(_ share: Double) -> String {
    "\(Int(exactly: (share * 100).rounded()) ?? 0) %"
  }
}
