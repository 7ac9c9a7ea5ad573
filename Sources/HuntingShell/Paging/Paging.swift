public import FileAccess

/// Shows texts on a terminal: straight where they fit, else in a pager.
public struct Paging {
  private let command: String
  private let room: PagedOutput.Room
  private let plain: any ByteOutput
  private let variables: [String: String]

  /// - Parameters:
  ///   - command: a command line for the shell of the system.
  ///   - plain: takes what fits the room, and all where the pager does not start.
  ///   - variables: what the pager gets beside the environment.
  public init(
    _ command: String,
    room: PagedOutput.Room,
    plain: any ByteOutput,
    variables: [String: String] = [:]
  ) {
    self.command = command
    self.room = room
    self.plain = plain
    self.variables = variables
  }

  /// Calls the body with where to write; once more where no pager starts.
  ///
  /// - Returns: whether a pager that was needed could be started.
  public func show(_ body: (any ByteOutput) throws -> Void) throws -> Bool {
    let output = PagedOutput(room, plain: plain) { () throws(FileFailure) in
      try FedProcess(starting: ChildProcess("sh", ["-c", command]), environment: variables)
    }
    var end = PagedOutput.End.shown
    do {
      try body(output)
      end = try output.finish()
    } catch {
      // Waits for the pager, which may show a part, before anything is said of the failure.
      end = try output.finish()
      guard output.isLeft || end == .notStarted else { throw error }
    }
    if end == .shown { return true }
    try body(plain)
    try plain.flush()
    return false
  }
}
