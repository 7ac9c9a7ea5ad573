import Alerts
import Columnar
import FileAccess
import GRDB
import OperationalStore
import Segments
import StructuredText

/// What an alert of another product came as, in one line of JSON.
struct AlertDocument {
  /// The most bytes of a document that are kept.
  static let mostBytes = 64 << 10

  /// Cut behind ``mostBytes``.
  let text: String
  /// How many it has as a whole.
  let bytes: Int

  init(_ node: DocumentNode) {
    let whole = JSONDocumentWriter.line(node)
    bytes = whole.utf8.count
    text = bytes <= Self.mostBytes ? whole : Self.start(of: whole)
  }

  /// The first bytes of a text up to the last scalar that is there wholly.
  private static func start(of text: String) -> String {
    let scalars = text.unicodeScalars
    var end = text.utf8.index(text.startIndex, offsetBy: mostBytes)
    while end.samePosition(in: scalars) == nil { end = text.utf8.index(before: end) }
    return String(scalars[..<end])
  }

  /// What the database keeps of a text, and the text of that.
  enum Packing {
    static func packed(_ text: String, _ compressor: Compressor) -> [UInt8] {
      let bytes = Array(text.utf8)
      return bytes.withUnsafeBytes { compressor.compress($0) } ?? bytes
    }

    /// - Parameter count: the bytes of the text.
    static func text(_ packed: UnsafeRawBufferPointer, count: Int) throws(StoreFailure) -> String {
      if packed.count == count { return String(decoding: packed, as: UTF8.self) }
      var isWhole = false
      let bytes = [UInt8](unsafeUninitializedCapacity: count) { target, filled in
        isWhole = Decompression.expand(packed, into: UnsafeMutableRawBufferPointer(target))
        filled = isWhole ? count : 0
      }
      if isWhole { return String(decoding: bytes, as: UTF8.self) }
      throw StoreFailure(.corrupt(detail: "an alert as it came"), path: "detections.db")
    }
  }
}

extension IncidentWriter {
  /// Keeps what an alert came as, in the place of what it came as before.
  func keep(_ document: AlertDocument, of alert: String, _ compressor: Compressor) throws {
    try run(
      """
      INSERT INTO alert_documents (alert, received, bytes, kept, document) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET received = excluded.received, bytes = excluded.bytes,
        kept = excluded.kept, document = excluded.document
      WHERE document <> excluded.document OR bytes <> excluded.bytes
      """,
      [
        alert, now.ticks, document.bytes, document.text.utf8.count,
        AlertDocument.Packing.packed(document.text, compressor),
      ]
    )
  }
}

extension IncidentReading {
  /// What an alert came as last; none where it is of a rule, came as rows, or came to an earlier
  /// release.
  func documentRows(of alert: IncidentAlert) throws -> [AlertRow] {
    try rows(
      "SELECT received, bytes, kept, document FROM alert_documents WHERE alert = ?",
      [alert.key]
    ) { row in
      let (bytes, kept): (Int, Int) = (row[1], row[2])
      let text = try row.withBytes(3) { try AlertDocument.Packing.text($0, count: kept) }
      return AlertRow(
        table: "alerts_v2",
        time: DateTime(ticks: row[0]),
        cells: IngestedRow.dynamic(bytes == kept ? text : JSONDocumentWriter.quoted(text))
          ?? .missing(.dynamic),
        cutFrom: bytes == kept ? nil : bytes
      )
    }
  }
}
