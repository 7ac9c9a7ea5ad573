import Columnar

/// A member of a JSON object: which key, and where its value lies.
struct JSONMember {
  /// The number of the key in the key table.
  let key: Int
  let kind: Cell.Kind
  /// Whether the string holds escapes.
  let hasEscapes: Bool
  /// The value; a string without its quotes.
  let value: TextView
}
