/// The steps about apps to which users gave access.
enum ConsentQueries {
  static let all = [gather, apps, users, InboxRuleQuery.step]

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

  /// What an app is, counts: that an administrator disabled it may have any reason.
  private static let apps = InvestigationQuery(
    "consent.apps",
    "apps from elsewhere that nobody vouches for and that may do much, or that Microsoft disabled",
    [.apps],
    """
    // malicious: a publisher nobody checked, from elsewhere, privileges are high; or Microsoft
    // disabled it for what it does. suspicious: from elsewhere, and disabled by an administrator.
    OAuthAppInfo
    | where \(MailQueries.window) and OAuthAppId in~ (Apps)
    | summarize arg_max(Timestamp, *) by OAuthAppId
    | extend IsVerified = isnotempty(tostring(VerifiedPublisher.displayName))
        or isnotempty(tostring(VerifiedPublisher.verifiedPublisherId)),
        IsElsewhere = AppOrigin !~ 'Internal', IsDisabled = AppStatus contains 'Disabled'
    | extend IsBanned = IsDisabled and AppStatus has_any ('Microsoft', 'DisabledByMicrosoft',
        'DisabledDueToViolationOfServicesAgreement')
    | project Kind = 'app', Identifiers = bag_pack('appId', OAuthAppId),
        Verdict = case(IsBanned or (PrivilegeLevel =~ 'High' and IsElsewhere and not(IsVerified)),
            'malicious', IsDisabled and IsElsewhere, 'suspicious', 'noThreatsFound'),
        Facts = bag_pack('name', AppName, 'privilege', PrivilegeLevel, 'status', AppStatus,
            'origin', AppOrigin, 'publisher', tostring(VerifiedPublisher.displayName))
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
