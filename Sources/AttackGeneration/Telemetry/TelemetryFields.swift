/// Fields that rows of several tables have.
enum TelemetryFields {
  static func device(_ machine: Machine) -> [(String, JSONValue)] {
    [("DeviceId", .text(machine.id)), ("DeviceName", .text(machine.dnsName))]
  }

  static func file(_ file: FileArtifact) -> [(String, JSONValue)] {
    [
      ("FileName", .text(file.name)),
      ("FolderPath", .text(file.path)),
      ("SHA1", .text(file.sha1)),
      ("SHA256", .text(file.sha256)),
      ("FileSize", .whole(Int64(file.sizeBytes))),
    ]
  }

  static func account(_ account: Account) -> [(String, JSONValue)] {
    [
      ("AccountDomain", .text(account.domain)),
      ("AccountName", .text(account.name)),
      ("AccountSid", .text(account.sid)),
    ]
  }

  /// Who started what happened.
  static func initiating(_ process: ProcessArtifact) -> [(String, JSONValue)] {
    [
      ("InitiatingProcessFileName", .text(process.file.name)),
      ("InitiatingProcessFolderPath", .text(process.file.path)),
      ("InitiatingProcessSHA1", .text(process.file.sha1)),
      ("InitiatingProcessSHA256", .text(process.file.sha256)),
      ("InitiatingProcessId", .whole(Int64(process.id))),
      ("InitiatingProcessCommandLine", .text(process.commandLine)),
      ("InitiatingProcessCreationTime", .time(process.created)),
      ("InitiatingProcessParentFileName", .text(process.parent.name)),
      ("InitiatingProcessParentId", .whole(Int64(process.parentId))),
      ("InitiatingProcessAccountDomain", .text(process.account.domain)),
      ("InitiatingProcessAccountName", .text(process.account.name)),
      ("InitiatingProcessAccountSid", .text(process.account.sid)),
      ("InitiatingProcessAccountUpn", JSONValue(process.account.principalName)),
    ]
  }
}
