/// The steps about apps to which users gave access.
enum ConsentQueries {
  static let all = [gather, apps, users, UserQueries.inboxRules]

  /// The events by which users give apps access.
  static let given = """
    'Consent to application.', 'Consent to application', 'Add OAuth2PermissionGrant.',
        'Add delegated permission grant.'
    """

  private static let consents = """
    let consents = CloudAppEvents
    | where \(MailQueries.window)
    | where ActionType in~ (\(given))
    | extend User = tolower(coalesce(tostring(RawEventData.UserId), AccountId)),
        App = iff(isnotempty(OAuthAppId), OAuthAppId, ObjectId)
    | where isnotempty(App);
    """

  private static let gather = InvestigationQuery(
    "consent.gather",
    "apps of the alert, and those to which its users gave access",
    [.users, .apps],
    """
    \(consents)
    consents
    | where User in (Users) or App in~ (Apps)
    | summarize Users = dcount(User), Name = take_any(ObjectName) by App
    | project Kind = 'app', Identifiers = bag_pack('appId', App), Verdict = 'noThreatsFound',
        Facts = bag_pack('name', Name, 'users', tostring(Users))
    """
  )

  private static let apps = InvestigationQuery(
    "consent.apps",
    "apps from elsewhere that nobody vouches for and that may do much",
    [.apps],
    """
    OAuthAppInfo
    | where \(MailQueries.window) and OAuthAppId in~ (Apps)
    | summarize arg_max(Timestamp, *) by OAuthAppId
    | extend IsVerified = isnotempty(tostring(VerifiedPublisher))
        and tostring(VerifiedPublisher) !in ('{}', '[]')
    | extend IsUnproven = AppOrigin !~ 'Internal' and not(IsVerified)
    | extend IsBad = AppStatus has 'Disabled' or (PrivilegeLevel =~ 'High' and IsUnproven)
    | project Kind = 'app', Identifiers = bag_pack('appId', OAuthAppId),
        Verdict = case(IsBad, 'malicious', 'noThreatsFound'),
        Facts = bag_pack('name', AppName, 'privilege', PrivilegeLevel)
    """
  )

  private static let users = InvestigationQuery(
    "consent.users",
    "all users who gave such an app access",
    [.badApps],
    """
    \(consents)
    consents
    | where App in~ (BadApps) and isnotempty(User)
    | summarize Count = count() by User
    | project Kind = 'user', Identifiers = bag_pack('accountUpn', User), Verdict = 'suspicious',
        Facts = bag_pack('consents', tostring(Count))
    """
  )
}
