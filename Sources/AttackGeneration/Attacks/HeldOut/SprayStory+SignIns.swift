/// The sign-ins of a spray.
extension SprayStory {
  /// Tries a few passwords, each for many people of the tenant and from one address; the last one
  /// is that of the victim.
  func tryPasswords(of targets: [Account], _ writer: inout StoryWriter) {
    let others = writer.world.people.all.filter { !targets.contains($0) }
    let passwords = writer.random.number(2...4)
    for password in 0..<passwords {
      if password > 0 { writer.wait(.minutes) }
      let more = writer.random.number(others.count * 3 / 5...others.count)
      let tried = targets + writer.random.sample(others, more)
      for account in writer.random.sample(tried, tried.count) {
        writer.pass(seconds: writer.random.number(1...12))
        let fits = password == passwords - 1 && account == victim
        writer.logSignIn(
          account,
          CloudSignIn(byAttackerAt: addresses[around: password], error: fits ? 0 : 50_126)
        )
      }
    }
  }
}
