/// What is thought of something, in Graph's words, the worst last.
public enum EntityVerdict: String, Sendable, CaseIterable, Comparable {
  case unknown, noThreatsFound, suspicious, malicious

  /// The verdict of a text of Graph; what is none says nothing.
  public init(reading text: String) { self = Self(rawValue: text) ?? .unknown }

  public var isThreat: Bool { self >= .suspicious }

  public static func < (one: EntityVerdict, other: EntityVerdict) -> Bool {
    one.rank < other.rank
  }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
