import Columnar
import Execution
import QueryPlan
import SourceText

/// `evaluate bag_unpack(column, prefix, columnsConflict, ignoredProperties)`.
///
/// The unpacked column goes; a column for each key comes after the others, in name order. A key
/// whose values have one type gets that type, else dynamic.
struct BagUnpack {
  private enum Conflict: String {
    case error
    case replaceSource = "replace_source"
    case keepSource = "keep_source"
  }

  private let stage: Staged
  private let input: QueryResult
  private let source: Int
  private let prefix: String
  private let conflict: Conflict
  private let ignored: Set<ByteString>

  init(_ stage: Staged, _ input: QueryResult) throws {
    self.stage = stage
    self.input = input
    let range = stage.span.range
    guard case .column(let id, .dynamic) = stage.arguments.first,
      let source = stage.input.columns.firstIndex(where: { $0.id == id })
    else {
      throw QueryFailure(
        .evaluation,
        "bag_unpack needs a dynamic column of its input",
        range: range
      )
    }
    self.source = source
    prefix = stage.options["OutputColumnPrefix"] ?? ""
    let mode = stage.options["columnsConflict"] ?? "error"
    guard let conflict = Conflict(rawValue: mode) else {
      throw QueryFailure(
        .evaluation,
        "columnsConflict of bag_unpack is 'error', 'replace_source' or 'keep_source', "
          + "not '\(mode)'",
        range: range
      )
    }
    self.conflict = conflict
    ignored = Self.names(stage.options["ignoredProperties"])
  }

  /// The table with a column a key.
  func run() throws -> StagedResult {
    let rows = Batch.concatenating(try input.batches, types: input.schema.types)
    let bags = rows.columns.isEmpty ? Vector.empty(.dynamic) : rows.columns[source].flattened()
    let keys = keyTypes(bags)
    var columns = input.schema.columns
    var vectors = rows.columns.isEmpty ? columns.map { Vector.empty($0.type) } : rows.columns
    let sourceName = columns[source].name
    var members = [String?](repeating: nil, count: columns.count)
    var sourceIsReplaced = false
    for (key, type) in keys.sorted(by: { $0.key < $1.key }) {
      let name = prefix + key.text
      let values = column(of: key, type, bags)
      if name == sourceName {
        columns[source] = ColumnSchema(name, type)
        vectors[source] = values
        members[source] = key.text
        sourceIsReplaced = true
      } else if let taken = columns.firstIndex(where: { $0.name == name }) {
        switch conflict {
        case .keepSource: continue
        case .replaceSource:
          columns[taken] = ColumnSchema(name, type)
          vectors[taken] = values
          members[taken] = key.text
        case .error: throw conflictFailure(name)
        }
      } else {
        columns.append(ColumnSchema(name, type))
        vectors.append(values)
        members.append(key.text)
      }
    }
    if !sourceIsReplaced {
      columns.remove(at: source)
      vectors.remove(at: source)
      members.remove(at: source)
    }
    let table = ColumnTable(
      schema: Schema(columns),
      chunks: [Batch(columns: vectors, count: bags.count)]
    )
    return StagedResult(table: table, members: members)
  }

  private func conflictFailure(_ name: String) -> QueryFailure {
    QueryFailure(
      .evaluation,
      "bag_unpack would make a column '\(name)' that is there already; "
        + "give a prefix or say columnsConflict='replace_source' or 'keep_source'",
      range: stage.span.range
    )
  }

  /// The keys of all bags and the type that their values share.
  private func keyTypes(_ bags: Vector) -> [ByteString: ScalarType] {
    var found: [ByteString: ScalarType?] = [:]
    forEachBag(bags) { _, bag in
      for member in bag.members {
        let key = ByteString(Array(member.key))
        if ignored.contains(key) { continue }
        guard let type = Self.type(of: member.value) else {
          if found[key] == nil { found[key] = .some(nil) }
          continue
        }
        if let known = found[key], let known, known != type {
          found[key] = .dynamic
        } else {
          found[key] = type
        }
      }
    }
    return found.mapValues { $0 ?? .dynamic }
  }

  private func column(of key: ByteString, _ type: ScalarType, _ bags: Vector) -> Vector {
    let builder = VectorBuilder(type: type, capacity: bags.count)
    forEachRow(bags) { bag in
      let value = bag.flatMap { bag in
        key.bytes.withUnsafeBufferPointer { bag.member(named: $0) }
      }
      builder.append(value.map { $0.converted(to: type) } ?? .missing(type))
    }
    return builder.finish()
  }

  private func forEachBag(_ bags: Vector, _ body: (Int, DynamicView) -> Void) {
    var row = 0
    forEachRow(bags) { bag in
      if let bag, bag.kind == .bag { body(row, bag) }
      row += 1
    }
  }

  private func forEachRow(_ bags: Vector, _ body: (DynamicView?) -> Void) {
    guard case .text(let rows) = bags.layout else { return }
    for row in 0..<bags.count {
      if let nulls = rows.nulls, nulls.base[row] != 0 {
        body(nil)
        continue
      }
      let text = rows[row]
      body(DynamicView(text.base, count: text.count))
    }
  }

  /// The column type for a value; nil for null, which says nothing.
  private static func type(of value: DynamicView) -> ScalarType? {
    switch value.kind {
    case .null: nil
    case .bool: .bool
    case .long: .long
    case .real: .real
    case .string: .string
    case .datetime: .datetime
    case .timespan: .timespan
    case .guid: .guid
    default: .dynamic
    }
  }

  /// The texts of an array literal such as `dynamic(["a", "b"])`.
  private static func names(_ option: String?) -> Set<ByteString> {
    guard let option else { return [] }
    var text = option[...]
    if text.hasPrefix("dynamic("), text.hasSuffix(")") { text = text.dropFirst(8).dropLast() }
    var writer = DynamicWriter(capacity: 64)
    let isLiteral = Array(text.utf8).withUnsafeBufferPointer {
      DynamicLiteralParser.parse($0, into: &writer)
    }
    guard isLiteral else { return [] }
    return Set(writer.view().elements.compactMap { $0.string.map { ByteString(Array($0)) } })
  }
}
