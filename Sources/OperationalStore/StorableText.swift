/// Text as a database can keep it. The library hands text to SQLite up to the first U+0000, so that
/// what stands behind is lost, and two texts may become one that a constraint refuses.
extension String {
  /// Whether something would be lost.
  public var hasNUL: Bool { utf8.contains(0) }

  /// The same with U+FFFD in the place of each U+0000. Every text that others chose comes through
  /// here before it is kept or compared with what is kept.
  public var storable: String { hasNUL ? replacing("\u{0}", with: "\u{FFFD}") : self }
}
