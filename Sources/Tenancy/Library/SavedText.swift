public import Columnar

/// A query or function that somebody keeps under a name.
public struct SavedText: Sendable, Hashable {
  /// What the text is.
  public enum Kind: String, Sendable {
    /// A query as it is typed.
    case query
    /// What stands right of the `=` of a `let`: `(x:string) { … }`.
    case function
  }

  public let name: String
  public let kind: Kind
  /// Whose it is.
  public let owner: String
  /// Whether all others may use it.
  public let isShared: Bool
  public let text: String
  public let changedAt: DateTime

  /// Says what is wrong with a name; nil where nothing is. Functions are called by it.
  static func refusal(_ name: String) -> String? {
    let isName = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    if name.isEmpty || name.utf8.count > 200 || !isName {
      return "a saved text has a name of letters, digits, '_' and '-'"
    }
    return nil
  }
}
