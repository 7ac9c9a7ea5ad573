/// The text at a press of Return, for the decision whether it is a whole entry.
public struct EntryDraft: Sendable, Equatable {
  /// The bytes so far, without the line end of this Return.
  public let text: [UInt8]
  /// Whether Return was pressed on a blank last line.
  ///
  /// Only the keyboard sets it: line ends in pasted text are not asked about, however many blank
  /// lines they make, nor are those of a `PlainReader` unless its options say so.
  public let endsInTypedBlankLine: Bool

  /// Describes a text.
  public init(text: [UInt8], endsInTypedBlankLine: Bool) {
    self.text = text
    self.endsInTypedBlankLine = endsInTypedBlankLine
  }
}
