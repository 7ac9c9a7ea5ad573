/// What Defender says along a payload's way.
enum PayloadAlerts {
  static let started = AlertKind(
    .endpoint,
    .medium,
    "Execution",
    "An uncommon executable with a double extension was launched",
    ["T1204.002", "T1036.007"]
  )
  static let script = AlertKind(
    .endpoint,
    .medium,
    "Execution",
    "Suspicious PowerShell command line",
    ["T1059.001", "T1027"]
  )
  static let control = AlertKind(
    .endpoint,
    .high,
    "CommandAndControl",
    "Suspicious network beaconing to a command and control server",
    ["T1071.001"]
  )
  static let memory = AlertKind(
    .endpoint,
    .high,
    "CredentialAccess",
    "Suspicious access to LSASS service",
    ["T1003.001"]
  )
  static let directory = AlertKind(
    .identity,
    .medium,
    "Discovery",
    "Security principal reconnaissance (LDAP)",
    ["T1087.002"]
  )
  static let hash = AlertKind(
    .identity,
    .high,
    "LateralMovement",
    "Suspected identity theft (pass-the-hash)",
    ["T1550.002"]
  )
  static let remoteService = AlertKind(
    .endpoint,
    .medium,
    "LateralMovement",
    "Suspicious service launched by a remote account",
    ["T1021.002", "T1569.002"]
  )
  static let upload = AlertKind(
    .endpoint,
    .high,
    "Exfiltration",
    "Possible data exfiltration to a storage service",
    ["T1567.002"]
  )
  static let staging = AlertKind(
    .endpoint,
    .low,
    "Collection",
    "Data was staged in a password-protected archive",
    ["T1560.001"]
  )
}
