/// Says what part a child plays in its node.
///
/// The tables of ``SyntaxKind`` say which roles a kind of node has.
public enum SyntaxRole: UInt8, Sendable, Hashable, CaseIterable {
  // Tokens that only hold the text together
  case keyword
  case open
  case close
  case separator
  case equals
  case colon
  case dot
  case bar
  case skipped
  case directive
  case endOfText

  // Parts of many nodes
  case name
  case type
  case value
  case expression
  case argument
  case parameter
  case property
  case item
  case column
  case schema
  case source
  case stage
  case subquery
  case query
  case statement
  case body
  case with

  // Parts of expressions
  case operand
  case `operator`
  case lower
  case upper
  case range
  case base
  case segment
  case member
  case part
  case pair
  case star
  case order
  case nulls

  // Parts of statements
  case view
  case defaultValue
  case declaration
  case pathParameter
  case pathValue
  case match

  // Parts of operators
  case aggregate
  case aggregations
  case arrow
  case `as`
  case assignment
  case axis
  case bin
  case branch
  case by
  case call
  case chart
  case clause
  case condition
  case count
  case dataFormat
  case declare
  case delta
  case element
  case from
  case group
  case id
  case kindName
  case limit
  case of
  case on
  case optional
  case others
  case output
  case partition
  case pathFormat
  case pattern
  case predicate
  case project
  case projectAway
  case projectSmart
  case scope
  case step
  case table
  case to
}
