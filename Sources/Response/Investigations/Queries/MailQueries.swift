/// The steps about mails.
enum MailQueries {
  static let all = [
    gather, urls, attachments, similar, cluster, sameURL, sameAttachment, recipients, clicks,
    files,
  ]

  static let window = "Timestamp between (ago(\(InvestigationQuery.days)d) .. now())"

  /// `mails`: the mails of the window.
  static let mails = """
    let mails = EmailEvents
    | where \(window)
    | extend Recipient = tolower(RecipientEmailAddress);
    let moved = EmailPostDeliveryEvents
    | where \(window) and isnotempty(DeliveryLocation)
    | where ActionResult !in~ ('Error', 'Failed', 'Failure')
    | extend Recipient = tolower(RecipientEmailAddress)
    | summarize arg_max(Timestamp, DeliveryLocation) by NetworkMessageId, Recipient
    | project NetworkMessageId, Recipient, Moved = DeliveryLocation;
    """

  /// Turns mails into their last rows with the latest place and what is known of the threat.
  static let latest = """
    | summarize arg_max(Timestamp, *) by NetworkMessageId, Recipient
    | join kind=leftouter moved on NetworkMessageId, Recipient
    | extend Location = case(isnotempty(Moved), Moved,
        isnotempty(LatestDeliveryLocation), LatestDeliveryLocation, DeliveryLocation)
    | extend Confidence = tostring(parse_json(ConfidenceLevel).Phish)
    | extend Threat = case(ThreatTypes has 'Malware', 'malware',
        ThreatTypes has 'Phish' and (Confidence =~ 'High' or ConfidenceLevel =~ 'High'),
        'highConfidencePhish', ThreatTypes has 'Phish', 'phish', ThreatTypes has 'Spam', 'spam', '')
    """

  /// Turns those into what a step finds.
  static func found(_ facts: String, verdict: String? = nil) -> String {
    """
    | extend Verdict = \(verdict ?? ownVerdict)
    | project Kind = 'mail', Verdict,
        Identifiers = bag_pack('networkMessageId', NetworkMessageId,
            'recipientEmailAddress', Recipient),
        Facts = bag_pack('sender', SenderFromAddress, 'subject', Subject,
            'cluster', iff(EmailClusterId == 0, '', tostring(EmailClusterId)),
            'location', Location, 'threat', Threat, 'direction', EmailDirection, \(facts))
    """
  }

  private static let ownVerdict = """
    case(Threat in ('malware', 'highConfidencePhish'), 'malicious',
        Threat in ('phish', 'spam'), 'suspicious', 'noThreatsFound')
    """

  static let gather = InvestigationQuery(
    "mail.gather",
    "the mails of the alert, where they are now and what was found in them",
    [.mails],
    """
    \(mails)
    mails
    | where NetworkMessageId in~ (Mails)
    \(latest)
    \(found("'isSeed', 'true'"))
    """
  )

  private static let urls = InvestigationQuery(
    "mail.urls",
    "addresses in the mails, and what clicks on them were found to lead to",
    [.mails],
    """
    let threats = UrlClickEvents
    | where \(window) and isnotempty(ThreatTypes)
    | summarize Threats = strcat_array(make_set(ThreatTypes), ',') by Url;
    EmailUrlInfo
    | where \(window) and NetworkMessageId in~ (Mails) and isnotempty(Url)
    | distinct Url
    | join kind=leftouter threats on Url
    | project Kind = 'url', Identifiers = bag_pack('url', Url),
        Verdict = iff(Threats has_any ('Phish', 'Malware'), 'malicious', 'noThreatsFound'),
        Facts = bag_pack('threat', Threats)
    """
  )

  private static let attachments = InvestigationQuery(
    "mail.attachments",
    "files that are attached to the mails",
    [.mails],
    """
    EmailAttachmentInfo
    | where \(window) and NetworkMessageId in~ (Mails) and isnotempty(SHA256)
    | summarize Threats = strcat_array(make_set(ThreatTypes), ','), Name = take_any(FileName)
        by Hash = tolower(SHA256)
    | project Kind = 'file', Identifiers = bag_pack('sha256', Hash),
        Verdict = case(Threats has 'Malware', 'malicious', Threats has 'Phish', 'suspicious',
            'noThreatsFound'),
        Facts = bag_pack('name', Name, 'threat', Threats)
    """
  )

  private static let similar = InvestigationQuery(
    "mail.similar",
    "mails of the same sender with the same subject",
    [.seeds],
    """
    \(mails)
    let seeds = mails
    | where NetworkMessageId in~ (Seeds)
    | where isnotempty(SenderFromAddress) and isnotempty(Subject)
    | distinct Sender = tolower(SenderFromAddress), Topic = tolower(Subject);
    mails
    | extend Sender = tolower(SenderFromAddress), Topic = tolower(Subject)
    | join kind=inner seeds on Sender, Topic
    \(latest)
    \(found("'similarBy', 'sender and subject'"))
    """
  )

  private static let cluster = InvestigationQuery(
    "mail.cluster",
    "mails that the mail filter put into the same cluster",
    [.seeds],
    """
    \(mails)
    let seeds = mails
    | where NetworkMessageId in~ (Seeds) and EmailClusterId != 0
    | distinct EmailClusterId;
    mails
    | where EmailClusterId in (seeds)
    \(latest)
    \(found("'similarBy', 'cluster'"))
    """
  )

  private static let sameURL = InvestigationQuery(
    "mail.same-url",
    "mails with the same addresses in them",
    [.urls, .badUrls],
    """
    \(mails)
    let with = EmailUrlInfo
    | where \(window) and Url in (Urls)
    | summarize IsBad = max(toint(Url in (BadUrls))) by NetworkMessageId;
    mails
    | join kind=inner with on NetworkMessageId
    \(latest)
    | extend Threat = iff(IsBad == 1, 'maliciousUrl', Threat)
    \(found("'similarBy', 'address'", verdict: "iff(IsBad == 1, 'malicious', \(ownVerdict))"))
    """
  )

  private static let sameAttachment = InvestigationQuery(
    "mail.same-attachment",
    "mails with the same files attached",
    [.hashes, .badHashes],
    """
    \(mails)
    let with = EmailAttachmentInfo
    | where \(window) and SHA256 in~ (Hashes)
    | summarize IsBad = max(toint(SHA256 in~ (BadHashes))) by NetworkMessageId;
    mails
    | join kind=inner with on NetworkMessageId
    \(latest)
    | extend Threat = iff(IsBad == 1, 'maliciousFile', Threat)
    \(found("'similarBy', 'attachment'", verdict: "iff(IsBad == 1, 'malicious', \(ownVerdict))"))
    """
  )

  private static let recipients = InvestigationQuery(
    "mail.recipients",
    "users of the tenant who got the mails",
    [.mails],
    """
    EmailEvents
    | where \(window) and NetworkMessageId in~ (Mails) and EmailDirection !~ 'Outbound'
    | summarize Count = dcount(NetworkMessageId) by User = tolower(RecipientEmailAddress)
    | where isnotempty(User)
    | project Kind = 'user', Identifiers = bag_pack('accountUpn', User),
        Verdict = 'noThreatsFound', Facts = bag_pack('mails', tostring(Count))
    """
  )

  private static let clicks = InvestigationQuery(
    "mail.clicks",
    "users who clicked addresses in the mails",
    [.mails, .badUrls],
    """
    UrlClickEvents
    | where \(window) and (NetworkMessageId in~ (Mails) or Url in (BadUrls))
    | extend IsBad = Url in (BadUrls) or ThreatTypes has_any ('Phish', 'Malware'),
        IsThrough = IsClickedThrough or ActionType in~ ('ClickAllowed', 'UrlErrorPage')
    | summarize Count = count(), Bad = countif(IsBad and IsThrough), Url = take_any(Url)
        by User = tolower(AccountUpn)
    | where isnotempty(User)
    | project Kind = 'user', Identifiers = bag_pack('accountUpn', User),
        Verdict = iff(Bad > 0, 'suspicious', 'noThreatsFound'),
        Facts = bag_pack('clicks', tostring(Count), 'url', Url)
    """
  )

  private static let files = InvestigationQuery(
    "mail.files",
    "devices on which the attached files were written or run",
    [.hashes, .badHashes],
    DeviceQueries.places
  )
}
