import StructuredText

/// Writes expectations anew into the text of a file of tests, all else as it stands.
struct ExpectationEdit {
  /// A case and what it is to expect.
  struct Change {
    let item: DocumentNode
    let expectation: DocumentNode
  }

  private let document: TextDocument
  private let changes: [Change]

  init(_ document: TextDocument, _ changes: [Change]) {
    self.document = document
    self.changes = changes
  }

  /// The new text; nil where it cannot be had without losing a comment.
  func text() -> String? {
    let wanted = changed(document.root)
    if document.format == .json { return JSONDocumentWriter.text(wanted) }
    let edited = editedLines().joined(separator: "\n")
    let reread = try? TextDocument(Array(edited.utf8), format: .yaml)
    if let reread, Self.means(reread.root, wanted) { return edited }
    return document.text.contains("#") ? nil : YAMLWriter.text(wanted)
  }

  /// The document with the changes in it.
  private func changed(_ root: DocumentNode) -> DocumentNode {
    guard case .mapping(var members) = root.content else { return root }
    for (place, member) in members.enumerated() where member.key == "cases" {
      let items = member.value.items ?? []
      members[place].value = DocumentNode(.sequence(items.map(changedCase)))
    }
    return DocumentNode(.mapping(members))
  }

  private func changedCase(_ item: DocumentNode) -> DocumentNode {
    guard let change = changes.first(where: { $0.item.place == item.place }),
      case .mapping(var members) = item.content
    else { return item }
    members.removeAll { $0.key == "expect" && $0.value.isNull }
    if let place = members.firstIndex(where: { $0.key == "expect" }) {
      members[place].value = change.expectation
    } else {
      members.append(DocumentMember(key: "expect", value: change.expectation))
    }
    return DocumentNode(.mapping(members))
  }

  /// Whether two nodes say the same, however their texts are written.
  private static func means(_ left: DocumentNode, _ right: DocumentNode) -> Bool {
    switch (left.content, right.content) {
    case (.scalar(let one), .scalar(let other)):
      return one.text == other.text && left.isNull == right.isNull
    case (.sequence(let one), .sequence(let other)):
      return one.count == other.count && zip(one, other).allSatisfy(means)
    case (.mapping(let one), .mapping(let other)):
      return one.count == other.count
        && zip(one, other).allSatisfy { $0.key == $1.key && means($0.value, $1.value) }
    default: return false
    }
  }

  // MARK: Lines

  /// The lines of the text, with expectations of block style in them; what comes of others is
  /// noticed when it is read again.
  private func editedLines() -> [String] {
    let scalars = document.text.unicodeScalars
    var lines = scalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0) }
    for change in changes.sorted(by: { $0.item.place.line > $1.item.place.line }) {
      apply(change, to: &lines)
    }
    return lines
  }

  private func apply(_ change: Change, to lines: inout [String]) {
    if let member = change.item.members.first(where: { $0.key == "expect" }) {
      let line = member.keyPlace.line - 1
      let indent = member.keyPlace.column - 1
      guard lines.indices.contains(line) else { return }
      let end = Self.end(of: line, indent: indent, isCase: false, lines)
      let before = String(lines[line].unicodeScalars.prefix(indent))
      let comment = Self.comment(behind: member.value, in: lines[line])
      let new = Self.block(change.expectation, indent: indent, before: before, comment: comment)
      lines.replaceSubrange(line..<end, with: new)
    } else if let first = change.item.members.first {
      let line = first.keyPlace.line - 1
      let indent = first.keyPlace.column - 1
      guard lines.indices.contains(line) else { return }
      let end = Self.end(of: line, indent: indent, isCase: true, lines)
      let before = String(repeating: " ", count: indent)
      lines.insert(
        contentsOf: Self.block(change.expectation, indent: indent, before: before, comment: ""),
        at: end
      )
    }
  }

  /// The line behind what belongs to a key, or to a case whose keys stand at an indentation.
  private static func end(of start: Int, indent: Int, isCase: Bool, _ lines: [String]) -> Int {
    var end = start + 1
    for index in lines.indices.dropFirst(start + 1) {
      let text = lines[index].drop { $0 == " " }
      if text.isEmpty || text == "\r" || text.hasPrefix("#") { continue }
      let depth = lines[index].count - text.count
      // Lists may stand as far left as their key.
      let belongs = depth > indent || depth == indent && (isCase || text.hasPrefix("- "))
      if !belongs { break }
      end = index + 1
    }
    return end
  }

  /// A comment behind a value of one line, with the blanks before it.
  private static func comment(behind value: DocumentNode, in line: String) -> String {
    guard let scalar = value.scalar, scalar.style == .plain else { return "" }
    let rest = line.unicodeScalars.dropFirst(
      value.place.column - 1 + scalar.text.unicodeScalars.count
    )
    let text = String(rest)
    return text.drop { $0 == " " }.hasPrefix("#") ? text : ""
  }

  private static func block(
    _ node: DocumentNode,
    indent: Int,
    before: String,
    comment: String
  ) -> [String] {
    let member = DocumentMember(key: "expect", value: node)
    let text = YAMLWriter.text(DocumentNode(.mapping([member])))
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    let blanks = String(repeating: " ", count: indent)
    return lines.enumerated().map { number, line in
      if number == 0 { return before + line + comment }
      return line.isEmpty ? line : blanks + line
    }
  }
}
