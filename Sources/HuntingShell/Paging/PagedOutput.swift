public import FileAccess
import Hunting
import SourceText

/// Keeps what is written until it is known whether it fits the screen; what does not goes to a
/// pager, which is started then.
public final class PagedOutput: ByteOutput {
  /// The lines and columns that there is room for.
  public struct Room: Sendable, Equatable {
    public let lines: Int
    public let columns: Int

    public init(lines: Int, columns: Int) {
      self.lines = lines
      self.columns = columns
    }
  }

  /// How it ended.
  public enum End: Sendable, Equatable {
    /// All was shown, or as much as the reader wanted to see.
    case shown
    /// There is no such pager; nothing was shown.
    case notStarted
  }

  /// What the system's shell exits with where it cannot run a command.
  private static let notRunCodes: Set<Int32> = [126, 127]
  /// A line with more bytes a column is taken for one that does not fit.
  private static let mostBytesOfCell = 64

  private let room: Room
  private let plain: any ByteOutput
  private let start: () throws(FileFailure) -> FedProcess
  private var kept: [UInt8] = []
  /// Lines that are complete, and where the one begins that is not.
  private var lineCount = 0
  private var lineStart = 0
  private var pager: FedProcess?
  private var hasFailed = false

  /// Makes an output.
  ///
  /// - Parameters:
  ///   - plain: takes what fits.
  ///   - start: starts the pager.
  public init(
    _ room: Room,
    plain: any ByteOutput,
    start: @escaping () throws(FileFailure) -> FedProcess
  ) {
    self.room = room
    self.plain = plain
    self.start = start
  }

  /// Whether the pager has ended before all was written; there is no use in writing more then.
  public private(set) var isLeft = false

  public func write(_ bytes: UnsafeRawBufferPointer) throws(FileFailure) {
    if let pager {
      return try tellingLeave { () throws(FileFailure) in try pager.write(bytes) }
    }
    kept.append(contentsOf: bytes)
    guard !fits() else { return }
    let pager: FedProcess
    do throws(FileFailure) {
      pager = try start()
    } catch {
      hasFailed = true
      throw error
    }
    self.pager = pager
    let waiting = kept
    kept = []
    try tellingLeave { () throws(FileFailure) in
      try pager.write(waiting)
      // The first page is to be seen while more comes.
      try pager.flush()
    }
  }

  public func flush() throws(FileFailure) {}

  /// Writes what fits, or waits until the reader leaves the pager.
  public func finish() throws(FileFailure) -> End {
    if hasFailed { return .notStarted }
    guard let pager else {
      let fitting = kept
      kept = []
      try plain.write(fitting)
      try plain.flush()
      return .shown
    }
    return Self.notRunCodes.contains(try pager.finish()) ? .notStarted : .shown
  }

  private func tellingLeave(
    _ body: () throws(FileFailure) -> Void
  ) throws(FileFailure) {
    do throws(FileFailure) {
      try body()
    } catch {
      isLeft = error.reason == .brokenPipe
      throw error
    }
  }

  /// Whether what is kept has as many lines and columns as there is room for.
  private func fits() -> Bool {
    while let end = kept[lineStart...].firstIndex(of: 0x0A) {
      if !fits(kept[lineStart..<end]) { return false }
      lineCount += 1
      lineStart = end + 1
    }
    let rest = kept[lineStart...]
    return lineCount <= room.lines && (rest.isEmpty || fits(rest))
  }

  private func fits(_ line: ArraySlice<UInt8>) -> Bool {
    // A cell has a byte at least, so that few bytes need no look at the signs; and signs without
    // cells may be many.
    if line.count <= room.columns { return true }
    if line.count > room.columns * Self.mostBytesOfCell { return false }
    return TerminalText(Self.withoutColours(line)).width <= room.columns
  }

  /// A line without the sequences of colours, which take no cells.
  private static func withoutColours(_ line: ArraySlice<UInt8>) -> [UInt8] {
    var shown: [UInt8] = []
    var place = line.startIndex
    while place < line.endIndex {
      let next = line.index(after: place)
      if line[place] == 0x1B, next < line.endIndex, line[next] == UInt8(ascii: "[") {
        let end = line[next...].dropFirst().firstIndex { (0x40...0x7E).contains($0) }
        place = end.map { line.index(after: $0) } ?? line.endIndex
      } else {
        shown.append(line[place])
        place = next
      }
    }
    return shown
  }
}
