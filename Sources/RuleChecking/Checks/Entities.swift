import DetectionRules
import SourceText
import StructuredText

extension RuleCheck {
  static let noImpactedAsset = RuleCheck(
    "HD301",
    "no-impacted-asset",
    .error,
    "a custom detection says of nothing that it was harmed",
    explanation: """
      Every custom detection needs an impacted asset: a device, mailbox or user by a column of \
      the result. Without, Graph answers 400.
      """,
    example: .defender(bad: { $0.assets = [] })
  ) { context in
    let isAsset = { (entity: EntityMapping) in
      entity.isImpactedAsset && !entity.identifiers.isEmpty
    }
    guard context.isDefender, !context.rule.entities.contains(where: isAsset) else { return [] }
    let isReported = context.template?["impactedAssets"]?.items?.isEmpty == false
    if isReported { return [] }
    let template = context.template
    let place =
      (template?["impactedAssets"] ?? template?["entityMappings"] ?? template)?.place
      ?? context.place(.name)
    return [
      RuleMatch(
        "the rule names no impacted asset",
        at: place,
        help: "name a device, mailbox or user by a column of the result"
      )
    ]
  }

  static let entityColumnMissing = RuleCheck(
    "HD302",
    "entity-column-missing",
    .error,
    "an entity is mapped to a column that the result has not",
    explanation: """
      Entities of alerts are made of columns of the result, whose names are case-sensitive. A \
      rule that maps another column is refused. The identifier of an impacted asset of a custom \
      detection is the name of its column: 'accountSid' is 'AccountSid'.
      """,
    example: .sentinel {
      $0.entities = """
        - entityType: IP
          fieldMappings:
            - identifier: Address
              columnName: IpAddress
        """
    } good: {
      $0.entities = """
        - entityType: IP
          fieldMappings:
            - identifier: Address
              columnName: IPAddress
        """
    }
  ) { context in
    context.rule.entities.flatMap { entity in
      entity.identifiers.compactMap { identifier in
        let isWritten = context.document.text(at: identifier.column.place) == identifier.column.name
        return ResultColumns.missing(
          identifier.column,
          "the \(entity.kind.rawValue) entity",
          context,
          canRename: isWritten
        )
      }
    }
  }

  static let entityLimit = RuleCheck(
    "HD303",
    "entity-limit",
    .error,
    "an analytics rule maps more entities or identifiers than it may",
    explanation: "An analytics rule has at most 10 entity mappings with 3 identifiers each.",
    example: .sentinel {
      $0.query = "SigninLogs | project UserPrincipalName, UserId, AADTenantId, Identity"
      $0.entities = """
        - entityType: Account
          fieldMappings:
            - {identifier: FullName, columnName: UserPrincipalName}
            - {identifier: AadUserId, columnName: UserId}
            - {identifier: AadTenantId, columnName: AADTenantId}
            - {identifier: DisplayName, columnName: Identity}
        """
    }
  ) { context in
    guard context.rule.kind.isSentinel else { return [] }
    let entities = context.rule.entities
    var matches: [RuleMatch] = []
    if entities.count > 10 {
      matches.append(
        RuleMatch(
          "the rule maps \(entities.count) entities, of which 10 are allowed",
          at: entities[10].place
        )
      )
    }
    return matches
      + entities.filter { $0.identifiers.count > 3 }.map { entity in
        RuleMatch(
          "the entity has \(entity.identifiers.count) identifiers, of which 3 are allowed",
          at: entity.place,
          help: "keep those that tell it for certain"
        )
      }
  }

  static let weakEntity = RuleCheck(
    "HD304",
    "weak-entity",
    .hint,
    "identifiers do not tell an entity for certain",
    explanation: """
      An entity of weak identifiers, such as an account of a name alone, cannot be told from \
      others of that name, so that alerts of different ones are taken together or none is found. \
      Give it a strong set, such as Name and UPNSuffix.
      """,
    example: .sentinel {
      $0.entities = """
        - entityType: Account
          fieldMappings: [{identifier: Name, columnName: UserPrincipalName}]
        """
    }
  ) { context in
    guard context.rule.kind.isSentinel else { return [] }
    return context.rule.entities.compactMap { entity in
      let names = Set(entity.identifiers.map(\.name))
      let known = names.isSubset(of: Set(entity.kind.identifiers))
      let strong = entity.kind.strongIdentifiers
      guard known, !names.isEmpty, !strong.contains(where: { names.isSuperset(of: $0) }) else {
        return nil
      }
      let sets = strong.map { $0.joined(separator: "+") }.joined(separator: ", ")
      return RuleMatch(
        "\(names.sorted().joined(separator: ", ")) cannot tell one \(entity.kind.rawValue) from "
          + "all others",
        at: entity.place,
        help: "map one of \(sets)"
      )
    }
  }

  static let repeatedIdentifier = RuleCheck(
    "HD305",
    "repeated-identifier",
    .error,
    "an identifier or kind of asset is there twice",
    explanation: """
      An entity has one column for each identifier, and a custom detection of the older family \
      one for each kind of impacted asset.
      """,
    example: .defender {
      $0.query = "DeviceProcessEvents | project Timestamp, DeviceId, DeviceName, ReportId"
      $0.assets = ["Device deviceId", "Device deviceName"]
    } good: {
      $0.query = "DeviceProcessEvents | project Timestamp, DeviceId, DeviceName, ReportId"
    }
  ) { context in
    let repeated = context.rule.entities.flatMap { entity in
      var seen: Set<String> = []
      return entity.identifiers.filter { !seen.insert($0.name).inserted }.map { identifier in
        RuleMatch(
          "the entity has '\(identifier.name)' twice",
          at: identifier.column.place,
          help: "keep one of them, or map another entity"
        )
      }
    }
    guard context.isDefender, let assets = context.template?["impactedAssets"]?.items else {
      return repeated
    }
    var types: Set<String> = []
    return repeated
      + assets.compactMap { asset in
        guard let type = asset["@odata.type"]?.text, !types.insert(type).inserted else {
          return nil
        }
        return RuleMatch(
          "the rule has two impacted assets of one kind",
          at: asset.place,
          help: "keep the one that tells it for certain"
        )
      }
  }
}
