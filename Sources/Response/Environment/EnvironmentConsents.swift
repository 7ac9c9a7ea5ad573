import GRDB

extension EnvironmentWriter {
  /// Revokes the consents by which an app has access, all or one user's; or restores those that an
  /// action revoked.
  func changeConsents(_ order: ActionOrder) throws -> ActionOutcome {
    let app = order.target["appId"]?.lowercased() ?? ""
    let known = try rows(
      "SELECT user, is_granted FROM app_consents WHERE tenant = ? AND app = ? ORDER BY user",
      [order.tenant, app]
    )
    .map { (user: $0["user"] as String, isGranted: $0["is_granted"] as Bool) }
    let user = order.target["accountUpn"]?.lowercased()
    let meant = known.filter { user == nil || $0.user == user }
    if meant.isEmpty {
      let whose = user.map { " of \($0)" } ?? ""
      return ActionOutcome(
        .failed,
        "no consent\(whose) to the app \(app) is known; ingest CloudAppEvents that tell of it"
      )
    }
    if order.kind == .restoreAppConsent {
      let wanted = RevokedConsents(reading: order.parameters[RevokedConsents.parameter] ?? "")
      let gone = meant.filter { !$0.isGranted && wanted.users.contains($0.user) }.map(\.user)
      return try set(gone, granted: true, of: app, order)
    }
    let given = meant.filter(\.isGranted).map(\.user)
    let outcome = try set(given, granted: false, of: app, order)
    guard let user, !user.isEmpty, known.contains(where: { $0.user.isEmpty && $0.isGranted }) else {
      return outcome
    }
    return ActionOutcome(
      outcome.status,
      outcome.detail + "; the app keeps the access that the organization gave it for everybody",
      before: outcome.before
    )
  }

  private func set(
    _ users: [String],
    granted: Bool,
    of app: String,
    _ order: ActionOrder
  ) throws -> ActionOutcome {
    let what = granted ? "given again" : "revoked"
    if users.isEmpty {
      return ActionOutcome(.alreadyRemediated, "the consents to the app are \(what) already")
    }
    for user in users {
      try run(
        """
        UPDATE app_consents SET is_granted = ?, changed = ?
        WHERE tenant = ? AND app = ? AND user = ?
        """,
        [granted, now, order.tenant, app, user]
      )
    }
    let consents = RevokedConsents(users)
    let detail =
      users.count == 1
      ? "the consent of \(consents.text) is \(what)" : "\(users.count) consents are \(what)"
    return ActionOutcome(.completed, detail, before: granted ? "" : consents.text)
  }

  /// Keeps a consent as it is said to be.
  ///
  /// - Parameter isNewer: whether one that is known is kept unless this is newer.
  func keep(_ consent: EnvironmentConsent, _ tenant: String, isNewer: Bool) throws {
    try run(
      """
      INSERT INTO app_consents (tenant, app, user, name, is_granted, changed)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET name = excluded.name, is_granted = excluded.is_granted,
        changed = excluded.changed
      \(isNewer ? "WHERE excluded.changed > app_consents.changed" : "")
      """,
      [
        tenant, consent.app.lowercased(), consent.user.lowercased(), consent.name,
        consent.isGranted, consent.changed,
      ]
    )
  }
}
