import StructuredText

/// The sequence number up to which the rows of each table were seen, as JSON.
enum Watermark {
  static func text(_ watermark: [String: Int64]) -> String {
    let members = watermark.sorted { $0.key < $1.key }.map { name, sequence in
      DocumentMember(
        key: name,
        value: DocumentNode(.scalar(DocumentScalar("\(sequence)", style: .plain)))
      )
    }
    return JSONDocumentWriter.text(DocumentNode(.mapping(members)))
  }

  static func read(_ text: String) -> [String: Int64] {
    let document = try? TextDocument(Array(text.utf8), format: .json)
    var watermark: [String: Int64] = [:]
    for member in document?.root.members ?? [] {
      watermark[member.key] = member.value.integer.map(Int64.init)
    }
    return watermark
  }
}
