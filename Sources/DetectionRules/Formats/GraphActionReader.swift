import StructuredText

/// Reads the actions of Defender's rules, of either family.
enum GraphActionReader {
  static func read(_ action: DocumentNode, _ fields: inout FieldReader) -> [ResponseAction] {
    var actions: [ResponseAction] = []
    for node in fields.mappings("responseActions", of: action) {
      if let found = responseAction(node, &fields) { actions.append(found) }
    }
    guard let set = action["automatedActions"] else { return actions }
    guard case .mapping(let members) = set.content else {
      fields.wrong("automatedActions", "a mapping of actions to lists", set)
      return actions
    }
    for member in members where !member.key.hasPrefix("@") && !member.value.isNull {
      guard let kind = ResponseAction.Kind.allCases.first(where: { $0.setKey == member.key }) else {
        fields.problems.append(
          RuleProblem(
            "HD012",
            "'\(member.key)' is no action",
            at: member.keyPlace,
            help: "it is one of "
              + ResponseAction.Kind.allCases.map(\.setKey).joined(separator: ", ")
          )
        )
        continue
      }
      for node in fields.mappings(member.key, of: set) {
        actions.append(automatedAction(kind, node, &fields))
      }
    }
    return actions
  }

  /// An action of the older family, whose identifiers are names of columns.
  private static func responseAction(
    _ node: DocumentNode,
    _ fields: inout FieldReader
  ) -> ResponseAction? {
    guard let type = fields.required("@odata.type", of: node) else { return nil }
    let suffix = "ResponseAction"
    let name =
      type.hasPrefix(GraphAssets.typePrefix)
      ? String(type.dropFirst(GraphAssets.typePrefix.count)) : type
    guard name.hasSuffix(suffix),
      let kind = ResponseAction.Kind(rawValue: String(name.dropLast(suffix.count)))
    else {
      fields.refuse(
        "HD012",
        "'\(type)' is no action",
        at: node["@odata.type"],
        ResponseAction.Kind.allCases.map { GraphAssets.typePrefix + $0.rawValue + suffix }
      )
      return nil
    }
    let named = fields.texts("identifier", of: node).flatMap { item in
      item.text.split(separator: ",").map { ($0.withoutBlanks, item.place) }
    }
    var targets: [EntityMapping.Identifier] = []
    for (identifier, place) in named {
      guard kind.identifiers.contains(identifier),
        let meaning = GraphAssets.actionMeanings[identifier]
      else {
        fields.refuse(
          "HD013",
          "'\(identifier)' is nothing that '\(kind.rawValue)' is done to",
          at: node["identifier"],
          kind.identifiers
        )
        continue
      }
      let column = ColumnReference(GraphAssets.actionColumn(of: identifier), at: place)
      targets.append(EntityMapping.Identifier(meaning, column))
    }
    return action(kind, targets, node, &fields)
  }

  /// An action of the newer family, whose keys name columns.
  private static func automatedAction(
    _ kind: ResponseAction.Kind,
    _ node: DocumentNode,
    _ fields: inout FieldReader
  ) -> ResponseAction {
    var targets: [EntityMapping.Identifier] = []
    for member in node.members {
      guard member.key.hasSuffix("Column"), let text = member.value.text else { continue }
      guard let meaning = GraphMappings.actionColumns[member.key] else {
        fields.problems.append(
          RuleProblem("HD013", "'\(member.key)' names no target of an action", at: member.keyPlace)
        )
        continue
      }
      let column = ColumnReference(text, at: member.value.place)
      targets.append(EntityMapping.Identifier(meaning, column))
    }
    return action(kind, targets, node, &fields)
  }

  /// What both families say alike.
  private static func action(
    _ kind: ResponseAction.Kind,
    _ targets: [EntityMapping.Identifier],
    _ node: DocumentNode,
    _ fields: inout FieldReader
  ) -> ResponseAction {
    ResponseAction(
      kind,
      targets: targets,
      isolation: isolation(kind, node, &fields),
      deviceGroups: fields.texts("deviceGroupNames", of: node).map(\.text),
      at: node.place
    )
  }

  /// The way to isolate devices; said of any other action, or written otherwise, it would be passed
  /// over and is refused.
  private static func isolation(
    _ kind: ResponseAction.Kind,
    _ node: DocumentNode,
    _ fields: inout FieldReader
  ) -> String? {
    let key = "isolationType"
    for member in node.members where member.key.lowercased() == key.lowercased() {
      if member.key != key {
        fields.problems.append(
          RuleProblem(
            "HD014",
            "'\(member.key)' is no field",
            at: member.keyPlace,
            help: "write it '\(key)'"
          )
        )
      } else if kind != .isolateDevice, !member.value.isNull {
        fields.problems.append(
          RuleProblem(
            "HD014",
            "'\(key)' goes with 'isolateDevice', not with '\(kind.rawValue)'",
            at: member.keyPlace,
            help: "leave it out"
          )
        )
      }
    }
    guard kind == .isolateDevice, let text = fields.text(key, of: node) else { return nil }
    if ResponseAction.isolations.contains(text) { return text }
    fields.refuse(
      "HD014",
      "'\(text)' is no way to isolate",
      at: node[key],
      ResponseAction.isolations
    )
    return nil
  }
}
