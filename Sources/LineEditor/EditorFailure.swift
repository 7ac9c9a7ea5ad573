/// Why no entry could be read.
public enum EditorFailure: Error, Equatable {
  /// The input's settings could not be read or changed; the system's error number.
  case noTerminal(code: Int32)
  /// Reading failed; the system's error number.
  case unreadable(code: Int32)
  /// Writing failed; the system's error number.
  case unwritable(code: Int32)
  /// An entry of a plain source has more bytes than the limit.
  case entryTooLong(limitBytes: Int)
}
