import Glibc

/// Reads entries from a source of bytes that is no terminal, such as a file or a pipe.
///
/// The rule of completeness is asked at the end of each line, and the end of the source ends the
/// last entry. Blank lines before an entry are dropped, and so are carriage returns at line ends.
public struct PlainReader {
  private let source: () throws(EditorFailure) -> [UInt8]
  private let mayEnd: (ArraySlice<UInt8>) -> Bool
  private let isComplete: (EntryDraft) -> Bool
  private let blankLinesEnd: Bool
  private let limitBytes: Int
  private var chunk: ArraySlice<UInt8> = []
  private var entry: [UInt8] = []

  private static let lineFeed: UInt8 = 0x0A

  /// Makes a reader.
  ///
  /// - Parameters:
  ///   - limitBytes: bytes that an entry may have.
  ///   - blankLinesEnd: whether blank lines count as typed, and so may end an entry.
  ///   - mayEnd: whether an entry may end with a line, judged by that line alone; it spares
  ///     asking about the whole text at each line of a long one.
  ///   - isComplete: whether a text is a whole entry.
  ///   - source: gives the next bytes, none at the end.
  public init(
    limitBytes: Int = 64 << 20,
    blankLinesEnd: Bool = false,
    mayEnd: @escaping (ArraySlice<UInt8>) -> Bool = { _ in true },
    isComplete: @escaping (EntryDraft) -> Bool,
    source: @escaping () throws(EditorFailure) -> [UInt8]
  ) {
    self.source = source
    self.mayEnd = mayEnd
    self.isComplete = isComplete
    self.blankLinesEnd = blankLinesEnd
    self.limitBytes = limitBytes
  }

  /// A source that reads a file descriptor.
  ///
  /// - Parameter beforeRead: called before each read, such as to show a prompt.
  public static func source(
    descriptor: Int32,
    beforeRead: @escaping () -> Void = {}
  ) -> () throws(EditorFailure) -> [UInt8] {
    let waiter = InputWaiter(input: descriptor)
    return { () throws(EditorFailure) in
      beforeRead()
      return try waiter.readWhole()
    }
  }

  /// Reads one entry; `.endOfInput` where nothing but space is left.
  public mutating func readEntry() throws(EditorFailure) -> EditorEvent {
    entry = []
    while try readLine() {
      if isWhole() { return .entry(withoutLineEnds()) }
      if !entry.isEmpty { entry.append(Self.lineFeed) }
    }
    let isEmpty = entry.allSatisfy(ASCIIFolding.isBlank)
    return isEmpty ? .endOfInput : .entry(withoutLineEnds())
  }

  /// Whether the entry ends with its last line; a first line that is blank is dropped.
  private mutating func isWhole() -> Bool {
    let line = entry[TextMetrics.line(at: entry.count, in: entry)]
    let isBlank = line.allSatisfy(ASCIIFolding.isBlank)
    if isBlank, line.count == entry.count {
      entry = []
      return false
    }
    let isBlankEnd = isBlank && blankLinesEnd
    guard isBlankEnd || mayEnd(line) else { return false }
    return isComplete(EntryDraft(text: entry, endsInTypedBlankLine: isBlankEnd))
  }

  private func withoutLineEnds() -> [UInt8] {
    Array(entry[...(entry.lastIndex { $0 != Self.lineFeed } ?? -1)])
  }

  /// Adds the next line to the entry, without its line end; false where the source ends before it.
  private mutating func readLine() throws(EditorFailure) -> Bool {
    while true {
      let line = chunk.prefix { $0 != Self.lineFeed }
      guard entry.count + line.count <= limitBytes else {
        throw .entryTooLong(limitBytes: limitBytes)
      }
      entry += line
      chunk = chunk[line.endIndex...]
      if !chunk.isEmpty {
        chunk.removeFirst()
        if entry.last == 0x0D { entry.removeLast() }
        return true
      }
      chunk = try source()[...]
      if chunk.isEmpty { return false }
    }
  }
}
