/// Whoever acts: a person, an administrator, a service or the system itself.
///
/// Products know accounts by different identifiers, and generic accounts by a name and SID only.
struct Account: Sendable, Equatable {
  let displayName: String
  let name: String
  let domain: String
  let sid: String
  let principalName: String?
  let objectId: String?

  /// The primary address of the mailbox; nothing for accounts that have none.
  var mailbox: String? { principalName }

  /// The account that has the same SID on each Windows device of the world.
  static let system = Account(
    displayName: "SYSTEM",
    name: "system",
    domain: "nt authority",
    sid: "S-1-5-18",
    principalName: nil,
    objectId: nil
  )
}
