/// A name as a key of look-ups: equal only where the bytes are.
///
/// `String` folds canonically equivalent texts, which would let two columns collide.
struct Name: Hashable, Sendable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (left: Name, right: Name) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
  }
}

extension String {
  /// Whether both have the same bytes.
  func isSameName(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
