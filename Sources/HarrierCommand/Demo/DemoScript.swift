import Incidents
import OperationalStore

/// What the demo runs, and why.
enum DemoScript {
  struct Step {
    let why: String
    let arguments: [String]

    /// As one types it.
    var shown: String {
      arguments.map { $0.contains(" ") ? "'\($0)'" : $0 }.joined(separator: " ")
    }
  }

  static func steps(store: String, tables: [String]) -> [Step] {
    let logs = store + "/logs"
    let place = ["--store", store, "--tenant", DemoWorld.tenant]
    let ingestion = tables.map { table in
      Step(
        why: "Logs into the table \(table):",
        arguments: ["ingest"] + place + ["--table", table, "\(logs)/\(table).ndjson"]
      )
    }
    return ingestion + [
      Step(
        why: "The alerts that products raised, into incidents by what they share:",
        arguments: ["alerts", "add"] + place + ["\(logs)/alerts.ndjson"]
      ),
      Step(
        why: "A rule of our own, in Sentinel's format:",
        arguments: ["rules", "add"] + place + ["\(logs)/document_that_runs.yaml"]
      ),
      Step(
        why: "It runs, and its alerts join the incident of what they share:",
        arguments: ["rules", "run"] + place
      ),
      Step(
        why: "What the investigations of these alerts came to; actions wait for approval:",
        arguments: ["investigations", "list"] + place
      ),
      Step(
        why: "The queue, what matters most first:",
        arguments: ["incidents", "list"] + place + ["--sort", "priority", "--limit", "5"]
      ),
    ]
  }

  /// What to do next, at the incident that matters most.
  static func farewell(store: String) throws -> String {
    guard let incidents = try IncidentStore.open(store: store, access: .readOnly),
      let order = IncidentOrder(reading: "priority"),
      let first = try incidents.incidents(
        of: [DemoWorld.tenant],
        filter: .queue,
        order: order,
        limit: 1
      )
      .incidents.first
    else { return "No incident came of it." }
    let reference = first.reference.description
    return """

      The incident that matters most is \(reference): \(first.name).
      Go on with it:

        harrier incidents show --store \(store) \(reference)
        harrier incidents show --store \(store) \(reference) --part alerts
        harrier incidents show --store \(store) \(reference) --part investigations
        harrier actions list --store \(store)
        harrier incidents graph --store \(store) \(reference) --graphviz
        harrier incidents hunt --store \(store) \(reference)
        harrier incidents update --store \(store) \(reference) --assign me --status inProgress
        harrier incidents report --store \(store) \(reference)
      """
  }

  static let rule = """
    id: 3f0e4e0a-5c1b-4c39-9a52-2d1b4f6a7c10
    name: A document that is a program was started
    description: A file whose name ends like a document and like a program was started.
    severity: High
    queryFrequency: 1h
    queryPeriod: 2d
    triggerOperator: gt
    triggerThreshold: 0
    tactics:
      - Execution
    relevantTechniques:
      - T1204
    query: |
      DeviceProcessEvents
      | where FileName matches regex @"(?i)\\.(pdf|docx?|xlsx?)\\.exe$"
      | project Timestamp, DeviceId, DeviceName, ReportId, FileName, FolderPath, SHA256, AccountUpn,
          ProcessCommandLine, Algorithm = "SHA256"
    entityMappings:
      - entityType: Host
        fieldMappings:
          - identifier: FullName
            columnName: DeviceName
          - identifier: DeviceId
            columnName: DeviceId
      - entityType: Account
        fieldMappings:
          - identifier: FullName
            columnName: AccountUpn
      - entityType: FileHash
        fieldMappings:
          - identifier: Algorithm
            columnName: Algorithm
          - identifier: Value
            columnName: SHA256
    eventGroupingSettings:
      aggregationKind: AlertPerResult
    kind: Scheduled
    version: 1.0.0
    """
}
