/// The step about rules of mailboxes, and how it judges them.
enum InboxRuleQuery {
  /// A rule that sends mails to somebody else's domain, or hides those that an attacker would hide,
  /// is malicious. One that sorts mails into a folder of the user's own is none.
  static let step = InvestigationQuery(
    "user.inbox-rules",
    "new inbox rules of the users since it began: whether they send mails out, or hide some",
    [.suspects, .start],
    """
    // malicious: sends mails to a domain that is not the tenant's; or hides mails (deletes them, or
    // moves them to where nobody looks, such as RSS Feeds) and is about money or warnings, is about
    // all mails, marks those that it moves there as read, or has a name that is none.
    // suspicious: hides others, or sends mails inside the tenant.
    let own = toscalar(union
        (EmailEvents | where \(window) and EmailDirection in~ ('Inbound', 'Intra-org')
        | project Address = RecipientEmailAddress),
        (IdentityInfo | where \(window) | project Address = AccountUpn)
    | where Address contains '@'
    | summarize make_set(tolower(tostring(split(Address, '@')[1]))));
    let rules = CloudAppEvents
    | where \(window) and Timestamp >= Start
    | where ActionType in~ ('New-InboxRule', 'Set-InboxRule', 'UpdateInboxRules')
    | extend User = tolower(coalesce(tostring(RawEventData.UserId), AccountId))
    | where User in (Suspects)
    | extend Said = array_concat(RawEventData.Parameters, RawEventData.OperationProperties)
    | mv-apply Part = Said on (
        summarize Said = make_bag(bag_pack(tostring(Part.Name), tostring(Part.Value))))
    \(readings)
    \(judgement);
    let users = rules
    | summarize Count = count(), Bad = countif(Verdict == 'malicious'),
        Odd = countif(Verdict == 'suspicious') by User
    | project Kind = 'user', Identifiers = bag_pack('accountUpn', User),
        Verdict = case(Bad > 0, 'malicious', Odd > 0, 'suspicious', 'noThreatsFound'),
        Facts = bag_pack('inboxRules', tostring(Count));
    let found = rules
    | where isnotempty(Rule)
    | project Kind = 'inboxRule', Verdict,
        Identifiers = bag_pack('mailboxPrimaryAddress', User, 'ruleName', Rule),
        Facts = bag_pack('owner', User, 'why', Why);
    union users, found
    """
  )

  private static let window = MailQueries.window

  /// What a rule does with which mails; an event of a change names only what was changed.
  private static let readings = """
    | extend Rule = coalesce(ObjectName, tostring(RawEventData.ObjectId), tostring(Said.RuleName)),
        Actions = tostring(Said.RuleActions), Folder = tostring(Said.MoveToFolder)
    | extend Name = coalesce(tostring(Said.Name), tostring(Said.RuleName), Rule)
    | extend Goals = tolower(strcat(Said.ForwardTo, ' ', Said.RedirectTo, ' ',
        Said.ForwardAsAttachmentTo, ' ',
        iff(Actions has_any ('Forward', 'ForwardAsAttachment', 'Redirect'), Actions, '')))
    | extend Outside = set_difference(extract_all(@'@([a-z0-9.-]+)', Goals),
        array_concat(own, pack_array(tostring(split(User, '@')[1]))))
    | extend Words = strcat(Said.SubjectContainsWords, ' ', Said.BodyContainsWords, ' ',
        Said.SubjectOrBodyContainsWords, ' ', Said.RuleCondition),
        IsDeleting = Said.DeleteMessage =~ 'True' or Said.SoftDeleteMessage =~ 'True'
            or Actions has_any ('Delete', 'PermanentDelete', 'SoftDelete')
            or Folder has_any ('Deleted Items', 'Junk Email'),
        IsUnseen = Folder has_any ('RSS Feeds', 'RSS Subscriptions', 'Conversation History',
            'Sync Issues')
    | extend IsOfWords = Words has_any (\(words)),
        IsOfAll = ActionType =~ 'New-InboxRule'
            and array_length(set_intersect(bag_keys(Said), \(conditions))) == 0,
        IsRead = Said.MarkAsRead =~ 'True',
        IsNameless = isnotempty(Name)
            and Name matches regex @'^[^\\p{L}\\p{N}]*[\\p{L}\\p{N}]?[^\\p{L}\\p{N}]*$'
    """

  private static let judgement = """
    | extend Bad = case(
        array_length(Outside) > 0, strcat('sends mails to ', strcat_array(Outside, ', ')),
        not(IsDeleting or IsUnseen), '',
        IsOfWords, 'hides mails about money or warnings', IsOfAll, 'hides all mails',
        IsUnseen and IsRead, 'moves mails to where nobody looks, as read',
        IsNameless, 'hides mails and has no name', '')
    | extend Odd = case(IsDeleting, 'deletes mails', IsUnseen, 'moves mails to where nobody looks',
        isnotempty(trim(' +', Goals)), 'sends mails inside the tenant', '')
    | extend Why = coalesce(Bad, Odd),
        Verdict = case(isnotempty(Bad), 'malicious', isnotempty(Odd), 'suspicious',
            'noThreatsFound')
    """

  /// What those write about whom an attacker keeps from reading.
  private static let words = """
    'invoice', 'invoices', 'payment', 'payments', 'payroll', 'bank', 'wire', 'transfer', 'salary',
    'iban', 'remittance', 'purchase order', 'password', 'security', 'phish', 'phishing', 'spam',
    'hack', 'hacked', 'virus', 'suspicious', 'fraud', 'scam', 'helpdesk', 'malicious', 'hijacked',
    'compromised'
    """

  /// The parameters that say which mails a rule is about.
  private static let conditions = """
    dynamic(['From', 'FromAddressContainsWords', 'SubjectContainsWords', 'BodyContainsWords',
    'SubjectOrBodyContainsWords', 'HeaderContainsWords', 'SentTo', 'RecipientAddressContainsWords',
    'HasAttachment', 'HasClassification', 'FlaggedForAction', 'MessageTypeMatches',
    'WithImportance', 'WithSensitivity', 'WithinSizeRangeMinimum', 'WithinSizeRangeMaximum',
    'ReceivedAfterDate', 'ReceivedBeforeDate', 'FromSubscription', 'MyNameInToBox',
    'MyNameInCcBox', 'MyNameInToOrCcBox', 'MyNameNotInToBox', 'SentOnlyToMe'])
    """
}
