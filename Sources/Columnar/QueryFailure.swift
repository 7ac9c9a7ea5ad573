/// Why a query that bound could not be answered.
///
/// A failure always replaces the whole answer: there is no partial result that looks whole.
public struct QueryFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// What kind of failure it is; decides the exit code of a command.
  public enum Kind: String, Sendable {
    /// The data or an argument does not allow an answer.
    case evaluation
    /// Something of the language that does not run here; named in the message.
    case unsupported
    /// The memory budget is used up.
    case memory
    /// The time limit has passed.
    case timeout
    /// More rows than allowed.
    case rows
    /// A single value needs more steps than allowed, such as a regular expression.
    case steps
    /// The caller gave up.
    case cancelled
    /// A file or device failed.
    case input
  }

  public let kind: Kind
  /// What happened and what to do, lower case, without a full stop.
  public let message: String
  /// Byte offsets of the query text that it concerns, where known.
  public let range: Range<Int>?
  /// The path of the stored file that could not be read, where it is one.
  public let file: String?

  public init(_ kind: Kind, _ message: String, range: Range<Int>? = nil, file: String? = nil) {
    self.kind = kind
    self.message = message
    self.range = range
    self.file = file
  }

  public var description: String { message }
}
