import Alerts
import DetectionRules

/// Which things of an alert are drawn together.
///
/// Lines lead from what an alert is about to all else that it tells of. A mail belongs to who got
/// or sent it, and mails of a campaign are told together by what they carry, not by the first
/// mailbox of it.
struct StoryEdges {
  struct Ends: Hashable {
    let from: Int
    let to: Int
  }

  private(set) var ends: [Ends] = []
  private var known: Set<Ends> = []
  private let things: [StoryThings.Seen]
  /// The users and mailboxes by their addresses, in small letters.
  private var people: [String: [StoryThings.Seen]] = [:]
  /// Those that hang on something else than what the alert is about.
  private var placed: Set<Int> = []

  init(_ seen: [StoryThings.Seen]) {
    var numbers: Set<Int> = []
    things = seen.filter { numbers.insert($0.number).inserted }.sorted { $0.number < $1.number }
    let middle = things.min { (Self.rank($0), $0.number) < (Self.rank($1), $1.number) }
    guard let middle else { return }
    placeMails()
    for thing in things where thing.number != middle.number && !placed.contains(thing.number) {
      join(middle, thing)
    }
  }

  private mutating func placeMails() {
    let mails = things.filter { $0.thing.kind == EntityKind.mailMessage.rawValue }
    if mails.isEmpty { return }
    for thing in things {
      for address in Self.addresses(of: thing.thing) { people[address, default: []].append(thing) }
    }
    let carried = things.first { Self.carried.contains($0.thing.kind) }
    for mail in mails {
      let people = people(of: mail.thing)
      for person in people { join(person, mail) }
      if let carried {
        join(mail, carried)
        placed.formUnion(people.map(\.number))
      } else if people.isEmpty {
        // The first stands for the campaign.
        guard let first = mails.first, first.number != mail.number else { continue }
        join(first, mail)
      }
      placed.insert(mail.number)
    }
  }

  private mutating func join(_ from: StoryThings.Seen, _ to: StoryThings.Seen) {
    let new = Ends(from: from.number, to: to.number)
    if from.number == to.number || !known.insert(new).inserted { return }
    ends.append(new)
  }

  /// The users and mailboxes that got or sent a mail.
  private func people(of mail: Evidence) -> [StoryThings.Seen] {
    let addresses = Set(
      ["Recipient", "Sender", "P1Sender", "P2Sender"].compactMap { mail[$0]?.lowercased() }
    )
    var numbers: Set<Int> = []
    return addresses.flatMap { people[$0] ?? [] }
      .filter { numbers.insert($0.number).inserted }
      .sorted { $0.number < $1.number }
  }

  private static func addresses(of thing: Evidence) -> Set<String> {
    let isPerson =
      thing.kind == EntityKind.account.rawValue || thing.kind == EntityKind.mailbox.rawValue
    guard isPerson else { return [] }
    var names = ["MailboxPrimaryAddress", "Upn", "FullName"].compactMap { thing[$0] }
    if let name = thing["Name"], let suffix = thing["UPNSuffix"] {
      names.append("\(name)@\(suffix)")
    }
    return Set(names.map { $0.lowercased() })
  }

  /// What a mail brings.
  private static let carried: Set<String> = [
    EntityKind.url.rawValue, EntityKind.file.rawValue, EntityKind.fileHash.rawValue,
  ]

  /// A device is in the middle of what happens on it, a user of what they do, a mail of its parts.
  private static func rank(_ seen: StoryThings.Seen) -> Int {
    let order: [EntityKind] = [
      .host, .account, .mailbox, .mailMessage, .oAuthApplication, .process,
    ]
    return order.firstIndex { $0.rawValue == seen.thing.kind } ?? order.count
  }
}
