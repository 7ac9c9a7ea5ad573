/// Things that come into being in stories.
extension StoryWriter {
  /// A process that starts now.
  mutating func process(
    _ file: FileArtifact,
    _ commandLine: String,
    as account: Account,
    under parent: FileArtifact
  ) -> ProcessArtifact {
    ProcessArtifact(
      file: file,
      commandLine: commandLine,
      id: random.number(1_000...30_000),
      created: now,
      account: account,
      parent: parent,
      parentId: random.number(1_000...30_000)
    )
  }

  /// A mail that arrives now.
  mutating func mail(_ content: MailContent, to recipient: Account) -> MailArtifact {
    MailArtifact(
      networkMessageId: random.identifier(),
      internetMessageId: "<" + random.hexadecimal(24) + "@" + content.sender + ">",
      content: content,
      recipient: recipient,
      received: now
    )
  }

  /// Up to `count` different people.
  mutating func somePeople(_ count: Int) -> [Account] { random.sample(world.people.all, count) }
}
