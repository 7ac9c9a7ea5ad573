/// A step of laying out a text: print a token, or a place where a line may break.
enum LayoutStep {
  case token(SyntaxToken)
  /// A blank.
  case space
  /// A blank, or a line break where the group is broken.
  case line
  /// Nothing, or a line break where the group is broken.
  case softLine
  /// In a broken group a blank where what follows up to the next place to break fits on the line.
  case fillLine
  /// A line break, which breaks all groups around it.
  case hardLine
  /// A line break between statements, where one empty line of the text is kept.
  case statementBreak
  /// Begins a group, whose lines break together or not at all.
  case beginGroup(mustBreak: Bool)
  case endGroup
  case indent
  case outdent
}
