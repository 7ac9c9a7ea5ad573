import Columnar
import Incidents
import StructuredText
import Testing

@testable import Response

/// The tenants' allow/block lists.
struct EntryTests {
  private let world: InvestigationFixture
  private let store: AllowBlockStore

  init() throws {
    world = try InvestigationFixture()
    store = AllowBlockStore(world.incidents)
  }

  private func mail(_ change: (inout ArrivingMail) -> Void) -> ArrivingMail {
    var mail = ArrivingMail()
    change(&mail)
    return mail
  }

  private static let hash = String(repeating: "0f", count: 32)

  @Test("M33: a block is enforced on the next mail; an entry that expires stops") func expiry()
    throws
  {
    var request = EntryRequest(.block, .url, "https://evil.example/pay", of: "t")
    request.days = 2
    _ = try store.add(request, by: world.analyst)
    let mail = mail { $0.urls = ["http://EVIL.example/pay/now?x=1"] }
    #expect(try store.filter(of: "t").effect(on: mail).location == .quarantine)
    #expect(try store.filter(of: "u").effect(on: mail) == .none)
    world.advance(minutes: 2 * 24 * 60)
    #expect(try store.filter(of: "t").effect(on: mail) == .none)
    #expect(try store.entries(of: ["t"]).isEmpty)
    #expect(try store.entries(of: ["t"], all: true).count == 1)
  }

  @Test("mails that arrive in the environment end where the list says") func delivery() throws {
    _ = try store.add(
      EntryRequest(.block, .url, "https://evil.example/", of: "t"),
      by: world.analyst
    )
    let filter = try store.filter(of: "t")
    let places = try ["http://evil.example/x", "http://other.example/"].map { url in
      let line = """
        {"kind":"mail","networkMessageId":"m","recipientEmailAddress":"amy@contoso.com",
        "location":"Inbox","urls":["\(url)"]}
        """
      let node = try TextDocument(Array(line.utf8), format: .json).root
      let item = try EnvironmentItem(node, now: 1).delivered(by: filter)
      guard case .mail(let mail) = item else { return MailLocation?.none }
      return mail.location
    }
    #expect(places == [.quarantine, .inbox])
  }

  @Test("each kind does what the product does with it") func effects() throws {
    let entries = [
      try ListEntry(.block, .url, "http://intranet"),
      try ListEntry(.block, .sender, "Evil.example"), try ListEntry(.block, .ip, "203.0.113.0/24"),
      try ListEntry(.block, .fileHash, Self.hash.uppercased()),
      try ListEntry(.block, .spoof, "contoso.com, *"), try ListEntry(.allow, .sender, "ann@x.com"),
    ]
    let filter = DeliveryFilter(entries, at: world.now)
    #expect(filter.effect(on: mail { $0.sender = "a@mail.evil.example" }).threatTypes == "Phish")
    #expect(filter.effect(on: mail { $0.sender = "a@notevil.example" }) == .none)
    #expect(filter.effect(on: mail { $0.urls = ["http://intranet/x"] }).location == .quarantine)
    #expect(filter.effect(on: mail { $0.envelopeSender = "a@evil.example" }).entry != nil)
    #expect(filter.effect(on: mail { $0.hashes = [Self.hash] }).threatTypes == "Malware")
    #expect(filter.effect(on: mail { $0.address = "203.0.113.77" }).location == .dropped)
    #expect(filter.effect(on: mail { $0.address = "203.0.114.77" }) == .none)
    let pretended = mail {
      $0.sender = "boss@contoso.com"
      $0.isSpoofed = true
    }
    #expect(filter.effect(on: pretended).location == .quarantine)
    #expect(filter.effect(on: mail { $0.sender = "boss@contoso.com" }) == .none)
    #expect(filter.effect(on: mail { $0.sender = "Ann@x.com" }).location == .inbox)
    // A block beats every allow.
    let both = mail {
      $0.sender = "ann@x.com"
      $0.hashes = [Self.hash]
    }
    #expect(filter.effect(on: both).word == "quarantined as malware")
    #expect(filter.refusal(ofSendingTo: "x@evil.example")?.hasPrefix("550 5.7.703") == true)
    #expect(filter.refusal(ofSendingTo: "ann@x.com") == nil)
  }

  @Test(
    "a URL covers its variants below and no others",
    arguments: [
      ("shop.example", "https://shop.example/a?b", true),
      ("shop.example", "http://a.shop.example", true),
      ("shop.example/a", "shop.example/a/b", true), ("shop.example/a", "shop.example/ab", false),
      ("shop.example/a", "x.shop.example/a", false), ("shop.example", "notshop.example", false),
      ("*.shop.example", "shop.example", false), ("*.shop.example", "a.shop.example/x", true),
      ("shop.example/*", "shop.example/a", true), ("shop.example", "shop.example.evil.com", false),
      ("shop.example", "http://shop.example@evil.com/", false),
      ("http://intranet/a", "https://intranet/a/b", true),
      ("shop.example", "http://x:y@shop.example:8080/", true),
    ]
  ) func urls(_ pattern: String, _ url: String, _ isCovered: Bool) throws {
    #expect(try MailURL(pattern).covers(try MailURL(url)) == isCovered)
  }

  @Test("values that are none are refused, with what to write") func refusals() {
    for (kind, value) in [
      (ListEntry.Kind.sender, "ann"), (.sender, "@contoso.com"), (.url, "localhost"), (.url, ""),
      (.fileHash, "abc"), (.ip, "1.2.3"), (.ip, "1.2.3.4/33"), (.ip, "::1::2"),
      (.spoof, "contoso.com"), (.spoof, "*, *"),
    ] {
      #expect(throws: ResponseFailure.self, "\(kind) \(value)") {
        try ListEntry(.block, kind, value)
      }
    }
    for address in ["::1", "2001:db8::/32", "fe80::1:2", "1:2:3:4:5:6:7:8", "0.0.0.0/0"] {
      #expect(NetworkRange(address) != nil, "\(address)")
    }
  }

  @Test("entries hold 30 days, 90 at most, or for ever; addresses always for ever")
  func days() throws {
    let standard = try store.add(EntryRequest(.block, .sender, "a.com", of: "t"), by: world.analyst)
    let days = standard.expires.map { ($0.ticks - world.now.ticks) / TimeSpan.ticksPerDay }
    #expect(days == 30)
    let address = try store.add(EntryRequest(.block, .ip, "1.2.3.4", of: "t"), by: world.analyst)
    #expect(address.expires == nil)
    var request = EntryRequest(.block, .sender, "b.com", of: "t")
    request.days = 91
    #expect(throws: ResponseFailure.self) { try store.add(request, by: world.analyst) }
    request = EntryRequest(.block, .ip, "1.2.3.5", of: "t")
    request.days = 5
    #expect(throws: ResponseFailure.self) { try store.add(request, by: world.analyst) }
  }

  @Test("one value has one entry; removed ones do nothing") func replacing() throws {
    _ = try store.add(EntryRequest(.allow, .sender, "A.com", of: "t"), by: world.analyst)
    let block = try store.add(EntryRequest(.block, .sender, "a.com", of: "t"), by: world.analyst)
    #expect(try store.entries(of: ["t"]).map(\.action) == [.block])
    try store.remove(block.reference, by: world.analyst)
    #expect(try store.entries(of: ["t"]).isEmpty)
    #expect(throws: ResponseFailure.self) {
      try store.remove(block.reference, by: world.analyst)
    }
  }

  @Test("the lists are rows of a table, each tenant its own") func table() throws {
    _ = try store.add(EntryRequest(.block, .sender, "a.com", of: "t"), by: world.analyst)
    let table = AllowBlockTable(store: world.path)
    #expect(try table.rows(of: "TenantAllowBlockList", tenant: "t").rowCount == 1)
    #expect(try table.rows(of: "TenantAllowBlockList", tenant: "u").rowCount == 0)
  }
}
