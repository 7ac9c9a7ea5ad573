import Columnar
import Fleet
import Incidents

/// What the tables of a tenant say of the mails of an incident.
struct MailLookup {
  private let lookup: TenantLookup

  init(_ place: TenantPlace, _ limits: RunOptions) {
    lookup = TenantLookup(place: place, limits: limits)
  }

  func facts(of details: IncidentDetails, _ console: Console) throws -> [MailFacts] {
    let ids = details.networkMessageIds
    if ids.isEmpty { return [] }
    let rows = try lookup.rows(
      of: MailboxQueries.mailsOfAll,
      in: details.incident.tenant,
      lists: ["Mails": ids],
      what: "what EmailEvents says of mails",
      console
    )
    var found: [MailFacts] = []
    try rows?.forEachNamedRow { row in
      let text = { (name: String) in row[name]?.plainText ?? "" }
      var sent: DateTime?
      if case .datetime(let time) = row["Timestamp"] { sent = time }
      found.append(
        MailFacts(
          networkMessageId: text("NetworkMessageId"),
          recipient: text("RecipientEmailAddress"),
          sender: text("SenderFromAddress"),
          subject: text("Subject"),
          sent: sent
        )
      )
    }
    return found
  }
}
