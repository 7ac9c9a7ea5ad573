/// What Defender says along ransomware's way.
enum RansomwareAlerts {
  static let guessing = AlertKind(
    .endpoint,
    .medium,
    "CredentialAccess",
    "Multiple failed remote desktop logons from the internet",
    ["T1110.001", "T1133"]
  )
  static let guessedAccount = AlertKind(
    .identity,
    .medium,
    "CredentialAccess",
    "Suspected brute-force attack (Kerberos, NTLM)",
    ["T1110"]
  )
  static let remoteDesktop = AlertKind(
    .endpoint,
    .high,
    "InitialAccess",
    "Suspicious RDP session",
    ["T1021.001", "T1133"]
  )
  static let tampering = AlertKind(
    .endpoint,
    .high,
    "DefenseEvasion",
    "Microsoft Defender Antivirus tampering",
    ["T1562.001"]
  )
  static let spreading = AlertKind(
    .endpoint,
    .medium,
    "LateralMovement",
    "File dropped and launched from remote location",
    ["T1021.002", "T1570"]
  )
  static let backups = AlertKind(
    .endpoint,
    .medium,
    "Impact",
    "File backups were deleted",
    ["T1490"]
  )
  static let encryption = AlertKind(
    .antivirus,
    .high,
    "Ransomware",
    "Ransomware behavior detected in the file system",
    ["T1486"]
  )
}
