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
    let isHashed: Void? = text.utf8.withContiguousStorageIfAvailable {
      hasher.combine(bytes: UnsafeRawBufferPointer($0))
    }
    if isHashed == nil {
      Array(text.utf8).withUnsafeBytes { hasher.combine(bytes: $0) }
    }
  }
}

extension String {
  /// Whether both have the same bytes.
  func isSameName(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
