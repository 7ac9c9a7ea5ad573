/// Says what a syntax node is: one case a production that makes a node.
///
/// Every node lists its children in text order, each with a ``SyntaxRole``. The tables below are
/// the
/// contract with readers of the tree. Notation: `name: kind` is a node of that kind in role `name`,
/// `name'` is a token, `?` optional, `*` any number, `expr` any expression kind. Left out, because
/// they may stand in any node: `keyword'` (words such as `by`), `open'`/`close'` (brackets),
/// `separator'` (`,` or `;`), `equals'`, `colon'`, `dot'`, `bar'`, and `skipped: skippedTokens`
/// (text that was not understood; a diagnostic says why). Something required that is absent has a
/// token with `isMissing`, inside a `missingExpression` or `name` node where a node is expected, so
/// a tree with no error diagnostics has every required child.
///
/// ## Statements
/// | kind | children |
/// |---|---|
/// | queryBlock | statement: any statement *, directive' *, endOfText' |
/// | queryStatement | expression: expr or pipeline |
/// | letStatement | name: name, value: expr, pipeline, functionDeclaration or entityGroup |
/// | functionDeclaration | view'? (the word), parameter: functionParameter *, body: functionBody |
/// | functionParameter | name: name, type: typeName or rowSchema, defaultValue: expr? |
/// | functionBody | statement: * (let, declare …), expression: expr or pipeline ? |
/// | setStatement | name: name, value: name or literal ? |
/// | aliasStatement | name: name, value: expr |
/// | queryParametersStatement | parameter: functionParameter * |
/// | patternStatement | name: name, declaration: patternDeclaration ? |
/// | patternDeclaration | parameter: functionParameter *, pathParameter: functionParameter ?, match: patternMatch * |
/// | patternMatch | value: literal *, pathValue: literal ?, body: functionBody |
/// | restrictStatement | item: name, wildcardName, path or functionCall *, with: withClause ? |
///
/// ## Pipelines and tabular sources
/// | kind | children |
/// |---|---|
/// | pipeline | source: expr or operator ?, stage: operator * (no source in the sub-queries of mv-apply, partition, fork, facet, make-graph: the input is the enclosing operator's) |
/// | datatable | parameter: operatorParameter *, schema: rowSchema, value: literal * |
/// | contextualDatatable | id: literal, schema: rowSchema |
/// | externalData | parameter: operatorParameter *, schema: rowSchema, value: expr * (locations), with: withClause ? |
/// | inlineExternalTable | schema: rowSchema ?, kindName: name, partition: inlinePartitionClause ?, pathFormat: inlinePathFormatClause ?, dataFormat: name ?, value: expr * (connection strings), with: withClause ? |
/// | inlinePartitionClause | column: inlinePartitionColumn * |
/// | inlinePartitionColumn | name: name, type: typeName, expression: expr ? |
/// | inlinePathFormatClause | item: string literal, name or functionCall * |
/// | materializedViewCombine | value: string literal, base: expr or pipeline, delta: expr or pipeline, aggregations: summarizeOperator |
/// | entityGroup | item: expr * |
/// | rowSchema | star' ?, column: columnDeclaration * |
/// | columnDeclaration | name: name, type: typeName |
/// | typeName | name' |
/// | withClause | property: operatorParameter * |
/// | operatorParameter | name' (also `hint.strategy`), value: name, literal, nameList, expr |
/// | nameList | item: name * (also in parentheses) |
/// | dataScope | base: name, value: name (`T datascope=hotcache`) |
///
/// ## Names
/// | kind | children |
/// |---|---|
/// | name | name' (word, or the string inside `['…']`, or the word inside `{…}`); see ``SyntaxName`` |
/// | wildcardName | part' * (words, numbers and `*`) |
///
/// ## Expressions
/// | kind | children |
/// |---|---|
/// | longLiteral … guidLiteral | value' |
/// | stringLiteral | value' + (adjacent literals are one text) |
/// | nullLiteral | value' (`null` inside `dynamic(…)`) |
/// | dynamicLiteral | value: jsonObject, jsonArray or literal |
/// | jsonObject | pair: jsonPair * |
/// | jsonPair | name: stringLiteral, value: as of dynamicLiteral |
/// | jsonArray | item: as value of dynamicLiteral * |
/// | typeofLiteral | type: typeName, columnDeclaration or starExpression * |
/// | parenthesized | expression: expr or pipeline |
/// | unary | operator' (`-` `+`), operand: expr |
/// | logicalOr, logicalAnd | operand: expr *, operator' * (flat; one operator fewer than operands) |
/// | addition, multiplication | operand: expr *, operator' * (`+ -`, `* / %`; flat, left to right) |
/// | comparison | operand: expr *, operator' * (`== != <> < <= > >=`; left to right) |
/// | stringMatch | operand: expr *, operator' * (`=~ !~ : has !has … matches regex`; left to right) |
/// | inExpression | operand: expr, operator' (`in !in in~ !in~ has_any has_all`), item: expr or pipeline * |
/// | betweenExpression | operand: expr, operator' (`between !between`), lower: expr, range', upper: expr |
/// | functionCall | name: name, argument: expr, pipeline, namedExpression or starExpression * |
/// | namedExpression | name: name, expression: expr |
/// | tupleNamedExpression | name: name *, expression: expr (`(a, b) = f()`) |
/// | path | base: expr, segment: memberSegment or elementSegment * (flat) |
/// | memberSegment | member: name, functionCall or wildcardName (`.name`, `.table("x")`) |
/// | elementSegment | expression: expr (`[0]`, also the old `.[0]`) |
/// | starExpression | value' (`*`) |
/// | atExpression | value' (`@`) |
/// | toScalar, toTable | parameter: operatorParameter ?, expression: expr or pipeline |
/// | materialize | parameter: operatorParameter *, expression: expr or pipeline |
/// | packExpression | value' (`*`) (`pack(*)` of find) |
/// | typedName | name: name, type: typeName ? (`x: long` in find, parse, parse-kv) |
/// | orderedExpression | expression: expr or namedExpression, order' ?, nulls' ? (`first`/`last`) |
/// | missingExpression | value' (missing) |
/// | skippedTokens | skipped' * |
///
/// ## Operators (each also has keyword' first)
/// | kind | children |
/// |---|---|
/// | asOperator | parameter *, name: name |
/// | assertSchemaOperator | schema: rowSchema |
/// | consumeOperator | parameter * |
/// | countOperator | as: name ? |
/// | distinctOperator | parameter *, expression: expr, namedExpression or starExpression * |
/// | evaluateOperator | parameter *, call: functionCall or path, schema: rowSchema ? (with star' where the input columns stay) |
/// | executeAndCacheOperator | |
/// | extendOperator | expression: expr, namedExpression or tupleNamedExpression * |
/// | facetOperator | column: name or path *, subquery: pipeline ? |
/// | findOperator | parameter *, item: expr * (tables of `in`), predicate: expr, project: name, typedName or packExpression *, projectSmart' ?, projectAway: name, typedName or starExpression * |
/// | forkOperator | branch: forkBranch * |
/// | forkBranch | name: name ?, subquery: pipeline |
/// | getschemaOperator | kindName: name ? |
/// | graphMarkComponentsOperator | parameter * |
/// | graphMatchOperator | parameter *, pattern: graphPattern *, predicate: expr ?, expression: expr or namedExpression * (project) |
/// | graphShortestPathsOperator | as graphMatchOperator |
/// | graphPattern | element: graphNode or graphEdge * (alternating) |
/// | graphNode | name: name ? |
/// | graphEdge | arrow' + (`--` `-->` `<--` or `-[` `]->` …), name: name ?, range: graphRange ? |
/// | graphRange | lower: expr, range', upper: expr |
/// | graphToTableOperator | output: graphOutput * |
/// | graphOutput | output' (`nodes`/`edges`), as: name ?, parameter * |
/// | graphWhereNodesOperator, graphWhereEdgesOperator | predicate: expr |
/// | invokeOperator | call: functionCall or path |
/// | joinOperator | parameter *, source: expr, on: expr * or predicate: expr (`where`) |
/// | lookupOperator | parameter *, source: expr, on: expr * |
/// | macroExpandOperator | parameter *, group: entityGroup, name or path, name: name, statement * |
/// | makeGraphOperator | from: name, arrow', to: name, parameter *, table: graphTable *, partition: name ?, subquery: pipeline ? |
/// | graphTable | source: expr, column: name |
/// | makeSeriesOperator | parameter *, aggregate: seriesAggregate *, axis: expr or namedExpression, from: expr ?, to: expr ?, step: expr ?, by: expr or namedExpression * (`in range(a, b, c)` fills from, to and step) |
/// | seriesAggregate | expression: expr or namedExpression, defaultValue: expr ? |
/// | mvApplyOperator | parameter *, column: expandColumn *, limit: literal ?, id: literal ?, subquery: pipeline |
/// | mvExpandOperator | parameter *, column: expandColumn *, limit: literal ? |
/// | expandColumn | expression: expr or namedExpression, type: typeofLiteral ? |
/// | parseOperator, parseWhereOperator | parameter * (`kind=`, `flags=`), expression: expr, pattern: stringLiteral, name, typedName or starExpression * |
/// | parseKvOperator | expression: expr, schema: rowSchema, with: withClause ? |
/// | partitionOperator | parameter *, by: name or path, scope: expr ?, subquery: pipeline (in `()`, no source) or query: expr or pipeline (in `{}`) |
/// | partitionByOperator | parameter *, by: name or path, id: literal ?, subquery: pipeline |
/// | printOperator | expression: expr, namedExpression or tupleNamedExpression * |
/// | projectOperator | expression: expr, namedExpression or tupleNamedExpression * |
/// | projectAwayOperator, projectKeepOperator | column: name or wildcardName * |
/// | projectByNamesOperator | expression: expr * |
/// | projectRenameOperator | expression: namedExpression * |
/// | projectReorderOperator | column: orderedExpression * (expression: name or wildcardName) |
/// | rangeOperator | name: name, from: expr, to: expr, step: expr |
/// | reduceOperator | parameter *, by: expr or namedExpression, with: expr or namedExpression * |
/// | renderOperator | chart' , property: operatorParameter * |
/// | sampleOperator | parameter *, count: expr |
/// | sampleDistinctOperator | parameter *, count: expr, of: expr |
/// | scanOperator | parameter *, order: orderedExpression *, partition: expr *, declare: functionParameter *, step: scanStep * |
/// | scanStep | name: name, optional' ?, output' ? (`all`/`last`/`none`), condition: expr, arrow'?, assignment: namedExpression * |
/// | searchOperator | parameter *, item: expr * (tables of `in`), predicate: expr |
/// | serializeOperator | parameter *, expression: expr or namedExpression * |
/// | sortOperator | parameter *, expression: orderedExpression * |
/// | summarizeOperator | parameter *, expression: expr, namedExpression or tupleNamedExpression *, by: as expression *, bin: literal ? |
/// | takeOperator | parameter *, count: expr |
/// | topOperator | parameter *, count: expr, by: orderedExpression |
/// | topHittersOperator | parameter *, count: expr, of: expr or namedExpression, by: orderedExpression ? |
/// | topNestedOperator | clause: topNestedClause * |
/// | topNestedClause | count: expr ?, of: expr or namedExpression, others: expr ?, by: orderedExpression |
/// | unionOperator | parameter *, item: expr, wildcardName or path * |
/// | whereOperator | parameter *, predicate: expr |
/// | unknownOperator | skipped' * |
///
/// In these tables `parameter` always is an operatorParameter node.
public enum SyntaxKind: UInt8, Sendable, Hashable, CaseIterable {
  // Statements
  case queryBlock
  case queryStatement
  case letStatement
  case functionDeclaration
  case functionParameter
  case functionBody
  case setStatement
  case aliasStatement
  case queryParametersStatement
  case patternStatement
  case patternDeclaration
  case patternMatch
  case restrictStatement

  // Pipelines and tabular sources
  case pipeline
  case datatable
  case contextualDatatable
  case externalData
  case inlineExternalTable
  case inlinePartitionClause
  case inlinePartitionColumn
  case inlinePathFormatClause
  case materializedViewCombine
  case entityGroup
  case rowSchema
  case columnDeclaration
  case typeName
  case withClause
  case operatorParameter
  case nameList
  case dataScope

  // Names
  case name
  case wildcardName

  // Expressions
  case longLiteral
  case intLiteral
  case realLiteral
  case decimalLiteral
  case boolLiteral
  case datetimeLiteral
  case timespanLiteral
  case guidLiteral
  case stringLiteral
  case nullLiteral
  case dynamicLiteral
  case jsonObject
  case jsonPair
  case jsonArray
  case typeofLiteral
  case parenthesized
  case unary
  case logicalOr
  case logicalAnd
  case addition
  case multiplication
  case comparison
  case stringMatch
  case inExpression
  case betweenExpression
  case functionCall
  case namedExpression
  case tupleNamedExpression
  case path
  case memberSegment
  case elementSegment
  case starExpression
  case atExpression
  case toScalar
  case toTable
  case materialize
  case packExpression
  case typedName
  case orderedExpression
  case missingExpression
  case skippedTokens

  // Operators
  case asOperator
  case assertSchemaOperator
  case consumeOperator
  case countOperator
  case distinctOperator
  case evaluateOperator
  case executeAndCacheOperator
  case extendOperator
  case facetOperator
  case findOperator
  case forkOperator
  case forkBranch
  case getschemaOperator
  case graphMarkComponentsOperator
  case graphMatchOperator
  case graphShortestPathsOperator
  case graphPattern
  case graphNode
  case graphEdge
  case graphRange
  case graphToTableOperator
  case graphOutput
  case graphWhereNodesOperator
  case graphWhereEdgesOperator
  case invokeOperator
  case joinOperator
  case lookupOperator
  case macroExpandOperator
  case makeGraphOperator
  case graphTable
  case makeSeriesOperator
  case seriesAggregate
  case mvApplyOperator
  case mvExpandOperator
  case expandColumn
  case parseOperator
  case parseWhereOperator
  case parseKvOperator
  case partitionOperator
  case partitionByOperator
  case printOperator
  case projectOperator
  case projectAwayOperator
  case projectByNamesOperator
  case projectKeepOperator
  case projectRenameOperator
  case projectReorderOperator
  case rangeOperator
  case reduceOperator
  case renderOperator
  case sampleOperator
  case sampleDistinctOperator
  case scanOperator
  case scanStep
  case searchOperator
  case serializeOperator
  case sortOperator
  case summarizeOperator
  case takeOperator
  case topOperator
  case topHittersOperator
  case topNestedOperator
  case topNestedClause
  case unionOperator
  case whereOperator
  case unknownOperator
}
