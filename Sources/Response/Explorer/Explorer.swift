import Columnar
public import Execution
public import Hunting

/// Which mails Explorer lists.
public struct ExplorerFilter: Sendable, Equatable {
  public enum View: String, Sendable, CaseIterable {
    case all, malware, phish
    /// Those with attachments in which malware was found.
    case content
  }

  public var view = View.all
  /// The NetworkMessageId of a mail.
  var mail = ""
  /// An address or a domain.
  public var sender = ""
  public var recipient = ""
  /// A part of the subject.
  public var subject = ""
  public var location: MailLocation?
  /// Inbound, Outbound or Intra-org.
  public var direction = ""
  public var days = Explorer.mostDays

  public init() {}
}

/// The mails of the last days, where they are now, and whether something can be done with them.
public enum Explorer: RowListing {
  /// How far back it looks, as the product does.
  public static let mostDays = 30

  /// The query behind it; `harrier explorer --query` prints it.
  public static let query = """
    // explorer: mails of the last days with their latest place.
    declare query_parameters(View:string='all', Mail:string='', Sender:string='',
        Receiver:string='', Topic:string='', Direction:string='', Days:long=30);
    let window = Days * 1d;
    let moved = EmailPostDeliveryEvents
    | where Timestamp between (ago(window) .. now()) and isnotempty(DeliveryLocation)
    | where ActionResult !in~ ('Error', 'Failed', 'Failure')
    | extend Recipient = tolower(RecipientEmailAddress)
    | summarize arg_max(Timestamp, DeliveryLocation) by NetworkMessageId, Recipient
    | project NetworkMessageId, Recipient, Moved = DeliveryLocation;
    let files = EmailAttachmentInfo
    | where Timestamp between (ago(window) .. now())
    | summarize Hashes = make_set(SHA256, 100), Infected = countif(ThreatTypes has 'Malware')
        by NetworkMessageId;
    let urls = EmailUrlInfo
    | where Timestamp between (ago(window) .. now())
    | summarize Urls = make_set(Url, 100) by NetworkMessageId;
    EmailEvents
    | where Timestamp between (ago(window) .. now())
    | where isempty(Mail) or NetworkMessageId =~ Mail
    | where View != 'malware' or ThreatTypes has 'Malware'
    | where View != 'phish' or ThreatTypes has 'Phish'
    | where isempty(Sender) or SenderFromAddress =~ Sender
        or SenderFromAddress endswith strcat('@', Sender)
    | where isempty(Receiver) or RecipientEmailAddress =~ Receiver
    | where isempty(Topic) or Subject contains Topic
    | where isempty(Direction) or EmailDirection =~ Direction
    | extend Recipient = tolower(RecipientEmailAddress)
    | summarize arg_max(Timestamp, *) by NetworkMessageId, Recipient
    | join kind=leftouter moved on NetworkMessageId, Recipient
    | join kind=leftouter files on NetworkMessageId
    | join kind=leftouter urls on NetworkMessageId
    | where View != 'content' or Infected > 0
    | extend Location = case(isnotempty(Moved), Moved,
        isnotempty(LatestDeliveryLocation), LatestDeliveryLocation, DeliveryLocation)
    | project Timestamp, NetworkMessageId, Recipient, Sender = SenderFromAddress,
        Envelope = SenderMailFromAddress, Address = SenderIPv4, Subject, EmailDirection,
        ThreatTypes, Location, Urls = tostring(Urls), Hashes = tostring(Hashes)
    | sort by Timestamp desc, NetworkMessageId asc, Recipient asc
    """

  static func parameters(_ filter: ExplorerFilter) -> [String: Scalar] {
    [
      "View": text(filter.view.rawValue), "Mail": text(filter.mail), "Sender": text(filter.sender),
      "Receiver": text(filter.recipient), "Topic": text(filter.subject),
      "Direction": text(filter.direction),
      "Days": .long(Int64(max(1, min(filter.days, mostDays)))),
    ]
  }

  /// A row for each mail.
  public static func rows(_ mails: [ExplorerMail]) -> QueryResult {
    let schema = Schema(
      times("Timestamp") + texts("Tenant", "NetworkMessageId", "Recipient", "Sender", "Subject")
        + texts("Direction", "ThreatTypes", "LatestLocation")
        + [ColumnSchema("Actionable", .bool), ColumnSchema("SendersCopy", .bool)]
        + texts("ListEffect")
    )
    return StoreListing.rows(schema, mails) { mail in
      [time(mail.time)]
        + [
          mail.tenant, mail.id, mail.recipient, mail.sender, mail.subject, mail.direction,
          mail.threats, mail.location.rawValue,
        ].map(text)
        + [.bool(mail.isActionable), .bool(mail.hasSendersCopy), text(mail.effect.word)]
    }
  }
}
