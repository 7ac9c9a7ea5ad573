import Columnar

/// What people and apps do in the cloud.
extension StoryWriter {
  /// Logs that a person lets an app act for them.
  mutating func logConsent(to app: OAuthApp, by person: Account) {
    let scopes = "Scope: " + app.permissions.joined(separator: " ")
    logActivity(
      "Consent to application.",
      .office,
      of: person,
      from: world.egressAddress,
      [
        ("ObjectName", .text(app.name)), ("ObjectType", "Service principal"),
        ("ObjectId", .text(app.objectId)), ("OAuthAppId", .text(app.appId)),
      ],
      raw: [
        ("ResultStatus", "Success"),
        (
          "ModifiedProperties",
          .list([
            Self.property("ConsentContext.IsAdminConsent", "False", value: "NewValue"),
            Self.property(
              "ConsentAction.Permissions",
              "[] => [[" + scopes + "]]",
              value: "NewValue"
            ),
          ])
        ),
      ]
    )
  }

  /// Logs what an app is, from now on once a day, as it is done for each app.
  mutating func logDaily(_ app: OAuthApp) {
    let added = now
    while now <= end {
      logApp(app, added: added)
      pass(seconds: 86_400)
    }
  }

  /// Logs what an app is.
  mutating func logApp(_ app: OAuthApp, added: DateTime) {
    let publisher: JSONValue = .object(
      app.isVerified ? [("displayName", .text(app.publisher))] : []
    )
    let permissions = app.permissions.map { permission -> JSONValue in
      .object([
        ("TargetAppDisplayName", "Microsoft Graph"), ("PermissionValue", .text(permission)),
        ("PermissionType", "Delegated"),
      ])
    }
    log(
      .oauthApps,
      [
        ("OAuthAppId", .text(app.appId)),
        ("ServicePrincipalId", .text(app.objectId)),
        ("AppName", .text(app.name)),
        ("AddedOnTime", .time(added)),
        ("AppStatus", "Enabled"),
        ("VerifiedPublisher", publisher),
        ("PrivilegeLevel", .text(app.privilege)),
        ("Permissions", .list(permissions)),
        ("IsAdminConsented", .truth(app.isInternal)),
        ("AppOrigin", app.isInternal ? "Internal" : "External"),
      ]
    )
  }

  /// Logs that an app read mails of a person.
  mutating func logMailAccess(by app: OAuthApp, to person: Account, from address: String) {
    logActivity(
      "MailItemsAccessed",
      .exchange,
      of: person,
      from: address,
      [("OAuthAppId", .text(app.appId))],
      raw: [
        ("MailboxOwnerUPN", JSONValue(person.principalName)), ("ClientAppId", .text(app.appId)),
        ("OperationCount", .whole(Int64(random.number(1...90)))),
      ]
    )
  }

  /// Logs that an app took a file of a person.
  mutating func logDownload(by app: OAuthApp, of person: Account, from address: String) {
    let file = "plan " + String(random.number(1...999)) + ".xlsx"
    logActivity(
      "FileDownloaded",
      .sharePoint,
      of: person,
      from: address,
      [
        ("ObjectName", .text(file)), ("ObjectType", "File"), ("OAuthAppId", .text(app.appId)),
      ],
      raw: [("ApplicationId", .text(app.appId))]
    )
  }

  /// Logs a rule that hides what is answered to a person's mails.
  mutating func logInboxRule(of person: Account, from address: String) {
    let name = random.pick("..", ["a", "Archive", "RSS"])
    logActivity(
      "New-InboxRule",
      .exchange,
      of: person,
      from: address,
      [("ObjectName", .text(name)), ("ObjectType", "Rule")],
      raw: [
        (
          "Parameters",
          .list([
            Self.property("SubjectContainsWords", "bank;invoice;payment", value: "Value"),
            Self.property("DeleteMessage", "True", value: "Value"),
          ])
        )
      ]
    )
  }

  private static func property(_ name: String, _ text: String, value: String) -> JSONValue {
    .object([("Name", .text(name)), (value, .text(text))])
  }

  private mutating func logActivity(
    _ action: String,
    _ application: CloudApp,
    of person: Account,
    from address: String,
    _ fields: [(String, JSONValue)],
    raw: [(String, JSONValue)]
  ) {
    let isHome = address == world.egressAddress
    log(
      .cloudActivities,
      [
        ("ActionType", .text(action)),
        ("Application", .text(application.name)),
        ("ApplicationId", .whole(application.id)),
        ("AccountObjectId", JSONValue(person.objectId)),
        ("AccountId", JSONValue(person.objectId)),
        ("AccountDisplayName", .text(person.displayName)),
        ("AccountType", "Regular"),
        ("IsAdminOperation", false),
        ("IPAddress", .text(address)),
        ("CountryCode", .text(isHome ? "DE" : AttackerInfrastructure.country(of: address))),
        (
          "RawEventData",
          .object(
            [("Operation", .text(action)), ("UserId", JSONValue(person.principalName))] + raw
          )
        ),
      ] + fields
    )
  }
}
