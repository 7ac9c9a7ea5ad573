/// The techniques of MITRE ATT&CK, as far as the list that ships knows them.
public enum AttackList {
  /// What is known of a technique.
  public struct Technique: Sendable, Equatable {
    public let id: String
    public let name: String
    /// Empty where they are not known.
    public let tactics: Set<Tactic>
    public let state: State
  }

  /// Whether a technique is still to be named.
  public enum State: Sendable, Equatable {
    case current
    /// Gone in favour of another, where the list says which.
    case revoked(successor: String?)
    case deprecated
  }

  /// The version of the enterprise matrix.
  public static var version: String { AttackText.version }

  /// The technique of an id such as `T1059.001`; nil where the list has none.
  public static func technique(_ id: String) -> Technique? { techniques[id] }

  /// A technique as AlertInfo writes it, `PowerShell (T1059.001)`; the id alone where the list has
  /// none of it.
  public static func title(of id: String) -> String {
    technique(id).map { "\($0.name) (\(id))" } ?? id
  }

  /// Whether a text has the form of an id: `T`, four digits, and `.` and three of a subtechnique.
  public static func isWellFormed(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 5 || bytes.count == 9, bytes[0] == UInt8(ascii: "T") else { return false }
    let isDigit = { (byte: UInt8) in (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    if bytes.count == 9, bytes[5] != UInt8(ascii: ".") { return false }
    return bytes[1..<5].allSatisfy(isDigit) && bytes.dropFirst(6).allSatisfy(isDigit)
  }

  /// Whether an id is one of the matrix for industrial control systems, of which the list has few.
  public static func isIndustrial(_ id: String) -> Bool { id.hasPrefix("T0") }

  /// The tactics of the letters of the list.
  private static let letters: [Tactic] = [
    .reconnaissance, .resourceDevelopment, .initialAccess, .execution, .persistence,
    .privilegeEscalation, .defenseEvasion, .credentialAccess, .discovery, .lateralMovement,
    .collection, .commandAndControl, .exfiltration, .impact,
  ]

  private static let techniques: [String: Technique] = {
    var techniques: [String: Technique] = [:]
    for line in AttackText.techniques.split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 2)
      guard parts.count == 3 else { continue }
      let id = String(parts[0])
      techniques[id] = Technique(
        id: id,
        name: String(parts[2]),
        tactics: tactics(parts[1]),
        state: state(parts[1])
      )
    }
    return techniques
  }()

  private static func tactics(_ mark: Substring) -> Set<Tactic> {
    Set(
      mark.utf8.compactMap { byte in
        let index = Int(byte) - Int(UInt8(ascii: "a"))
        return letters.indices.contains(index) && !mark.hasPrefix(">") ? letters[index] : nil
      }
    )
  }

  private static func state(_ mark: Substring) -> State {
    if mark == "!" { return .deprecated }
    guard mark.hasPrefix(">") else { return .current }
    return .revoked(successor: mark.count > 1 ? String(mark.dropFirst()) : nil)
  }
}
