import Columnar
import TableStore

/// Looks whether rows name the tenant that they belong to.
struct TenantCheck {
  /// The column that names it.
  let column: String
  /// The name that was found good last; rows of one tenant mostly come together.
  private var known: [UInt8]?

  init(column: String) { self.column = column }

  /// Says why the row being read belongs to no tenant; nil where it does.
  ///
  /// - Parameter index: the number of the column in the batch.
  mutating func refusal(of batch: borrowing CellBatch, index: Int) -> String? {
    var found: Cell?
    for place in batch.rowStart..<batch.count where Int(batch.cells[place].column) == index {
      found = batch.cells[place].cell
    }
    guard let found, found.kind != .null else { return "the row has no \(column)" }
    switch found.kind {
    case .string, .field, .number, .escapedString: break
    case .true, .false, .null, .container: return "\(column) is no text that names a tenant"
    }
    if let known, found.text.buffer.elementsEqual(known) { return nil }
    let name = String(decoding: found.text.buffer, as: UTF8.self)
    if let refusal = TenantName.refusal(name) { return "\(column): \(refusal)" }
    known = Array(found.text.buffer)
    return nil
  }
}
