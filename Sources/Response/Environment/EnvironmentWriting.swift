import GRDB

extension EnvironmentWriter {
  /// Keeps what was found out; where an action or an event changed something later, that stays.
  func learn(_ found: EnvironmentLearning.Found, _ tenant: String) throws {
    for mail in found.mails { try keep(mail, tenant, isNewer: true) }
    for consent in found.consents { try keep(consent, tenant, isNewer: true) }
    for device in found.devices {
      try run(
        """
        INSERT INTO devices (tenant, id, name) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET name = excluded.name
        """,
        [tenant, device.id.lowercased(), device.name]
      )
    }
    for identity in found.identities where try known(identity, tenant) == nil {
      try insert(identity, tenant)
    }
  }

  /// - Parameter isNewer: whether a mail that is known is kept unless this is newer.
  func keep(_ mail: EnvironmentMail, _ tenant: String, isNewer: Bool) throws {
    try run(
      """
      INSERT INTO mails (tenant, message, recipient, sender, subject, direction, location, changed)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET sender = excluded.sender, subject = excluded.subject,
        direction = excluded.direction, location = excluded.location, changed = excluded.changed
      \(isNewer ? "WHERE excluded.changed > mails.changed" : "")
      """,
      [
        tenant, mail.message.lowercased(), mail.recipient.lowercased(), mail.sender, mail.subject,
        mail.direction, mail.location.rawValue, mail.changed,
      ]
    )
  }

  /// Sets a device as it is said to be.
  func keep(_ device: EnvironmentDevice, _ tenant: String) throws {
    let id = device.id.lowercased()
    try run(
      """
      INSERT OR REPLACE INTO devices (tenant, id, name, isolation, is_contained, is_restricted,
        last_scan, last_package)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        tenant, id, device.name, device.isolation, device.isContained, device.isRestricted,
        device.lastScan, device.lastPackage,
      ]
    )
    try run("DELETE FROM quarantined_files WHERE tenant = ? AND device = ?", [tenant, id])
    for hash in device.quarantined {
      try run(
        "INSERT OR IGNORE INTO quarantined_files (tenant, device, hash) VALUES (?, ?, ?)",
        [tenant, id, hash.lowercased()]
      )
    }
  }

  /// Sets a user as they are said to be.
  func keep(_ identity: EnvironmentIdentity, _ tenant: String) throws {
    if let id = try known(identity, tenant) {
      try run("DELETE FROM identities WHERE id = ?", [id])
    }
    try insert(identity, tenant)
  }

  func keep(_ rule: EnvironmentRule, _ tenant: String) throws {
    try run(
      """
      INSERT OR REPLACE INTO inbox_rules (tenant, mailbox, name, description) VALUES (?, ?, ?, ?)
      """,
      [tenant, rule.mailbox.lowercased(), rule.name, rule.description]
    )
  }

  private func insert(_ identity: EnvironmentIdentity, _ tenant: String) throws {
    try run(
      """
      INSERT INTO identities (tenant, sid, object_id, upn, is_enabled, needs_password, risk)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      [
        tenant, identity.sid.lowercased(), identity.objectID.lowercased(),
        identity.upn.lowercased(), identity.isEnabled, identity.needsPassword, identity.risk,
      ]
    )
  }

  private func known(_ identity: EnvironmentIdentity, _ tenant: String) throws -> Int64? {
    try rows(
      """
      SELECT id FROM identities WHERE tenant = ?1 AND ((sid <> '' AND sid = ?2)
        OR (object_id <> '' AND object_id = ?3) OR (upn <> '' AND upn = ?4)) ORDER BY id LIMIT 1
      """,
      [
        tenant, identity.sid.lowercased(), identity.objectID.lowercased(),
        identity.upn.lowercased(),
      ]
    )
    .first?["id"]
  }
}
