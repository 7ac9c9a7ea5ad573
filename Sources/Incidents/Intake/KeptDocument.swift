import Alerts
import Columnar
import GRDB
import OperationalStore
import StructuredText

/// What the document of an alert says that has no place of its own, as ``GraphRemainder`` left it.
struct KeptDocument {
  private let members: [DocumentMember]

  /// - Parameter text: JSON; nil where nothing was left.
  init(_ text: String?) {
    let document = text.flatMap { try? TextDocument(Array($0.utf8), format: .json).root }
    members = document?.members ?? []
  }

  /// What was said of the alert at its product, oldest first, as entries of a history.
  func comments(of alert: String) -> [HistoryEntry] {
    let items = members.first { $0.key == Self.comments }?.value.items ?? []
    return items.compactMap { item in
      guard let text = item["comment"]?.text, !text.isEmpty else { return nil }
      let time = item["createdDateTime"]?.text.flatMap { DateTime(parsing: Array($0.utf8)) }
      return HistoryEntry(
        comment: text,
        on: alert,
        by: item["createdByDisplayName"]?.text ?? "",
        at: time ?? DateTime(ticks: 0)
      )
    }
    .sorted { $0.at < $1.at }
  }

  /// The others, as JSON on one line; nil where there are none.
  var further: String? {
    let others = members.filter { $0.key != Self.comments }
    return others.isEmpty ? nil : JSONDocumentWriter.line(DocumentNode(.mapping(others)))
  }

  private static let comments = "comments"
}

extension IncidentReading {
  func document(ofAlert key: String) throws -> KeptDocument {
    KeptDocument(try storedDocument(ofAlert: key))
  }

  fileprivate func storedDocument(ofAlert key: String) throws -> String? {
    try rows("SELECT fields FROM alert_remainders WHERE alert = ?", [key]) { $0[0] as String }.first
  }

  /// What products say of the alerts of an incident, oldest first.
  func toldComments(of incident: Int64) throws -> [HistoryEntry] {
    try rows(
      """
      SELECT coalesce(provider_id, id), fields FROM alerts
      JOIN alert_remainders ON alert_remainders.alert = alerts.id
      WHERE alerts.incident = ? ORDER BY alerts.id
      """,
      [incident]
    ) { KeptDocument($0[1] as String).comments(of: $0[0]) }
    .flatMap(\.self)
    .sorted { $0.at < $1.at }
  }

  /// What an alert names of its events, as labels and values.
  func customDetails(ofAlert key: String) throws -> [(label: String, value: String)] {
    try rows(
      """
      SELECT label, value FROM alert_details WHERE alert = ? AND kind = 'custom' ORDER BY position
      """,
      [key]
    ) { ($0[0], $0[1]) }
  }
}

extension IncidentWriter {
  /// Keeps what a document says that has no place of its own, and its custom details.
  ///
  /// - Parameter isNew: whether nothing is kept of the alert yet.
  /// - Returns: whether that is other than what was kept.
  @discardableResult
  func keepRest(of alert: ImportedAlert, _ key: String, isNew: Bool) throws -> Bool {
    let old = isNew ? nil : try storedDocument(ofAlert: key)
    let details = isNew ? [] : try customDetails(ofAlert: key)
    var isChanged = false
    if let text = alert.remainder, text != old {
      try run("INSERT OR REPLACE INTO alert_remainders (alert, fields) VALUES (?, ?)", [key, text])
      isChanged = true
    }
    if !alert.customDetails.isEmpty,
      !details.elementsEqual(alert.customDetails, by: { $0 == $1 })
    {
      try run("DELETE FROM alert_details WHERE alert = ? AND kind = 'custom'", [key])
      for (position, detail) in alert.customDetails.enumerated() {
        try run(
          """
          INSERT OR REPLACE INTO alert_details (alert, position, kind, label, value)
          VALUES (?, ?, 'custom', ?, ?)
          """,
          [key, position, detail.label, detail.value]
        )
      }
      isChanged = true
    }
    return isChanged
  }
}
