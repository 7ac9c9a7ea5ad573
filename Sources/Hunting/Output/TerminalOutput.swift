public import FileAccess
import SourceText

/// Makes rows in a form for programs safe for a terminal: line ends stay, all else goes through
/// `TerminalText`.
///
/// `finish` hands on a last line that has no end.
public final class TerminalOutput {
  private let output: any ByteOutput
  private let keepsTabs: Bool
  private var line: [UInt8] = []

  /// - Parameter keepsTabs: whether tabs stay, too, as between the values of TSV.
  public init(_ output: any ByteOutput, keepsTabs: Bool = false) {
    self.output = output
    self.keepsTabs = keepsTabs
  }

  public func write(_ bytes: UnsafeBufferPointer<UInt8>) throws(FileFailure) {
    var rest = bytes[...]
    while let end = rest.firstIndex(of: 0x0A) {
      line.append(contentsOf: rest[..<end])
      try output.write(shown() + "\n")
      line.removeAll(keepingCapacity: true)
      rest = rest[(end + 1)...]
    }
    line.append(contentsOf: rest)
  }

  public func finish() throws(FileFailure) {
    if line.isEmpty { return }
    try output.write(shown())
    line = []
  }

  private func shown() -> String {
    if !keepsTabs { return TerminalText(line).text }
    return line.split(separator: 0x09, omittingEmptySubsequences: false)
      .map { TerminalText(Array($0)).text }.joined(separator: "\t")
  }
}
