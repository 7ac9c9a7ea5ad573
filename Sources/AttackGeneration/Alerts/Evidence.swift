/// An entity that an alert names, with what the alert says of it.
struct Evidence: Sendable {
  enum Entity: Sendable {
    case account(Account)
    case mailbox(Account)
    case device(Machine)
    case file(FileArtifact, on: Machine?)
    case process(ProcessArtifact, on: Machine)
    case address(String)
    case url(String)
    case mail(MailArtifact)
    case cloudApp(CloudApp)
    case oauthApp(OAuthApp)
  }

  enum Verdict: String, Sendable {
    case unknown, suspicious, malicious, noThreatsFound
  }

  let entity: Entity
  let verdict: Verdict
  let roles: [String]

  init(_ entity: Entity, _ verdict: Verdict = .suspicious, _ roles: [String] = []) {
    self.entity = entity
    self.verdict = verdict
    self.roles = roles
  }

  static func account(_ account: Account, _ roles: String...) -> Evidence {
    Evidence(.account(account), .suspicious, roles)
  }

  static func mailbox(_ account: Account) -> Evidence { Evidence(.mailbox(account)) }

  static func device(_ machine: Machine, _ roles: String...) -> Evidence {
    Evidence(.device(machine), .suspicious, roles)
  }

  static func file(_ file: FileArtifact, on machine: Machine? = nil) -> Evidence {
    Evidence(.file(file, on: machine), file.signer == nil ? .malicious : .unknown)
  }

  static func process(_ process: ProcessArtifact, on machine: Machine) -> Evidence {
    Evidence(.process(process, on: machine))
  }

  static func address(_ address: String, _ roles: String...) -> Evidence {
    Evidence(.address(address), .suspicious, roles)
  }

  static func url(_ url: String) -> Evidence { Evidence(.url(url), .malicious) }
  static func mail(_ mail: MailArtifact) -> Evidence { Evidence(.mail(mail), .malicious) }
  static func cloudApp(_ app: CloudApp) -> Evidence { Evidence(.cloudApp(app), .unknown) }
  static func oauthApp(_ app: OAuthApp) -> Evidence { Evidence(.oauthApp(app)) }
}
