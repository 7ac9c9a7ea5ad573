import Glibc

/// Says why a file or stream could not be used, and what to do about it.
public struct FileFailure: Error, Equatable, Sendable {
  /// What went wrong.
  public enum Reason: Equatable, Sendable {
    case missing
    case isDirectory
    case notDirectory
    /// A pipe, socket or device, where a file is needed.
    case notRegular
    case permissionDenied
    /// The path is empty or holds a NUL byte.
    case invalidPath
    case tooLarge(limitBytes: Int)
    /// The gzip data stop before their end mark.
    case truncatedGzip
    /// The gzip data are damaged; the detail is zlib's own words.
    case corruptGzip(detail: String)
    case noSpace
    /// Something of that name is there already.
    case exists
    /// A folder that should go still holds something.
    case notEmpty
    /// Another process holds the lock; the text names it as far as it is known.
    case locked(holder: String)
    /// The reader of a pipe went away.
    case brokenPipe
    /// A program took longer than it may.
    case timedOut
    /// Any other error of the operating system, by its `errno`.
    case io(code: Int32)
  }

  /// What was tried when the failure came.
  public enum Operation: String, Sendable {
    case read
    case write
    case list
    case inspect
    /// Making bytes or names last through a power loss.
    case sync
    case rename
    case remove
    case lock
    case map
    /// Starting another program.
    case run
  }

  public let reason: Reason
  /// The path as the user wrote it; `-` is standard input.
  public let path: String
  public let operation: Operation

  public init(_ reason: Reason, path: String, operation: Operation) {
    self.reason = reason
    self.path = path
    self.operation = operation
  }

  /// Makes a failure of an `errno` value.
  public init(code: Int32, path: String, operation: Operation) {
    let reason: Reason =
      switch code {
      case ENOENT: .missing
      case EISDIR: .isDirectory
      case ENOTDIR: .notDirectory
      case EACCES, EPERM, EROFS: .permissionDenied
      case ENOSPC, EDQUOT: .noSpace
      case EPIPE: .brokenPipe
      case EEXIST: .exists
      case ENOTEMPTY: .notEmpty
      default: .io(code: code)
      }
    self.init(reason, path: path, operation: operation)
  }
}

extension FileFailure {
  /// Whether the reader of standard output has gone away, as `head` does: no reason to complain.
  public var isClosedOutput: Bool {
    reason == .brokenPipe && operation == .write && path == "-"
  }
}

extension FileFailure: CustomStringConvertible {
  /// A one-line message: what was tried, what was found, what to do.
  public var description: String {
    "cannot \(operation.rawValue) \(quotedPath): \(explanation)"
  }

  private var quotedPath: String {
    path == "-" ? (operation == .write ? "standard output" : "standard input") : "'\(path)'"
  }

  private var explanation: String {
    switch reason {
    case .missing:
      "no such file or folder; check the path, which is relative to the current folder"
    case .isDirectory: "it is a folder; name a file in it"
    case .notDirectory: "a part of the path is a file, not a folder"
    case .notRegular: "it is no regular file"
    case .permissionDenied: "permission denied; check the rights of the file and its folders"
    case .invalidPath: "the path is empty or holds a NUL byte"
    case .tooLarge(let limitBytes): "it is larger than the limit of \(limitBytes) bytes"
    case .truncatedGzip:
      "the gzip data end too early; the file was cut off, copy or compress it again"
    case .corruptGzip(let detail): "the gzip data are damaged (\(detail))"
    case .noSpace: "no space is left on the device"
    case .exists: "something of that name is there already"
    case .notEmpty: "the folder is not empty"
    case .locked(let holder): "it is in use by \(holder)"
    case .brokenPipe: "the reader of the pipe has gone away"
    case .timedOut: "it took too long and was ended"
    case .io(let code): "\(Self.systemMessage(code)) (errno \(code))"
    }
  }

  private static func systemMessage(_ code: Int32) -> String {
    guard let text = strerror(code) else { return "input or output error" }
    return String(cString: text).lowercased()
  }
}
