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

  /// Makes actions out of what rules asked for in some tenants, each once. A rule's actions need no
  /// approval. Investigations that rules ask for are left to what investigates.
  public func takeRequests(
    in tenants: some Sequence<String>,
    step: Int = 500
  ) throws(StoreFailure) -> Requests {
    let names = StoredJSON.list(tenants.sorted())
    var sum = Requests()
    // Most times rules ask for nothing, which needs no transaction that writes.
    guard try !read({ try $0.requests(in: names, most: 1) }).isEmpty else { return sum }
    while let next = try takeNext(step, names) {
      sum.taken += next.taken
      sum.refused += next.refused
    }
    return sum
  }

  private func takeNext(_ step: Int, _ tenants: String) throws(StoreFailure) -> Requests? {
    try write { writer in
      let waiting = try writer.incidents.requests(in: tenants, most: step)
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

extension IncidentReading {
  /// What rules asked for in some tenants, a list in JSON, and nobody took.
  fileprivate func requests(in tenants: String, most: Int) throws -> [Row] {
    try rows(
      """
      SELECT * FROM requested_actions WHERE is_taken = 0 AND kind <> 'initiateInvestigation'
        AND tenant IN (SELECT value FROM json_each(?))
      ORDER BY id LIMIT ?
      """,
      [tenants, most]
    )
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
  /// Whether something waits to be executed in some tenants.
  public func hasWork(in tenants: [String]) throws(StoreFailure) -> Bool {
    try read { reader in
      try !reader.rows(
        """
        SELECT 1 FROM actions WHERE status IN ('queued', 'approved', 'running')
          AND tenant IN (SELECT value FROM json_each(?)) LIMIT 1
        """,
        [StoredJSON.list(tenants)]
      )
      .isEmpty
    }
  }
}
