import Alerts
import Columnar
import DetectionRules
import Hunting
import OperationalStore

/// Reads what a rule wants of the rows of its result.
struct RowReader {
  let rule: DetectionRule
  private let tenant: String
  private let columns: [ColumnSchema]
  private let positions: [String: Int]
  private let timePosition: Int?
  private let reportPosition: Int?
  private let devicePosition: Int?

  init(_ rule: DetectionRule, tenant: String, _ schema: Schema) {
    self.rule = rule
    self.tenant = tenant
    columns = schema.columns
    positions = Dictionary(
      columns.enumerated().map { ($1.name, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    let timeNames =
      rule.kind.isSentinel
      ? ["TimeGenerated", "Timestamp"] : ["Timestamp", "TimeGenerated"]
    let columns = columns
    let positions = positions
    timePosition = timeNames.compactMap { positions[$0] }.first { columns[$0].type == .datetime }
    reportPosition = positions["ReportId"]
    devicePosition = positions["DeviceId"]
  }

  /// The event time of a row; nil where it has none.
  func time(_ batch: Batch, _ row: Int) -> DateTime? {
    guard let timePosition,
      case .datetime(let time) = batch.columns[timePosition].scalar(at: row)
    else { return nil }
    return time
  }

  /// What tells the event of a row from all others.
  func key(_ batch: Batch, _ row: Int, _ assets: [Entity]) -> EventKey {
    EventKey(tenant: tenant, rule: rule.id, assets: assets, identity(batch, row))
  }

  private func identity(_ batch: Batch, _ row: Int) -> EventKey.Identity {
    if let time = time(batch, row), let report = text(reportPosition, batch, row) {
      let device = text(devicePosition, batch, row) ?? ""
      return .record(ticks: time.ticks, device: device, report: report)
    }
    var canonical = CanonicalBytes("harrier row", version: EventKey.version)
    for (position, column) in columns.enumerated() {
      canonical.append(column.name)
      canonical.append(column.type.name)
      let text = text(position, batch, row)
      canonical.append(form: text == nil ? "N" : "V")
      canonical.append(text ?? "")
    }
    return .row(digest: canonical.digest)
  }

  /// The entities of a row, each once.
  func entities(_ batch: Batch, _ row: Int) -> [Entity] {
    var found: [Entity] = []
    for mapping in rule.entities {
      let values = mapping.identifiers.compactMap { identifier in
        value(identifier.column.name, batch, row).map { (identifier.name, $0) }
      }
      let entity = Entity(mapping.kind, values, isImpactedAsset: mapping.isImpactedAsset)
      if let entity, !found.contains(entity) { found.append(entity) }
    }
    return found
  }

  /// Labels and values of the side pane.
  func details(_ batch: Batch, _ row: Int) -> [AlertDetail] {
    var room = CustomDetail.mostBytes
    return details(rule.customDetails, batch, row).map { detail in
      room -= detail.label.utf8.count
      let value = Self.cut(detail.value, to: max(0, room))
      room -= value.utf8.count
      return AlertDetail(label: detail.label, value: value)
    }
  }

  /// A text of some bytes at most, with a sign of what is left out.
  private static func cut(_ text: String, to most: Int) -> String {
    if text.utf8.count <= most { return text }
    var left = ""
    for character in text.unicodeScalars {
      if left.utf8.count + character.utf8.count > most - 3 { break }
      left.unicodeScalars.append(character)
    }
    return most < 3 ? "" : left + "…"
  }

  /// Further properties of the alert.
  func properties(_ batch: Batch, _ row: Int) -> [AlertDetail] {
    details(rule.overrides.properties, batch, row)
  }

  private func details(_ wanted: [CustomDetail], _ batch: Batch, _ row: Int) -> [AlertDetail] {
    wanted.map { AlertDetail(label: $0.label, value: value($0.column.name, batch, row) ?? "") }
  }

  /// A text with the values of a row, cut where it is longer than the product takes.
  func rendered(_ template: Template, _ batch: Batch, _ row: Int, most: Int) -> String {
    let text = template.rendered { value($0, batch, row) ?? "" }
    let scalars = text.unicodeScalars
    return scalars.count <= most ? text : String(scalars.prefix(most - 1)) + "…"
  }

  /// The severity that a column gives, else the rule's.
  func severity(_ batch: Batch, _ row: Int) -> Severity {
    let stated = rule.overrides.severity.flatMap { value($0.name, batch, row) }
    return stated.flatMap { Severity(reading: $0) } ?? rule.severity
  }

  /// The tactics that a column gives, apart by commas or as a list, else the rule's.
  func tactics(_ batch: Batch, _ row: Int) -> [Tactic] {
    guard let stated = rule.overrides.tactics.flatMap({ value($0.name, batch, row) }) else {
      return rule.tactics
    }
    let words = stated.split { ",[]\"".contains($0) }
    let tactics = words.compactMap { word in
      Tactic(reading: String(word.drop { $0 == " " }))
    }
    return tactics.isEmpty ? rule.tactics : tactics
  }

  /// The row as a JSON object.
  func json(_ batch: Batch, _ row: Int) -> String {
    var sink = ByteSink()
    for (position, column) in columns.enumerated() {
      sink.append(position == 0 ? "{" : ",")
      JSONText.append(Array(column.name.utf8), to: &sink)
      sink.append(":")
      CellText.appendJSON(batch.columns[position].scalar(at: row), to: &sink)
    }
    sink.append(columns.isEmpty ? "{}" : "}")
    return String(decoding: sink.bytes, as: UTF8.self)
  }

  /// The text of a column of a name as the database can keep it; nil where it is null, empty or
  /// not there.
  private func value(_ name: String, _ batch: Batch, _ row: Int) -> String? {
    text(positions[name], batch, row).flatMap { $0.isEmpty ? nil : $0.storable }
  }

  private func text(_ position: Int?, _ batch: Batch, _ row: Int) -> String? {
    guard let position else { return nil }
    let value = batch.columns[position].scalar(at: row)
    if value.isNull { return nil }
    var sink = ByteSink(capacity: 64)
    CellText.append(value, to: &sink)
    return String(decoding: sink.bytes, as: UTF8.self)
  }
}
