/// How somebody signs in to the cloud.
struct CloudSignIn: Sendable {
  let address: String
  /// Two letters.
  let country: String
  /// Entra's number of what went wrong; 0 for nothing.
  let error: Int64
  /// How likely it is that it was somebody else: 0 unknown, 10 low, 50 medium, 100 high.
  let risk: Int64

  /// By one of the tenant's people, from where they work or live.
  init(from address: String, error: Int64 = 0) {
    self.address = address
    country = "DE"
    self.error = error
    risk = 0
  }

  init(byAttackerAt address: String, error: Int64 = 0, risk: Int64 = 0) {
    self.address = address
    country = AttackerInfrastructure.country(of: address)
    self.error = error
    self.risk = risk
  }
}

extension StoryWriter {
  /// Logs a sign-in to the cloud as Entra ID does.
  mutating func logSignIn(_ account: Account, _ signIn: CloudSignIn) {
    log(
      .signIns,
      [
        ("Application", "Office 365 Exchange Online"),
        ("LogonType", "[\"interactiveUser\"]"),
        ("ErrorCode", .whole(signIn.error)),
        ("CorrelationId", .text(random.identifier())),
        ("AccountDisplayName", .text(account.displayName)),
        ("AccountObjectId", JSONValue(account.objectId)),
        ("AccountUpn", JSONValue(account.principalName)),
        ("IsExternalUser", 0),
        ("IsGuestUser", false),
        ("RiskLevelAggregated", .whole(signIn.risk)),
        ("ClientAppUsed", "Browser"),
        ("IPAddress", .text(signIn.address)),
        ("Country", .text(signIn.country)),
      ]
    )
  }
}
