import Alerts
import Columnar
import DetectionRules
import OperationalStore
import StructuredText

/// Reads the fields of an alert of Graph's `alerts_v2` whose values are of a closed set, or times.
///
/// Graph says `unknownFutureValue` for what it added since; that is taken like `unknown`. Any other
/// word that is none of Graph's is a mistake, and no alert is taken with it.
struct GraphAlertFields {
  let id: String
  /// The alert, with texts that the database can keep.
  let node: DocumentNode

  init(_ node: DocumentNode) throws(IncidentFailure) {
    guard let id = node["id"]?.text, !id.isEmpty, id.utf8.count <= 256 else {
      throw IncidentFailure("the alert has no 'id' of at most 256 bytes")
    }
    if id.hasNUL { throw .idWithNUL("the 'id' of the alert", id) }
    self.id = id
    self.node = node.storable
  }

  func title() throws(IncidentFailure) -> String {
    guard let title = node["title"]?.text, !title.isEmpty else {
      throw IncidentFailure("the alert '\(id)' has no 'title'")
    }
    return title
  }

  /// nil where the product does not know it.
  func severity() throws(IncidentFailure) -> Severity? {
    guard let word = try word("severity") else { return nil }
    guard let severity = Severity(reading: word) else {
      throw refused("severity", word, Severity.allCases.map(\.rawValue))
    }
    return severity
  }

  func status() throws(IncidentFailure) -> AlertStatus {
    guard let word = try word("status") else { return .new }
    guard let status = AlertStatus(reading: word) else {
      throw refused("status", word, AlertStatus.allCases.map(\.rawValue))
    }
    return status
  }

  func service() throws(IncidentFailure) -> String {
    guard let word = try word("serviceSource") else { return AlertOrigin.unknown }
    guard let service = ServiceSource(reading: word) else {
      throw refused("serviceSource", word, ServiceSource.allCases.map(\.rawValue))
    }
    return service.title
  }

  /// In Graph's words; nil where there is none.
  func investigationState() throws(IncidentFailure) -> String? {
    guard let word = try word("investigationState") else { return nil }
    let known = FilterVocabulary.investigations
    guard let alike = known.alike(word), let letters = alike.first else {
      throw refused("investigationState", word, known.words.filter { $0 != "unknown" })
    }
    return known.words.first { ProductWord.letters(of: $0) == letters }
  }

  func classification() throws(IncidentFailure) -> Classification {
    guard let word = try word("classification") else { return .unknown }
    let determination = try self.word("determination")
    do throws(IncidentFailure) {
      return try Classification(word, determination)
    } catch {
      throw IncidentFailure("the alert '\(id)': \(error.description)")
    }
  }

  /// A time in ISO 8601; nil where there is none.
  func time(_ field: String) throws(IncidentFailure) -> DateTime? {
    guard let value = node[field] else { return nil }
    guard let text = value.text, let time = DateTime(parsing: Array(text.utf8)) else {
      throw IncidentFailure(
        "the alert '\(id)' has '\(field)' as '\(value.text ?? "no text")'; it is a time such as "
          + "2026-11-29T08:00:00Z"
      )
    }
    return time
  }

  /// The word of a field; nil where there is none that says something.
  private func word(_ field: String) throws(IncidentFailure) -> String? {
    guard let value = node[field] else { return nil }
    guard let text = value.text else {
      throw IncidentFailure("the alert '\(id)' has '\(field)' as something that is no text")
    }
    let isUnknown = ["unknown", "unknownfuturevalue"].contains(ProductWord.letters(of: text))
    return isUnknown ? nil : text
  }

  private func refused(_ field: String, _ word: String, _ known: [String]) -> IncidentFailure {
    IncidentFailure(
      "the alert '\(id)' has '\(field)' as '\(word)'; it is one of "
        + known.joined(separator: ", ") + " or unknown"
    )
  }
}
