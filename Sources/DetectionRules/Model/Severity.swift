/// How bad an alert is, in the product's words.
public enum Severity: String, Sendable, CaseIterable, Comparable {
  case informational, low, medium, high

  /// Reads a severity in any letter case, as rules of Sentinel (`High`) and Defender (`high`) do.
  public init?(reading text: String) { self.init(rawValue: text.lowercased()) }

  /// As the tables write it, such as `High`.
  public var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}
