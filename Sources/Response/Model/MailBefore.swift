/// What an action on a mail ended, as its record keeps it: where the mail was, where the copy of
/// its sender was, or both.
struct MailBefore: Equatable {
  /// nil where the mail itself was not moved.
  var mail: MailLocation?
  /// nil where the copy was not moved.
  var copy: SentItemLocation?

  init(mail: MailLocation?, copy: SentItemLocation?) {
    self.mail = mail
    self.copy = copy
  }

  init(reading text: String) {
    for part in text.split(separator: Self.separator) {
      if part.hasPrefix(Self.copyPrefix) {
        copy = SentItemLocation(rawValue: String(part.dropFirst(Self.copyPrefix.count)))
      } else {
        mail = MailLocation(rawValue: String(part))
      }
    }
  }

  var text: String {
    [mail?.rawValue, copy.map { Self.copyPrefix + $0.rawValue }].compactMap { $0 }
      .joined(separator: Self.separator)
  }

  private static let separator = "; "
  private static let copyPrefix = "sender's copy: "
}

/// Where the copy of a mail is in the mailbox of its sender.
public enum SentItemLocation: String, Sendable, CaseIterable {
  case sentItems = "Sent items"
  case softDeleted = "Soft deleted"
}

extension ActionRecord {
  /// Whether it was to delete the copy of the sender too.
  var asksForCopy: Bool { parameters[SendersCopy.asked] == "true" }

  /// Whether it moves the mail itself, going by what it ended; it may have deleted the copy of the
  /// sender alone.
  func movesMail(before: String) -> Bool {
    kind.destination != nil && (before.isEmpty || MailBefore(reading: before).mail != nil)
  }

  /// Whether what it did leaves another nothing to do with the mail.
  func covers(_ other: ActionRecord) -> Bool { asksForCopy || !other.asksForCopy }
}
