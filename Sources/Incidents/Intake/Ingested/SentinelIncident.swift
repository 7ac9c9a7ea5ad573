import Columnar
import DetectionRules
import StructuredText

/// An incident as a row of SecurityIncident tells it.
struct SentinelIncident {
  let row: IngestedRow

  /// The most alerts that Sentinel puts into an incident.
  static let mostAlerts = IncidentStore.mostAlerts

  /// When it was last changed there.
  func modified(else now: DateTime) -> DateTime {
    row.time("LastModifiedTime", "TimeGenerated", "Timestamp") ?? now
  }

  func started(else now: DateTime) -> DateTime {
    row.time("FirstActivityTime", "CreatedTime") ?? modified(else: now)
  }

  /// When it was closed there; the time of the row where that does not say it.
  var closed: DateTime? {
    status == .resolved ? row.time("ClosedTime", "LastModifiedTime", "TimeGenerated") : nil
  }

  /// When somebody there took it up, as Sentinel's own figures count it: the first change of one
  /// that is not new any more, or has an owner or a classification. Else that is not known.
  var takenUp: DateTime? {
    guard let first = row.time("FirstModifiedTime"), let created = row.time("CreatedTime"),
      first > created, status != .active || owner != nil || classification != .unknown
    else { return nil }
    return first
  }

  var title: String { row.text("Title") ?? row.text("IncidentName") ?? "" }
  var alerts: [String] { row.list("AlertIds") }

  var status: IncidentStatus? {
    switch row.text("Status")?.lowercased() {
    case "new": .active
    case "active": .inProgress
    case "closed": .resolved
    default: nil
    }
  }

  var severity: Severity? { row.text("Severity").flatMap { Severity(reading: $0) } }

  var owner: String? {
    let owner = row.document("Owner")
    return ["userPrincipalName", "email", "assignedTo"].lazy
      .compactMap { owner?[$0]?.text }.first { !$0.isEmpty }
  }

  var classification: Classification {
    let reason = row.text("ClassificationReason")?.lowercased()
    let words: (String, String?) =
      switch row.text("Classification")?.lowercased() {
      case "truepositive": ("truePositive", nil)
      case "benignpositive": ("informationalExpectedActivity", "other")
      case "falsepositive":
        (
          "falsePositive",
          reason == "incorrectalertlogic" ? "notMalicious" : "notEnoughDataToValidate"
        )
      default: ("unknown", nil)
      }
    return (try? Classification(words.0, words.1)) ?? .unknown
  }

  /// The words from which ``classification`` is read.
  private var classificationWords: [String?] {
    [row.text("Classification"), row.text("ClassificationReason")]
  }

  var labels: Set<String> {
    Set((row.document("Labels")?.items ?? []).compactMap { $0["labelName"]?.text })
  }

  struct Comment: Hashable {
    let author: String
    let message: String
    let time: String
  }

  var comments: [Comment] {
    (row.document("Comments")?.items ?? []).compactMap { item in
      guard let message = item["message"]?.text, !message.isEmpty else { return nil }
      let author = item["author"]
      return Comment(
        author: author?["userPrincipalName"]?.text ?? author?["name"]?.text ?? "",
        message: message,
        time: item["createdTimeUtc"]?.text ?? ""
      )
    }
  }

  /// What is to be changed where it said something else before; all of it where it said nothing.
  func change(since old: SentinelIncident?) -> IncidentChange {
    var change = IncidentChange()
    if let status, status != old?.status { change.status = status }
    if change.status == .resolved { change.resolved = closed }
    if let severity, severity != old?.severity { change.severity = severity }
    if owner != old?.owner { change.assignment = owner.map { .to($0) } ?? .nobody }
    if classificationWords != old?.classificationWords { change.classification = classification }
    if let text = row.text("Description"), text != old?.row.text("Description") {
      change.description = text
    }
    change.addedTags = labels.subtracting(old?.labels ?? []).filter(Self.isTag).sorted()
    change.removedTags = (old?.labels ?? []).subtracting(labels).sorted()
    if change.status == .resolved, let text = row.text("ClassificationComment"), !text.isEmpty {
      change.resolvingComment = String(text.prefix(IncidentComment.longest))
    }
    return change
  }

  private static func isTag(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 256 && !text.contains("\n")
      && !IncidentWriter.isReserved(text)
  }
}
