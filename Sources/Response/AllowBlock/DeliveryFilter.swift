public import Columnar

/// What the list is asked about: a mail as it arrives, or parts of one.
public struct ArrivingMail: Sendable, Equatable {
  /// The address in From.
  public var sender: String?
  /// The address of the envelope, by which senders are blocked too.
  public var envelopeSender: String?
  public var address: String?
  public var urls: [String] = []
  /// SHA-256 of attached files.
  public var hashes: [String] = []
  /// Whether the sender is one that somebody pretends to be.
  public var isSpoofed = false

  public init() {}
}

/// What the entries of a tenant's allow/block list do with mails.
///
/// It is pure: the same entries, mail and time give the same effect, so that whatever delivers
/// mails (a simulated environment, a connector) and whatever shows them agree.
///
/// A block beats every allow. A blocked address of a server is dropped before anything else is
/// looked at; a blocked file is malware; a blocked sender, URL or spoof pair is high-confidence
/// phish. Both of these are quarantined. Entries that are expired or removed do nothing.
public struct DeliveryFilter: Sendable {
  /// What is done with a mail.
  public enum Effect: Sendable, Equatable {
    /// No entry speaks of it: what the mail filter thinks, counts.
    case none
    /// An entry lets it through although the mail filter thinks otherwise.
    case allowed(ListEntry)
    /// It is quarantined as high-confidence phish.
    case phish(ListEntry)
    /// It is quarantined as malware.
    case malware(ListEntry)
    /// It is not taken at all.
    case dropped(ListEntry)

    /// The entry behind it.
    public var entry: ListEntry? {
      switch self {
      case .none: nil
      case .allowed(let entry), .phish(let entry), .malware(let entry), .dropped(let entry): entry
      }
    }

    public var word: String {
      switch self {
      case .none: "none"
      case .allowed: "allowed"
      case .phish: "quarantined as high-confidence phish"
      case .malware: "quarantined as malware"
      case .dropped: "dropped"
      }
    }

    /// Where the mail ends; nil where the entries do not say.
    public var location: MailLocation? {
      switch self {
      case .none: nil
      case .allowed: .inbox
      case .phish, .malware: .quarantine
      case .dropped: .dropped
      }
    }

    /// What EmailEvents says of it as ThreatTypes.
    public var threatTypes: String {
      switch self {
      case .none, .allowed, .dropped: ""
      case .phish: "Phish"
      case .malware: "Malware"
      }
    }
  }

  private let entries: [ListEntry]

  /// - Parameter now: when mails arrive: entries that do not hold then are left out.
  public init(_ entries: [ListEntry], at now: DateTime) {
    self.entries = entries.filter { $0.holds(at: now) }
  }

  /// What becomes of a mail.
  public func effect(on mail: ArrivingMail) -> Effect {
    let found = entries.filter { matches($0, mail) }
    let blocks = found.filter { $0.action == .block }
    if let entry = blocks.first(where: { $0.kind == .ip }) { return .dropped(entry) }
    if let entry = blocks.first(where: { $0.kind == .fileHash }) { return .malware(entry) }
    if let entry = blocks.first { return .phish(entry) }
    return found.first.map { .allowed($0) } ?? .none
  }

  /// Why a user of the tenant cannot send to an address; nil where it may.
  public func refusal(ofSendingTo recipient: String) -> String? {
    var mail = ArrivingMail()
    mail.sender = recipient
    let isBlocked = entries.contains { entry in
      entry.action == .block && entry.kind == .sender && matches(entry, mail)
    }
    return isBlocked ? "550 5.7.703 the address is blocked by the tenant's list" : nil
  }

  private func matches(_ entry: ListEntry, _ mail: ArrivingMail) -> Bool {
    switch entry.kind {
    case .sender:
      return [mail.sender, mail.envelopeSender].contains { $0.map { covers(entry, $0) } ?? false }
    case .url:
      guard let pattern = try? MailURL("http://" + entry.value) else { return false }
      return mail.urls.contains { text in (try? MailURL(text)).map(pattern.covers) ?? false }
    case .fileHash: return mail.hashes.contains { $0.lowercased() == entry.value }
    case .ip: return contains(entry.value, mail.address)
    case .spoof: return mail.isSpoofed && isPair(entry, mail)
    }
  }

  /// Whether a sender is one, or of a domain or one below it.
  private func covers(_ entry: ListEntry, _ sender: String) -> Bool {
    let sender = sender.trimmed.lowercased()
    if entry.value.contains("@") { return sender == entry.value }
    guard let domain = sender.split(separator: "@").last else { return false }
    return domain == entry.value || domain.hasSuffix("." + entry.value)
  }

  private func contains(_ range: String, _ address: String?) -> Bool {
    guard let address = address.flatMap({ NetworkRange($0.lowercased()) }) else { return false }
    return NetworkRange(range)?.contains(address) ?? false
  }

  private func isPair(_ entry: ListEntry, _ mail: ArrivingMail) -> Bool {
    let parts = entry.value.split(separator: ",").map { String($0).trimmed }
    guard parts.count == 2, let sender = mail.sender?.trimmed.lowercased() else { return false }
    let domain = sender.split(separator: "@").last.map(String.init) ?? ""
    guard parts[0] == "*" || parts[0] == sender || parts[0] == domain else { return false }
    if parts[1] == "*" || contains(parts[1], mail.address) { return true }
    let source = mail.envelopeSender?.trimmed.lowercased().split(separator: "@").last
    return source.map(String.init) == parts[1]
  }
}
