import Columnar
public import Execution
public import Hunting

/// The simulated environment as rows to show.
public enum EnvironmentListing: RowListing {
  public static func mails(_ mails: [(tenant: String, mail: EnvironmentMail)]) -> QueryResult {
    let schema = Schema(
      texts("Tenant", "NetworkMessageId", "RecipientEmailAddress", "Location", "Sender")
        + texts("Subject", "Direction", "SendersCopy") + times("Changed")
    )
    return StoreListing.rows(schema, mails) { tenant, mail in
      [
        tenant, mail.message, mail.recipient, mail.location.rawValue, mail.sender, mail.subject,
        mail.direction, mail.copy?.rawValue ?? "",
      ].map(text) + [time(DateTime(ticks: mail.changed))]
    }
  }

  public static func devices(
    _ devices: [(tenant: String, device: EnvironmentDevice)]
  ) -> QueryResult {
    let schema = Schema(
      texts("Tenant", "DeviceId", "DeviceName", "Isolation", "Contained", "Restricted")
        + texts("QuarantinedFiles") + times("LastScan", "LastPackage")
    )
    return StoreListing.rows(schema, devices) { tenant, device in
      [
        tenant, device.id, device.name, device.isolation, device.isContained ? "yes" : "",
        device.isRestricted ? "yes" : "", device.quarantined.joined(separator: " "),
      ].map(text) + [
        time(device.lastScan.map { DateTime(ticks: $0) }),
        time(device.lastPackage.map { DateTime(ticks: $0) }),
      ]
    }
  }

  public static func identities(
    _ identities: [(tenant: String, identity: EnvironmentIdentity)]
  ) -> QueryResult {
    let schema = Schema(
      texts("Tenant", "AccountUpn", "AccountObjectId", "AccountSid", "Enabled", "NewPassword")
        + texts("Risk")
    )
    return StoreListing.rows(schema, identities) { tenant, identity in
      [
        tenant, identity.upn, identity.objectID, identity.sid, identity.isEnabled ? "yes" : "no",
        identity.needsPassword ? "needed" : "", identity.risk,
      ].map(text)
    }
  }

  public static func rules(_ rules: [(tenant: String, rule: EnvironmentRule)]) -> QueryResult {
    let schema = Schema(texts("Tenant", "MailboxPrimaryAddress", "RuleName", "Description"))
    return StoreListing.rows(schema, rules) { tenant, rule in
      [tenant, rule.mailbox, rule.name, rule.description].map(text)
    }
  }

  public static func consents(
    _ consents: [(tenant: String, consent: EnvironmentConsent)]
  ) -> QueryResult {
    let schema = Schema(
      texts("Tenant", "AppId", "AppName", "ConsentType", "AccountUpn", "Granted")
        + times("Changed")
    )
    return StoreListing.rows(schema, consents) { tenant, consent in
      [
        tenant, consent.app, consent.name, consent.type, consent.user,
        consent.isGranted ? "yes" : "no",
      ].map(text) + [time(DateTime(ticks: consent.changed))]
    }
  }
}
