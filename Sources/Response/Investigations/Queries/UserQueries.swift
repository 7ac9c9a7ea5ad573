/// The steps about users: those whom mails reached, and those whose accounts may be lost.
enum UserQueries {
  static let afterMail = [signIns, InboxRuleQuery.step, DeviceQueries.group]
  static let compromise = [gather, signIns, InboxRuleQuery.step, sent]

  private static let window = MailQueries.window

  /// The tables of sign-ins to Entra ID, whose name changed.
  static let logonTables = ["EntraIdSignInEvents", "AADSignInEventsBeta"]

  /// `logons`: sign-ins to Entra ID, whatever the table is called.
  static let logons = """
    let logons = union \(logonTables.joined(separator: ", "))
    | where \(window)
    | project Timestamp, User = tolower(AccountUpn), AccountObjectId, ErrorCode, IPAddress,
        Country, RiskLevelAggregated;
    """

  private static let gather = InvestigationQuery(
    "user.gather",
    "what the users of the alert did: sign-ins and sent mails",
    [.users],
    """
    \(logons)
    let signed = logons | where User in (Users) | summarize Count = count() by User;
    let sent = EmailEvents
    | where \(window)
    | extend User = tolower(SenderFromAddress)
    | where User in (Users)
    | summarize Count = count() by User;
    union signed, sent
    | summarize Count = sum(Count) by User
    | project Kind = 'user', Identifiers = bag_pack('accountUpn', User),
        Verdict = 'noThreatsFound', Facts = bag_pack('events', tostring(Count))
    """
  )

  /// A user who signed in with a risk, or from a country for the first time, after it began.
  static let signIns = InvestigationQuery(
    "user.sign-ins",
    "odd sign-ins of the users since it began: risky ones, and from new countries",
    [.suspects, .start],
    """
    \(logons)
    let own = logons | where User in (Suspects) and ErrorCode == 0;
    let before = own
    | where Timestamp < Start and isnotempty(Country)
    | summarize Known = make_set(Country) by User;
    own
    | where Timestamp >= Start
    | join kind=leftouter before on User
    | extend IsNew = isnotempty(Country) and array_length(Known) > 0
        and not(set_has_element(Known, Country))
    | summarize Risky = countif(RiskLevelAggregated >= 50), New = countif(IsNew),
        Countries = strcat_array(make_set_if(Country, IsNew), ','), Count = count() by User
    | where Risky > 0 or New > 0
    | project Kind = 'user', Identifiers = bag_pack('accountUpn', User),
        Verdict = iff(Risky > 0, 'malicious', 'suspicious'),
        Facts = bag_pack('riskySignIns', tostring(Risky), 'newCountries', Countries)
    """
  )

  private static let sent = InvestigationQuery(
    "user.sent",
    "mails that the users sent since it began and in which threats were found",
    [.suspects, .start],
    """
    \(MailQueries.mails)
    mails
    | where tolower(SenderFromAddress) in (Suspects) and Timestamp >= Start
    | where isnotempty(ThreatTypes)
    \(MailQueries.latest)
    \(MailQueries.found("'isSeed', 'true'"))
    """
  )
}

/// The steps about passwords that are tried for many users.
enum SprayQueries {
  static let all = [gather, lost, UserQueries.signIns, InboxRuleQuery.step]

  /// The fewest users for whom an address fails that sprays.
  static let fewestUsers = 10
  /// How many of them there are for each user who signs in from it. In a month most people of an
  /// office mistype a password once, and all of them sign in from there.
  static let failedPerSigned = 2

  private static let window = MailQueries.window

  private static let attempts = """
    \(UserQueries.logons)
    let identity = IdentityLogonEvents
    | where \(window)
    | project User = tolower(AccountUpn), IPAddress, IsDone = ActionType =~ 'LogonSuccess';
    let attempts = union (logons | project User, IPAddress, IsDone = ErrorCode == 0), identity
    | where isnotempty(User) and isnotempty(IPAddress);
    """

  private static let gather = InvestigationQuery(
    "spray.sources",
    "addresses from which sign-ins of many users fail, among those of the alert",
    [.users, .addresses],
    """
    \(attempts)
    let near = attempts
    | where User in (Users) or IPAddress in (Addresses)
    | distinct IPAddress;
    attempts
    | where IPAddress in (near)
    | summarize Failed = dcountif(User, not(IsDone)), Signed = dcountif(User, IsDone) by IPAddress
    | project Kind = 'ip', Identifiers = bag_pack('address', IPAddress),
        Verdict = iff(Failed >= \(fewestUsers) and Failed > \(failedPerSigned) * Signed,
            'malicious', 'noThreatsFound'),
        Facts = bag_pack('failedUsers', tostring(Failed), 'signedIn', tostring(Signed))
    """
  )

  private static let lost = InvestigationQuery(
    "spray.lost",
    "users who signed in from such an address",
    [.badAddresses],
    """
    \(attempts)
    attempts
    | where IPAddress in (BadAddresses)
    | summarize Signed = countif(IsDone) by User
    | project Kind = 'user', Identifiers = bag_pack('accountUpn', User),
        Verdict = iff(Signed > 0, 'malicious', 'noThreatsFound'),
        Facts = bag_pack('signIns', tostring(Signed))
    """
  )
}
