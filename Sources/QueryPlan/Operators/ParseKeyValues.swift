public import Columnar

/// `parse-kv`: columns out of a text of keys and values.
public struct ParseKeyValues: PlanNode {
  public internal(set) var input: Plan
  public internal(set) var source: Expression
  /// The wanted keys and their types.
  public let keys: [PlanColumn]
  /// What separates pairs; nil with no delimiters given: anything but letters and digits does.
  public let pairDelimiter: ByteString?
  /// What separates a key from its value; nil just where `pairDelimiter` is.
  public let keyValueDelimiter: ByteString?
  /// Opening and closing quote pairs, flat.
  public let quotes: [ByteString]
  /// Characters that make the next one plain within quotes.
  public let escapes: [ByteString]
  public let isGreedy: Bool
  /// Set where pairs are found by a pattern instead.
  public let regex: ByteString?
  public internal(set) var columns: [PlanColumn]

  public init(
    input: Plan,
    source: Expression,
    keys: [PlanColumn],
    pairDelimiter: ByteString?,
    keyValueDelimiter: ByteString?,
    quotes: [ByteString],
    escapes: [ByteString],
    isGreedy: Bool,
    regex: ByteString?,
    columns: [PlanColumn]
  ) {
    self.input = input
    self.source = source
    self.keys = keys
    self.pairDelimiter = pairDelimiter
    self.keyValueDelimiter = keyValueDelimiter
    self.quotes = quotes
    self.escapes = escapes
    self.isGreedy = isGreedy
    self.regex = regex
    self.columns = columns
  }

  public var title: String { "parse-kv" }
  public var inputs: [Plan] { [input] }
}
