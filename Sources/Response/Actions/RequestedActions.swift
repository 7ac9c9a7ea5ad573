import Alerts
import Columnar
import GRDB
import Incidents
public import OperationalStore

extension ActionStore {
  /// What became of actions that rules asked for.
  public struct Requests: Sendable, Equatable {
    public var taken = 0
    /// What each of those says that cannot be taken.
    public var refused: [String] = []
  }

  /// Makes actions out of what rules asked for, each once. A rule's actions need no approval.
  /// Investigations that rules ask for are left to what investigates.
  public func takeRequests(step: Int = 500) throws(StoreFailure) -> Requests {
    var sum = Requests()
    while let next = try takeNext(step) {
      sum.taken += next.taken
      sum.refused += next.refused
    }
    return sum
  }

  private func takeNext(_ step: Int) throws(StoreFailure) -> Requests? {
    try write { writer in
      let waiting = try writer.incidents.rows(
        """
        SELECT * FROM requested_actions WHERE is_taken = 0 AND kind <> 'initiateInvestigation'
        ORDER BY id LIMIT ?
        """,
        [step]
      )
      if waiting.isEmpty { return nil }
      var requests = Requests()
      for row in waiting {
        switch RequestedByRule(row).request {
        case .success(let request):
          if case .made = try writer.propose(request, by: .response) { requests.taken += 1 }
        case .failure(let failure):
          requests.refused.append("\(row["tenant"] as String): \(failure)")
        }
        try writer.incidents.run(
          "UPDATE requested_actions SET is_taken = 1 WHERE id = ?",
          [row["id"] as Int64]
        )
      }
      return requests
    }
  }
}

/// What a rule asks for.
private struct RequestedByRule {
  let request: Result<ActionRequest, ResponseFailure>

  init(_ row: Row) {
    let kind: String = row["kind"]
    guard let kind = ActionKind(rawValue: kind) else {
      request = .failure(ResponseFailure("a rule asks for '\(kind)', which is no action"))
      return
    }
    let known = StoredJSON.members(row["targets"]).map { name, value in
      (Self.names[name] ?? name, value)
    }
    do throws(ResponseFailure) {
      var made = ActionRequest(
        kind,
        on: try ActionTarget(kind, known),
        of: row["tenant"],
        source: .customDetection
      )
      made.alert = row["alert"]
      if let isolation = row["isolation"] as String? {
        made.parameters[ActionKind.isolationType] = isolation
      }
      let groups = StoredJSON.texts(row["device_groups"])
      if !groups.isEmpty { made.parameters["deviceGroupNames"] = groups.joined(separator: ",") }
      request = .success(made)
    } catch {
      request = .failure(error)
    }
  }

  /// What identifies a target, by the names that entities of alerts have for it.
  private static let names = [
    "DeviceId": "deviceId", "SHA1": "sha1", "SHA256": "sha256", "Sid": "accountSid",
    "AadUserId": "accountObjectId", "FullName": "accountUpn",
    "NetworkMessageId": "networkMessageId", "Recipient": "recipientEmailAddress",
  ]
}

extension ActionStore {
  /// Whether rules ask for something, or something waits to be executed in some tenants.
  public func hasWork(in tenants: [String]) throws(StoreFailure) -> Bool {
    let marks = repeatElement("?", count: tenants.count).joined(separator: ",")
    return try read { reader in
      let found = try Row.fetchOne(
        reader.database,
        sql: """
          SELECT EXISTS (SELECT 1 FROM requested_actions
            WHERE is_taken = 0 AND kind <> 'initiateInvestigation') OR EXISTS (
            SELECT 1 FROM actions WHERE status IN ('queued', 'approved', 'running')
              AND tenant IN (\(marks))) AS has_work
          """,
        arguments: StatementArguments(tenants)
      )
      return found?["has_work"] ?? false
    }
  }
}
