/// A person who is about to leave collects data over days and takes it along.
struct InsiderStory {
  let person: Account
  let machine: Machine

  private static let download = AlertKind(
    .cloudApps,
    .medium,
    "Collection",
    "Unusual file download (by user)",
    ["T1530", "T1213.002"]
  )
  private static let policy = AlertKind(
    .dataLoss,
    .low,
    "Exfiltration",
    "DLP policy match for document shared outside of the organization",
    ["T1567"]
  )
  private static let removable = AlertKind(
    .endpoint,
    .low,
    "Exfiltration",
    "Many files were copied to a removable drive",
    ["T1052.001"]
  )
  private static let ownMail = AlertKind(
    .dataLoss,
    .medium,
    "Exfiltration",
    "DLP policy match for mail with confidential attachments",
    ["T1048"]
  )
  private static let leaving = AlertKind(
    .insiderRisk,
    .high,
    "Exfiltration",
    "Data theft by departing users",
    ["T1567", "T1052"]
  )

  static func tell(_ writer: inout StoryWriter) {
    let person = writer.random.pick(writer.world.people)
    let story = InsiderStory(person: person, machine: writer.world.workstation(of: person))
    for _ in 0..<writer.random.number(1...3) { story.collect(&writer) }
    story.takeAlong(&writer)
    writer.wait(.days)
    writer.raise(
      Self.leaving,
      "departure",
      seen: 0.6,
      [.account(person, "policyViolator"), .cloudApp(.sharePoint)]
    )
  }

  private func collect(_ writer: inout StoryWriter) {
    writer.raise(
      Self.download,
      "collection",
      [.account(person), .address(writer.world.egressAddress), .cloudApp(.sharePoint)]
    )
    writer.wait(writer.random.pick(.hours, [.days]))
  }

  private func takeAlong(_ writer: inout StoryWriter) {
    let line = "7z.exe a E:\\private.7z C:\\Users\\\(person.name)\\Documents"
    let archive = writer.process(.archiver, line, as: person, under: .commandPrompt)
    writer.raise(
      Self.removable,
      "exfiltration",
      seen: 0.6,
      [.device(machine), .account(person), .process(archive, on: machine)]
    )
    writer.wait(.hours)
    writer.raise(
      Self.ownMail,
      "exfiltration",
      seen: 0.5,
      [.account(person), .mailbox(person)]
    )
    writer.wait(.hours)
    writer.raise(Self.policy, "exfiltration", seen: 0.4, [.account(person), .cloudApp(.office)])
  }
}
