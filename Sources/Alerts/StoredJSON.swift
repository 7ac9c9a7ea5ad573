import OperationalStore
import StructuredText

/// Lists and mappings as columns of the database and of tables hold them: JSON on one line, which
/// reads back as storable text.
public enum StoredJSON {
  public static func list(_ numbers: [Int64]) -> String {
    "[" + numbers.map(String.init).joined(separator: ",") + "]"
  }

  public static func list(_ texts: [String]) -> String {
    "[" + texts.map(JSONDocumentWriter.quoted).joined(separator: ",") + "]"
  }

  public static func mapping(_ members: [(String, String)]) -> String {
    let parts = members.map { JSONDocumentWriter.quoted($0) + ":" + JSONDocumentWriter.quoted($1) }
    return "{" + parts.joined(separator: ",") + "}"
  }

  public static func mapping(_ entity: Entity) -> String { mapping(entity.identifiers) }

  public static func mapping(_ identifiers: [Entity.Identifier]) -> String {
    mapping(identifiers.map { ($0.name, $0.value) })
  }

  public static func texts(_ list: String) -> [String] {
    read(list)?.items?.compactMap(\.text) ?? []
  }

  public static func members(_ mapping: String) -> [(String, String)] {
    (read(mapping)?.members ?? []).map { ($0.key, $0.value.text ?? "") }
  }

  private static func read(_ text: String) -> DocumentNode? {
    let root = try? TextDocument(Array(text.utf8), format: .json).root
    // JSON has U+0000 as an escape alone.
    return text.utf8.contains(UInt8(ascii: "\\")) ? root?.storable : root
  }
}
