/// The tactics of MITRE ATT&CK (enterprise, ICS and those before the attack), and the four
/// categories that Defender's rules may name in their place.
public enum Tactic: String, Sendable, CaseIterable {
  case reconnaissance = "Reconnaissance"
  case resourceDevelopment = "ResourceDevelopment"
  case initialAccess = "InitialAccess"
  case execution = "Execution"
  case persistence = "Persistence"
  case privilegeEscalation = "PrivilegeEscalation"
  case defenseEvasion = "DefenseEvasion"
  case credentialAccess = "CredentialAccess"
  case discovery = "Discovery"
  case lateralMovement = "LateralMovement"
  case collection = "Collection"
  case commandAndControl = "CommandAndControl"
  case exfiltration = "Exfiltration"
  case impact = "Impact"
  case impairProcessControl = "ImpairProcessControl"
  case inhibitResponseFunction = "InhibitResponseFunction"
  case malware = "Malware"
  case ransomware = "Ransomware"
  case suspiciousActivity = "SuspiciousActivity"
  case unwantedSoftware = "UnwantedSoftware"

  /// Reads a tactic, also with spaces and in other letter cases, as columns of alerts hold it.
  public init?(reading text: String) {
    let letters = text.lowercased().filter { $0 != " " && $0 != "-" && $0 != "_" }
    guard let tactic = Self.byLetters[letters] else { return nil }
    self = tactic
  }

  private static let byLetters: [String: Tactic] = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0.rawValue.lowercased(), $0) }
  )

  /// Whether it is one of the four that name no tactic of ATT&CK and hide techniques.
  public var isCategory: Bool {
    switch self {
    case .malware, .ransomware, .suspiciousActivity, .unwantedSoftware: true
    default: false
    }
  }

  /// Whether only Sentinel's rules know it (ATT&CK for ICS).
  public var isIndustrial: Bool {
    self == .impairProcessControl || self == .inhibitResponseFunction
  }
}
