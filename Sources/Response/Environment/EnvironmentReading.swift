import GRDB
public import OperationalStore

extension EnvironmentStore {
  /// The mails of a tenant, in the order of their ids.
  public func mails(of tenant: String) throws(StoreFailure) -> [EnvironmentMail] {
    try rows(
      """
      SELECT mails.*, sent_items.location AS copy FROM mails LEFT JOIN sent_items
        ON sent_items.tenant = mails.tenant AND sent_items.message = mails.message
      WHERE mails.tenant = ? ORDER BY mails.message, mails.recipient
      """,
      tenant
    )
    .map {
      let moved = ($0["copy"] as String?).flatMap { SentItemLocation(rawValue: $0) }
      return EnvironmentMail(
        message: $0["message"],
        recipient: $0["recipient"],
        sender: $0["sender"],
        subject: $0["subject"],
        direction: $0["direction"],
        location: MailLocation(rawValue: $0["location"]) ?? .unknown,
        changed: $0["changed"],
        copy: moved ?? (SendersCopy.exists($0["direction"]) ? .sentItems : nil)
      )
    }
  }

  public func devices(of tenant: String) throws(StoreFailure) -> [EnvironmentDevice] {
    let files = try rows(
      "SELECT * FROM quarantined_files WHERE tenant = ? ORDER BY device, hash",
      tenant
    )
    let hashes = Dictionary(grouping: files) { $0["device"] as String }
    return try rows("SELECT * FROM devices WHERE tenant = ? ORDER BY id", tenant).map { row in
      EnvironmentDevice(
        id: row["id"],
        name: row["name"],
        isolation: row["isolation"],
        isContained: row["is_contained"],
        isRestricted: row["is_restricted"],
        lastScan: row["last_scan"],
        lastPackage: row["last_package"],
        quarantined: (hashes[row["id"]] ?? []).map { $0["hash"] }
      )
    }
  }

  public func identities(of tenant: String) throws(StoreFailure) -> [EnvironmentIdentity] {
    try rows("SELECT * FROM identities WHERE tenant = ? ORDER BY upn, id", tenant).map {
      EnvironmentIdentity(
        sid: $0["sid"],
        objectID: $0["object_id"],
        upn: $0["upn"],
        isEnabled: $0["is_enabled"],
        needsPassword: $0["needs_password"],
        risk: $0["risk"]
      )
    }
  }

  public func inboxRules(of tenant: String) throws(StoreFailure) -> [EnvironmentRule] {
    try rows("SELECT * FROM inbox_rules WHERE tenant = ? ORDER BY mailbox, name", tenant).map {
      EnvironmentRule(mailbox: $0["mailbox"], name: $0["name"], description: $0["description"])
    }
  }

  public func consents(of tenant: String) throws(StoreFailure) -> [EnvironmentConsent] {
    try rows("SELECT * FROM app_consents WHERE tenant = ? ORDER BY app, user", tenant).map {
      EnvironmentConsent(
        app: $0["app"],
        name: $0["name"],
        user: $0["user"],
        isGranted: $0["is_granted"],
        changed: $0["changed"]
      )
    }
  }

  private func rows(_ sql: String, _ tenant: String) throws(StoreFailure) -> [Row] {
    try database.read { try Row.fetchAll($0, sql: sql, arguments: [tenant]) }
  }
}
