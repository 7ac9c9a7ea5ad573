import Columnar
import Execution
import Hunting
import Incidents
import Testing

@testable import Response

private typealias Fixture = InvestigationFixture

/// What people hand in, and what follows.
struct SubmissionTests {
  private let world: InvestigationFixture
  private let store: SubmissionStore

  init() throws {
    world = try InvestigationFixture()
    store = SubmissionStore(world.incidents)
  }

  private func hand(
    _ content: SubmissionRequest.Content,
    _ category: Submission.Category = .phishing,
    by source: Submission.Source = .administrator
  ) throws -> Submission {
    try store.add(
      SubmissionRequest(content, category, by: source, of: "t"),
      by: world.analyst
    )
  }

  @Test("M32: a mail that a user reports raises its alert, is investigated, and gets a result")
  func life() throws {
    try world.ingest("EmailEvents", [world.mail("m1", threat: "Malware")])
    let made = try hand(.email(id: "m1", recipient: "Amy@contoso.com"), by: .user)
    #expect(made.status == .notStarted && made.result == nil)
    _ = try IncidentPipeline(world.incidents).run()
    try world.run()
    let alert = try #require(try store.links(of: made).alert)
    #expect(alert.title == "An email message is reported by a user as malware or phish")
    let investigation = try world.details()
    #expect(investigation.investigation.kind == .userReported)
    #expect(investigation.alerts.map(\.id) == [alert.id])
    #expect(investigation.actions.map(\.kind) == ["softDelete"])
    let analyzed = try store.review(
      made.reference,
      SubmissionReview(.beingAnalyzed),
      by: world.analyst
    )
    #expect(analyzed.status == .running)
    let done = try store.review(made.reference, SubmissionReview(.malware), by: world.analyst)
    #expect(done.status == .succeeded && done.result == .malware && done.reviewedBy == "ann")
    #expect(throws: ResponseFailure.self) {
      try store.review(made.reference, SubmissionReview(.notJunk), by: world.analyst)
    }
  }

  @Test("what is shown tells which entry a review made, and what that does with the mail")
  func listEffect() throws {
    try world.ingest("EmailEvents", [world.mail("m1")])
    let made = try hand(.email(id: "m1", recipient: "amy@contoso.com"))
    func facts() throws -> [String: String] {
      let found = try store.submission(made.reference)
      let links = try store.links(of: found)
      let tables = InvestigationTables(
        store: world.path,
        engine: .init(clock: world.clock),
        clock: world.clock
      )
      let effect = try SubmissionEffect(tables).effect(
        on: found,
        entries: links.entries,
        AllowBlockStore(world.incidents).filter(of: "t"),
        at: world.now
      )
      let rows = SubmissionListing.summary(
        found,
        alert: links.alert,
        entries: links.entries,
        effect: effect
      )
      .people
      var facts: [String: String] = [:]
      try rows.forEachRow { row in
        facts[StepRun.text(row[0]) ?? ""] = StepRun.text(row[1])
      }
      return facts
    }
    #expect(try facts()["ListEffect"] == "none" && facts()["Entries"] == nil)
    var review = SubmissionReview(.phishing)
    review.entry = (.block, .sender, "evil.com")
    _ = try store.review(made.reference, review, by: world.analyst)
    #expect(try facts()["Entries"] == "block sender evil.com (t/1)")
    let effect = "quarantined as high-confidence phish, by block sender evil.com (t/1)"
    #expect(try facts()["ListEffect"] == effect)
    // What no row of the last days tells of any more has the sender of the entry.
    world.advance(minutes: 29 * 24 * 60)
    #expect(try facts()["ListEffect"] == effect)
    world.advance(minutes: 2 * 24 * 60)
    #expect(try facts()["ListEffect"] == "none", "the entry has expired")
  }

  @Test("only users' reports of threats raise alerts") func silent() throws {
    _ = try hand(.email(id: "m1", recipient: "amy@contoso.com"))
    _ = try hand(.email(id: "m2", recipient: "amy@contoso.com"), .notJunk, by: .user)
    _ = try hand(.url("http://evil.example/a"), by: .user)
    #expect(try world.incidents.alerts(of: ["t"]).alerts.isEmpty)
    #expect(try store.submissions(of: ["t"]).map(\.reference.number) == [3, 2, 1])
    #expect(try store.submissions(of: ["u"]).isEmpty)
  }

  @Test("a block follows a threat, an allow only what is clean; both name the submission")
  func entries() throws {
    let first = try hand(.url("http://evil.example/a"))
    var review = SubmissionReview(.notJunk)
    review.entry = (.block, .url, "http://evil.example/a")
    #expect(throws: ResponseFailure.self) {
      try store.review(first.reference, review, by: world.analyst)
    }
    review = SubmissionReview(.phishing)
    review.entry = (.allow, .url, "http://evil.example/a")
    #expect(throws: ResponseFailure.self) {
      try store.review(first.reference, review, by: world.analyst)
    }
    #expect(try store.submission(first.reference).status == .notStarted)
    review.entry = (.block, .url, "http://evil.example/a")
    _ = try store.review(first.reference, review, by: world.analyst)
    #expect(try store.links(of: first).entries.map(\.value) == ["evil.example/a"])
    let second = try hand(.url("http://shop.example"))
    review = SubmissionReview(.noThreatsFound)
    review.entry = (.allow, .url, "http://shop.example")
    _ = try store.review(second.reference, review, by: world.analyst)
    let filter = try AllowBlockStore(world.incidents).filter(of: "t")
    var mail = ArrivingMail()
    mail.urls = ["https://shop.example/variant?x"]
    #expect(filter.effect(on: mail).location == .inbox)
    mail.urls.append("https://evil.example/a")
    #expect(filter.effect(on: mail).location == .quarantine)
  }

  @Test("what cannot be looked into ends as failed") func failed() throws {
    let made = try hand(.file(sha256: String(repeating: "a", count: 64)), .malware)
    let done = try store.review(made.reference, SubmissionReview(.itemNotfound), by: world.analyst)
    #expect(done.status == .failed)
    #expect(throws: ResponseFailure.self) { try hand(.file(sha256: "abc"), .malware) }
  }
}
