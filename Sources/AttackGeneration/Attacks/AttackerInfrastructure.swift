import Columnar

/// What an attacker uses again and again in one attack.
struct AttackerInfrastructure: Sendable {
  let senderDomain: String
  let senders: NonEmpty<String>
  let senderName: String
  let subject: String
  let landing: String
  /// Where mails come from, where commands come from and where data goes to.
  let addresses: NonEmpty<String>
  let payload: FileArtifact
  /// Public storage that honest people use as well.
  static let sharedStorage = NonEmpty(
    "https://files.quickshare.example/u/",
    "https://transfer.cloudbox.example/d/"
  )

  init(_ random: inout SeededRandom) {
    let label = random.pick(Self.words) + "-" + random.pick(Self.words)
    let number = String(random.number(100...9_999))
    senderDomain = label + number + ".example"
    let names = random.sample(["billing", "noreply", "documents", "hr", "service"], 2)
    senders = NonEmpty(
      (names.first ?? "info") + "@" + senderDomain,
      rest: names.dropFirst().map { $0 + "@" + Self.sibling(label, number) }
    )
    senderName = random.pick(Self.senderNames)
    subject = random.pick(Self.subjects) + " " + String(random.number(1_000...99_999))
    // One attacker of four hides behind a storage service whose domain says nothing.
    let isHosted = random.chance(0.25)
    let host = isHosted ? random.pick(Self.sharedStorage) : "https://" + senderDomain + "/view/"
    landing = host + random.hexadecimal(12)
    let name = random.pick("Invoice", ["Statement", "Scan", "Order", "Policy"])
    payload = FileArtifact(
      name + "_" + String(random.number(100...99_999)) + ".pdf.exe",
      in: "C:\\Users\\Public\\Downloads",
      &random
    )
    addresses = NonEmpty(Self.address(&random), Self.address(&random), Self.address(&random))
  }

  /// An address on the internet, of a range that is set aside for benchmarks.
  static func address(_ random: inout SeededRandom) -> String {
    "198.\(random.number(18...19)).\(random.below(256)).\(random.number(1...254))"
  }

  /// Where an address of an attacker is, by the two letters of its country.
  static func country(of address: String) -> String {
    let countries = ["BR", "NL", "RO", "SG", "US"]
    return countries[address.utf8.reduce(0) { $0 + Int($1) } % countries.count]
  }

  private static func sibling(_ label: String, _ number: String) -> String {
    label + "-mail" + number + ".example"
  }

  private static let words = NonEmpty(
    "secure",
    "docs",
    "portal",
    "share",
    "invoice",
    "online",
    "verify",
    "cloud",
    "team",
    "office",
    "payroll",
    "delivery"
  )
  private static let senderNames = NonEmpty(
    "Accounts Payable",
    "Document Center",
    "HR Services",
    "Parcel Service",
    "IT Helpdesk"
  )
  private static let subjects = NonEmpty(
    "Invoice",
    "Shared document",
    "Updated payroll",
    "Action required: account",
    "Voice message",
    "Purchase order"
  )
}
