import Columnar
import FileAccess

/// The line between two rounds of `harrier run --watch`.
struct WatchLine {
  private let clock: any Clock

  init(_ clock: any Clock) { self.clock = clock }

  /// Says when a round begins, and with how many files; fails where nobody reads it any more.
  func show(_ files: Int) throws(FileFailure) {
    let time = DateTime(ticks: clock.wallTicks).text
    let output = DescriptorOutput.standardOutput()
    try output.write("── \(time.prefix(19)) ── \(files) file\(files == 1 ? "" : "s")\n")
    try output.flush()
  }
}
