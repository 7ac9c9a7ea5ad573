import Columnar

/// What kinds a place inside dynamic values was seen to hold.
final class DynamicSchema {
  /// Members of bags by key, in the order in which they came.
  private var keys: [[UInt8]] = []
  private var members: [[UInt8]: DynamicSchema] = [:]
  private var hasBag = false
  /// What the elements of arrays hold.
  private var elements: DynamicSchema?
  private var kinds: Set<DynamicKind> = []

  /// Takes in a value.
  func add(_ value: DynamicView, depth: Int = 0) {
    guard depth <= DynamicLimit.depth else { return }
    switch value.kind {
    case .null: return
    case .bag:
      hasBag = true
      for member in value.members {
        self.member(Array(member.key)).add(member.value, depth: depth + 1)
      }
    case .array:
      let inner = elements ?? DynamicSchema()
      elements = inner
      for element in value.elements { inner.add(element, depth: depth + 1) }
    default: kinds.insert(value.kind)
    }
  }

  /// Takes in all that another schema has seen.
  func add(_ other: DynamicSchema) {
    hasBag = hasBag || other.hasBag
    kinds.formUnion(other.kinds)
    for key in other.keys {
      if let theirs = other.members[key] { member(key).add(theirs) }
    }
    if let theirs = other.elements {
      let inner = elements ?? DynamicSchema()
      elements = inner
      inner.add(theirs)
    }
  }

  private func member(_ key: [UInt8]) -> DynamicSchema {
    if let known = members[key] { return known }
    let made = DynamicSchema()
    keys.append(key)
    members[key] = made
    return made
  }

  /// Writes the schema: a name for one kind, an array for several, bags first.
  func write(to writer: inout DynamicWriter) {
    let count = kinds.count + (hasBag ? 1 : 0) + (elements == nil ? 0 : 1)
    guard count > 0 else { return writer.appendNull() }
    if count > 1 { writer.beginArray() }
    if hasBag {
      writer.beginBag()
      for key in keys {
        writer.appendName(key)
        members[key]?.write(to: &writer)
      }
      writer.endBag()
    }
    if let elements {
      writer.beginBag()
      writer.appendName("`indexer`")
      elements.write(to: &writer)
      writer.endBag()
    }
    for name in kinds.map(\.typeName).sorted() { writer.append(string: Array(name.utf8)) }
    if count > 1 { writer.endArray() }
  }
}

/// `buildschema`: the schema that fits all dynamic values of a group.
final class SchemaState: AggregateState {
  private var schemas: [DynamicSchema] = []

  /// An estimate: schemas are small beside the values that they describe.
  var byteCount: Int { schemas.count * 256 }

  func reserve(groups: Int) {
    while schemas.count < groups { schemas.append(DynamicSchema()) }
  }

  func update(_ arguments: [Vector], groups: UnsafePointer<UInt32>, count: Int) {
    arguments[0].withTextRows { rows, _ in
      for row in 0..<count {
        let text = rows[row]
        schemas[Int(groups[row])].add(DynamicView(text.base, count: text.count))
      }
    }
  }

  func merge(_ other: any AggregateState, mapping: UnsafePointer<UInt32>, count: Int) {
    let later = same(other, groups: count)
    for group in 0..<count { schemas[Int(mapping[group])].add(later.schemas[group]) }
  }

  func finish(groups: Int) throws -> [Vector] {
    var results = DynamicResults(groups: groups)
    for group in 0..<groups { try results.append { schemas[group].write(to: &$0) } }
    return [results.finish()]
  }
}
